import type { Companies } from '../access/companies.ts';
import { turnOfMessage } from '../calls/ids.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { asError } from '../errors.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { createActs } from './acts.ts';
import type { Meaning } from './judge.ts';
import { createNote } from './note.ts';
import { createNotice } from './notice.ts';
import type { Reach } from './reach.ts';
import { type Act, type LostCaller, next } from './record.ts';
import type { LostStore } from './store.ts';

/** Acts of one run for one caller: more than a record ever holds at once. */
const MOST_ACTS = 8;

export interface LostCallersOptions {
  store: LostStore;
  database: Pick<LiveDatabase, 'read'>;
  companies: Pick<Companies, 'of'>;
  outbound: () => Promise<Reach>;
  /** Fetches a human for a call, live or over. */
  askHuman: (of: { callId: string; started: CallStarted; reason: string }) => Promise<void>;
  /** Ends a leg that rings. */
  hangUp: (callSid: string) => Promise<void>;
  /** Where the language and the emergency number of a call come from that was offered no turn. */
  siteOf: (dialled: string) => Promise<{ emergencyNumber: string; languages: readonly string[] }>;
  meaning: Meaning;
  /** Has an urgent call be of its incident, and of that of the lost one that it follows. */
  join: Incidents['join'];
  /** Brings events to the call, wherever it is. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Has the caller looked after at that time (epoch milliseconds). Never rejects. */
  wake: (callId: string, at: number) => Promise<void>;
  publicBaseUrl: string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

export type LostCallers = ReturnType<typeof createLostCallers>;

/** Follows callers who say nothing, and whose call broke off before it was resolved. */
export function createLostCallers(options: LostCallersOptions) {
  const { store, now, log } = options;
  const note = createNote(options);
  const { silenceAsked, notice } = createNotice(options, note, runDue);
  const { doAct, tryFailed, regained, end } = createActs(options, note, runDue);

  /** Does what is due for one caller, and has the rest done in its time. */
  async function runDue(callId: string): Promise<number> {
    for (let done = 0; done < MOST_ACTS; done++) {
      const { act, lost } = await store.change<Due>(callId, (known) => {
        if (!known) return { lost: undefined, result: { act: NOTHING, lost: undefined } };
        const { act, marked } = next(known, now());
        return { lost: marked, result: { act, lost: marked } };
      });
      if (act.do === 'wait') await options.wake(callId, act.until);
      if (act.do === 'wait' || act.do === 'nothing' || !lost) return done;
      await doAct(callId, lost, act);
    }
    return MOST_ACTS;
  }

  /**
   * A call has begun, or its first words were mirrored: perhaps somebody has come back. Never
   * rejects: what is missed here is seen before anybody is rung.
   */
  async function follow(events: readonly CallEvent[]): Promise<void> {
    const started = events.find((event) => event.type === 'call_started');
    if (!started || started.follows || !isTelephone(started.mobile_no)) return;
    if (!events.some(isBeginning)) return;
    try {
      if (await store.isEmpty()) return;
      for (const [callId, lost] of await store.all()) {
        if (lost.state !== 'open' || lost.company_id !== started.company_id) continue;
        if (lost.mobile_no !== started.mobile_no || callId === started.call_id) continue;
        if (Date.parse(started.at) > Date.parse(lost.at)) {
          await regained(callId, lost, started.call_id);
        }
      }
    } catch (error) {
      log.warn('It could not be seen whether a lost caller has come back.', {
        error: asError(error),
      });
    }
  }

  /** Does what is due for all; resolves to the number of acts. */
  async function runAll(): Promise<number> {
    let done = 0;
    for (const [callId, lost] of await store.all()) {
      const { act } = next(lost, now());
      if (act.do === 'nothing' || act.do === 'wait') continue;
      try {
        done += await runDue(callId);
      } catch (error) {
        log.error('A lost caller could not be looked after; the next minute tries again.', {
          error: asError(error),
        });
      }
    }
    return done;
  }

  /** The caller answered a call back. False where it is none of a caller who is known to be lost. */
  async function reached(callId: string, by: string, leg: string): Promise<void> {
    await end(callId, 'reached', { by, leg });
  }

  return { silenceAsked, notice, runDue, runAll, follow, reached, tryFailed };
}

interface Due {
  act: Act;
  lost: LostCaller | undefined;
}

/** Later words of the same call tell nothing new. */
function isBeginning(event: CallEvent): boolean {
  return event.type === 'message_added' && turnOfMessage(event.message.id) <= 1;
}

const NOTHING: Act = { do: 'nothing' };
