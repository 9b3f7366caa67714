import { zoneOf } from '../calls/times.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import { type PageAddresses, type PageQuery, readPageQuery } from './addresses.ts';
import { type Answers, isKey } from './answers.ts';
import { asking, hangUp, offerToJoin, sayAndHangUp } from './documents.ts';
import { afterEmergency } from './emergency-documents.ts';
import type { Calls } from './ports.ts';
import type { ChainStore } from './store.ts';
import type { Note, Timeline } from './timeline.ts';
import type { FindTold } from './told.ts';
import { pageSpeech, SPOKEN } from './words.ts';

const NO_CONTENT: SignedAnswer = { status: 204 };

export interface PageWebhooksOptions {
  store: ChainStore;
  answers: Answers;
  calls: Calls;
  told: FindTold;
  timeline: Timeline;
  addresses: PageAddresses;
  publicBaseUrl: string;
  /**
   * TwiML that joins the leg of somebody who has accepted with the caller; undefined where it can't
   * be. Absent where nobody can be joined.
   */
  join?:
    | ((of: { callId: string; adminId: string; legSid: string }) => Promise<string | undefined>)
    | undefined;
}

/** The webhooks of people who are rung, and of the emergency number on a caller's leg. */
export function createPageWebhooks(options: PageWebhooksOptions) {
  const { store, answers, calls, addresses, timeline } = options;

  /** Somebody, or something, has picked up. */
  async function pageCall({ query, form }: Accepted): Promise<SignedAnswer> {
    const of = readPageQuery(query);
    if (!of) return { twiml: hangUp() };
    if (/^(machine|fax)/.test(form.AnsweredBy ?? '')) {
      await answers.unanswered(personOf(of), 'unanswered', 'voicemail');
      return { twiml: hangUp() };
    }
    const chain = await store.read(of.page);
    if (!chain || chain.closed) return { twiml: sayAndHangUp(SPOKEN.over) };
    if (chain.accepted && chain.accepted.by !== of.who) return { twiml: sayAndHangUp(SPOKEN.over) };
    const told = await options.told(chain, await calls.live(of.page));
    return { twiml: asking(addresses, of, pageSpeech(told)) };
  }

  async function pageAnswer({ query, form }: Accepted): Promise<SignedAnswer> {
    const of = readPageQuery(query);
    if (!of) return { twiml: hangUp() };
    const key = form.Digits ?? '';
    if (of.next === 'join') return join(of, key, form.CallSid ?? '');
    if (!isKey(key)) return { twiml: asking(addresses, of, '') };
    const answered = await answers.answer({ ...personOf(of), key, channel: 'voice' });
    switch (answered.outcome) {
      case 'accepted':
        return options.join
          ? { twiml: offerToJoin(addresses, of) }
          : { twiml: sayAndHangUp(SPOKEN.accepted) };
      case 'taken':
        return {
          twiml: sayAndHangUp(`${answered.name ?? 'Somebody'} has accepted it already. Goodbye.`),
        };
      case 'passed_on':
        return { twiml: sayAndHangUp(SPOKEN.passedOn) };
      case 'closed':
        return { twiml: sayAndHangUp(SPOKEN.closed) };
      case 'over':
        return { twiml: sayAndHangUp(SPOKEN.over) };
    }
  }

  async function join(of: PageQuery, key: string, legSid: string): Promise<SignedAnswer> {
    const twiml =
      key === '1' ? await options.join?.({ callId: of.page, adminId: of.who, legSid }) : undefined;
    return { twiml: twiml ?? sayAndHangUp(SPOKEN.openDashboard) };
  }

  /** How a call or a message ended; Twilio tells of each by its own word. */
  async function pageStatus({ query, form }: Accepted): Promise<SignedAnswer> {
    const of = readPageQuery(query);
    const ended = of && endOf(form);
    if (ended) await answers.unanswered(personOf(of), ended.state, ended.reason);
    return NO_CONTENT;
  }

  async function emergencyStatus(accepted: Accepted): Promise<SignedAnswer> {
    if (accepted.form.CallStatus === 'in-progress') {
      await noteEmergency(accepted, { step: 'emergency_answered' });
    }
    return NO_CONTENT;
  }

  /** The emergency number has hung up or could not be reached: the caller goes on with Aurora. */
  async function emergencyEnded(accepted: Accepted): Promise<SignedAnswer> {
    const { link, form } = accepted;
    const status = form.DialCallStatus ?? 'failed';
    const answered = status === 'completed' || status === 'answered';
    await noteEmergency(
      accepted,
      answered
        ? { step: 'emergency_answered' }
        : { step: 'emergency_failed', reason: status.slice(0, 32) },
    );
    if (!link) return { twiml: hangUp() };
    return { twiml: afterEmergency(options.publicBaseUrl, link, answered) };
  }

  async function noteEmergency({ link, query }: Accepted, note: Omit<Note, 'key'>): Promise<void> {
    if (!link) return;
    const round = Number(query.get('round')) || 1;
    const of = { call_id: link.call, round, time_zone: zoneOf(link.startedAt) };
    await timeline.note(of, [{ ...note, key: [link.call] }]);
  }

  return { pageCall, pageAnswer, pageStatus, emergencyStatus, emergencyEnded };
}

function personOf({ page, who, stage, channel }: PageQuery) {
  return { callId: page, adminId: who, stage, channel };
}

function endOf(form: Record<string, string>) {
  const { CallStatus, MessageStatus, ErrorCode } = form;
  if (MessageStatus === 'failed' || MessageStatus === 'undelivered') {
    const reason = ErrorCode ? `${MessageStatus}: ${ErrorCode}` : MessageStatus;
    return { state: 'failed', reason } as const;
  }
  switch (CallStatus) {
    case 'completed':
      return { state: 'unanswered', reason: 'no_key' } as const;
    case 'busy':
    case 'no-answer':
    case 'canceled':
      return { state: 'unanswered', reason: CallStatus } as const;
    case 'failed':
      return { state: 'failed', reason: 'failed' } as const;
    default:
      return undefined;
  }
}
