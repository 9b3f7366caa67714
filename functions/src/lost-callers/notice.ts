import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { Call, CallStarted } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { asError } from '../errors.ts';
import { live } from '../paths.ts';
import { whyLost, whyQuiet } from './judge.ts';
import { linkOf, placeOf, toJoin } from './lost-call.ts';
import type { LostCallersOptions } from './lost-callers.ts';
import type { Note } from './note.ts';
import { lose } from './record.ts';

/** How many silences in a row stand on the timeline: the line may stay open for long. */
const MOST_SILENCES = 3;

/** Sees who says nothing, and whose call broke off. */
export function createNotice(
  options: LostCallersOptions,
  note: Note,
  runDue: (callId: string) => Promise<number>,
) {
  const { store, database, meaning, now, log } = options;

  /** A caller was silent so many times in a row. Never rejects: the turn is answered all the same. */
  async function silenceAsked(started: CallStarted, silences: number): Promise<void> {
    if (silences > MOST_SILENCES) return;
    const callId = started.call_id;
    try {
      await note(callId, started.at, ['silence_asked', silences], { step: 'silence_asked' }, [
        started,
      ]);
      if (isTelephone(started.mobile_no)) {
        await store.change(callId, (known) => ({
          lost: known ?? {
            ...placeOf(started),
            state: 'listening',
            silent_text: 'due',
            due_at: now(),
            tries: 0,
            generation: 0,
          },
          result: undefined,
        }));
        await runDue(callId);
      }
    } catch (error) {
      log.warn('A silent caller could not be texted yet; it is tried again.', {
        call_sid: started.call_sid,
        error: asError(error),
      });
    }
  }

  /**
   * A call has ended: its caller is followed where it was not resolved. Before the call is archived,
   * and however often: once. @throws AuroraError where a repetition helps
   */
  async function notice(callId: string): Promise<void> {
    const [stored, words] = await Promise.all([
      database.read(live.call(callId)),
      database.read(live.conversation(conversationId(callId))),
    ]);
    if (stored.value === null) return;
    const call = readCall(stored.value);
    if (call.status !== 'ENDED') return;
    const messages = words.value === null ? {} : readConversation(words.value).messages;
    const why = whyLost({ call, messages, hazard: undefined }, meaning);
    if (!why) return;
    const generation = call.follows ? ((await store.read(call.follows))?.generation ?? 0) + 1 : 0;
    const incident = call.incident_id ?? (await joined(callId, call));
    const link = linkOf(call.line?.link);
    const quiet = whyQuiet({ call, messages, hazard: link?.hazard }, meaning, generation);
    const lost = {
      ...placeOf({ ...call, at: call.timestamp }),
      generation,
      why,
      ...(quiet ? { quiet } : { lost_text: 'due' as const }),
      ...(call.urgency === 'NORMAL' ? { calm: true as const } : {}),
      ...(call.line ? { link: call.line.link } : {}),
      ...(incident ? { incident_id: incident } : {}),
    };
    await store.change(callId, (known) => ({ lost: lose(known, lost, now()), result: undefined }));
    await note(callId, call.timestamp, ['caller_lost'], { step: 'caller_lost', reason: why });
  }

  /** Of an urgent call that was over before anybody had joined it; the call back asks once more. */
  async function joined(callId: string, call: Call): Promise<string | undefined> {
    if (call.urgency === 'NORMAL') return undefined;
    try {
      return await options.join(toJoin(callId, { ...call, at: call.timestamp }));
    } catch (error) {
      log.warn('A call that broke off could not be joined with its incident yet.', {
        error: asError(error),
      });
      return undefined;
    }
  }

  return { silenceAsked, notice };
}
