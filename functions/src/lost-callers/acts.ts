import { wordingFor } from '../assistant/languages/wording.ts';
import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { Call, Conversation } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import { live } from '../paths.ts';
import type { Link } from '../webhooks/link.ts';
import { callBackUrl } from './addresses.ts';
import { whyQuiet } from './judge.ts';
import { incidentOf, linkOf, startOf, toJoin } from './lost-call.ts';
import type { LostCallersOptions } from './lost-callers.ts';
import type { Note } from './note.ts';
import { outcomeOf } from './reach.ts';
import { type Act, close, failed, hush, type LostCaller, type Outcome } from './record.ts';

/** Seconds of ringing: voicemail often answers after 25. */
const RING_SECONDS = 24;

/** What is done for one caller: a text, ringing, a human, or the end because they have come back. */
export function createActs(
  options: LostCallersOptions,
  note: Note,
  runDue: (callId: string) => Promise<number>,
) {
  const { store, database, companies, meaning, now, log } = options;

  async function doAct(callId: string, lost: LostCaller, act: Act): Promise<void> {
    if (act.do === 'text') return text(callId, lost, act.which);
    const back = await cameBack(callId, lost);
    if (back) return regained(callId, lost, back);
    if (act.do === 'ask') return ask(callId, lost, act.why);
    if (act.do !== 'ring') return;
    if (await mayBeRung(callId, lost)) await ring(callId, lost, act.round);
  }

  async function text(callId: string, lost: LostCaller, which: 'silent' | 'lost'): Promise<void> {
    const link = linkOf(lost.link) ?? (await liveLink(callId));
    if (which === 'silent' && (await mustBeQuiet(callId, link))) return;
    const site = link ?? (await options.siteOf(lost.dialled_no ?? ''));
    const language = link?.language ?? site.languages[0] ?? 'en-IN';
    const { silentText, lostText } = wordingFor(language).line;
    const words = which === 'silent' ? silentText : lostText;
    const sent = await (await options.outbound()).text({
      companyId: lost.company_id,
      callId,
      to: lost.mobile_no,
      from: lost.dialled_no ?? '',
      purpose: 'caller',
      body: words.replaceAll('{emergency_number}', () => site.emergencyNumber),
    });
    await note(callId, lost.at, ['text', which], { ...outcomeOf(sent, 'text'), channel: 'sms' });
  }

  /** A message makes a sound, too. */
  async function mustBeQuiet(callId: string, link: Link | undefined): Promise<boolean> {
    const [call, words] = await Promise.all([
      database.read(live.call(callId)),
      database.read(live.conversation(conversationId(callId))),
    ]);
    if (call.value === null) return link?.hazard === 'threat';
    const messages: Conversation['messages'] =
      words.value === null ? {} : readConversation(words.value).messages;
    const over = { call: readCall(call.value), messages, hazard: link?.hazard };
    return whyQuiet(over, meaning) !== undefined;
  }

  async function mayBeRung(callId: string, lost: LostCaller): Promise<boolean> {
    const { reaching } = await companies.of(lost.company_id);
    if (reaching.call_back) return true;
    await store.change(callId, (known) => ({
      lost: known && hush(known, 'policy', now()),
      result: undefined,
    }));
    return false;
  }

  async function ring(callId: string, lost: LostCaller, round: number): Promise<void> {
    const query = { lost: callId, round, at: now() };
    const sent = await (await options.outbound()).call({
      companyId: lost.company_id,
      callId,
      to: lost.mobile_no,
      from: lost.dialled_no ?? '',
      purpose: 'caller',
      url: callBackUrl(options.publicBaseUrl, '/call-back', query),
      statusCallback: callBackUrl(options.publicBaseUrl, '/call-back-status', query),
      timeout: RING_SECONDS,
      detectMachine: true,
    });
    if ('sid' in sent) {
      await store.change(callId, (known) => ({
        lost: known && rings(known, round, sent.sid),
        result: undefined,
      }));
      return note(callId, lost.at, ['called_back', round], {
        step: 'called_back',
        channel: 'voice',
        round,
      });
    }
    const entry = { ...outcomeOf(sent, 'call'), channel: 'voice', round };
    await note(callId, lost.at, ['called_back', round], entry);
    // It may ring all the same: its callbacks tell, or the time in which they should have.
    if (sent.reason === 'twilio_away') return;
    if (sent.refused === 'failed') return tryFailed(callId, round);
    await giveUp(callId, lost, sent.refused);
  }

  /** A try has reached nobody. */
  async function tryFailed(callId: string, round: number, reason?: string): Promise<void> {
    const lost = await store.change(callId, (known) => {
      const after = known && failed(known, round, now());
      return { lost: after, result: after === known ? undefined : after };
    });
    if (!lost) return;
    if (reason !== undefined) {
      const entry = { step: 'called_back', channel: 'voice', round, reason } as const;
      await note(callId, lost.at, ['called_back', round, 'outcome'], entry);
    }
    await runDue(callId);
  }

  async function ask(callId: string, lost: LostCaller, why: string): Promise<void> {
    if (why === 'unreachable') return giveUp(callId, lost, 'unanswered');
    if (lost.calm) return giveUp(callId, lost, why);
    await askHuman(callId, lost, why);
    await note(callId, lost.at, ['human_asked'], { step: 'human_asked', reason: why });
    await end(callId, 'human_asked');
  }

  async function giveUp(callId: string, lost: LostCaller, reason: string): Promise<void> {
    await note(callId, lost.at, ['caller_unreachable'], { step: 'caller_unreachable', reason });
    if (!lost.calm) await askHuman(callId, lost, 'caller_unreachable');
    await end(callId, 'unreachable');
  }

  /** @throws where nobody could be asked: what is due then is asked again */
  async function askHuman(callId: string, lost: LostCaller, reason: string): Promise<void> {
    await options.askHuman({ callId, started: startOf(callId, lost), reason });
  }

  async function end(callId: string, outcome: Outcome, of: { leg?: string; by?: string } = {}) {
    await store.change(callId, (known) => ({
      lost: known && close(known, outcome, now(), of),
      result: undefined,
    }));
  }

  /** A live call, by voice or text, that somebody with this number began after the lost one. */
  async function cameBack(callId: string, lost: LostCaller): Promise<string | undefined> {
    if (!isTelephone(lost.mobile_no)) return undefined;
    const { value } = await database.read(live.calls);
    const calls = Object.entries((value ?? {}) as Record<string, Partial<Call> | null>);
    return calls.find(
      ([id, call]) =>
        id !== callId &&
        call?.status === 'ACTIVE' &&
        call.company_id === lost.company_id &&
        call.mobile_no === lost.mobile_no &&
        Date.parse(call.timestamp ?? '') > Date.parse(lost.at),
    )?.[0];
  }

  /** The caller has come by themselves: nobody is rung any more, and both calls are of one incident. */
  async function regained(callId: string, lost: LostCaller, by: string): Promise<void> {
    if (lost.leg) {
      await options.hangUp(lost.leg).catch((error: unknown) =>
        log.warn('A call back to a caller who has come by themselves still rings.', {
          error: asError(error),
        }),
      );
    }
    const incident_id = incidentOf(callId, lost);
    const at = isoInZone(now(), zoneOf(lost.at));
    for (const id of [callId, by]) {
      const entry = { step: 'caller_regained', other: id === callId ? by : callId } as const;
      const joined = { type: 'incident_joined', call_id: id, at, incident_id } as const;
      await note(id, lost.at, ['caller_regained', callId, by], entry, [joined]);
    }
    await together(callId, lost, by);
    await end(callId, 'regained', { by });
  }

  /** Both are told above; this is so that they stay together when others join them. */
  async function together(callId: string, lost: LostCaller, by: string): Promise<void> {
    try {
      const { value } = await database.read(live.call(by));
      if (value === null) return;
      const call = readCall(value);
      const back = toJoin(by, { ...call, at: call.timestamp });
      await options.join(back, toJoin(callId, lost));
    } catch (error) {
      log.warn('A call could not be tied to the lost one whose caller is back in it.', {
        error: asError(error),
      });
    }
  }

  async function liveLink(callId: string): Promise<Link | undefined> {
    const { value } = await database.read(`${live.call(callId)}/line/link`);
    return linkOf(typeof value === 'string' ? value : undefined);
  }

  return { doAct, tryFailed, regained, end };
}

function rings(lost: LostCaller, round: number, leg: string): LostCaller {
  return lost.state === 'open' && lost.tries === round ? { ...lost, leg } : lost;
}
