import { turnOfMessage } from '../calls/ids.ts';
import { Call, type CallEvent, type CallStarted } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { UNKNOWN_WORKER } from '../calls/started.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';

/** Milliseconds that a task waits for Firestore: the words are safe, and the next task asks again. */
const LOOK_UP_BOUND = 3_000;

/** Milliseconds for which it is believed that a company knows nobody with a number. */
const BELIEVED = 60_000;

export interface IdentifyOptions {
  /** The worker of a company who has a number; undefined for a stranger. */
  findWorker: (companyId: string, e164: string) => Promise<{ id: string } | undefined>;
  database: Pick<LiveDatabase, 'read'>;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Finds the worker behind the number of a call whose caller is unknown, after a batch of it was
 * applied, in the call's own company only (I6). Once a turn, with the greeting and with the
 * caller's words: Aurora's reply to them brings nothing new. Never rejects: the words matter more, and whatever
 * fails here is tried again by the call's next task. The call's site stays the dialled number's:
 * that is where it was answered for, whoever calls.
 */
export function createIdentify({ findWorker, database, apply, now, log }: IdentifyOptions) {
  /** When it was found that nobody has the number. */
  const strangers = new Map<string, number>();

  return async function identify(events: readonly CallEvent[]): Promise<void> {
    const started = events.find((event) => event.type === 'call_started');
    if (started?.worker_id !== UNKNOWN_WORKER || !isTelephone(started.mobile_no)) return;
    if (events.some(isReply)) return;
    const key = `${started.company_id} ${started.mobile_no}`;
    if (now() - (strangers.get(key) ?? Number.NEGATIVE_INFINITY) < BELIEVED) return;
    try {
      if (await isKnown(started)) return;
      const worker = await within(LOOK_UP_BOUND, findWorker(started.company_id, started.mobile_no));
      if (worker) await apply([...events, identified(started, worker.id)]);
      else remember(key);
    } catch (error) {
      log.warn('The worker behind a call could not be looked up; its next task tries again.', {
        call_sid: started.call_sid,
        error: asError(error),
      });
    }
  };

  /**
   * False where the live copy doesn't say: the batch went to the archive, to a call that continues
   * an ended one, or to the call that claimed the CallSid. The event then goes with its batch, which
   * leads it to the same place.
   */
  async function isKnown({ call_id }: CallStarted): Promise<boolean> {
    const { value } = await database.read(live.call(call_id));
    const call = Call.safeParse(value).data;
    return call?.status === 'ACTIVE' && call.worker_id !== UNKNOWN_WORKER;
  }

  function identified({ call_id, at }: CallStarted, worker_id: string): CallEvent {
    return {
      type: 'worker_identified',
      call_id,
      worker_id,
      at: isoInZone(now(), zoneOf(at)),
    };
  }

  /** Insertion order is age: the first that is still believed ends the search. */
  function remember(key: string): void {
    for (const [known, at] of strangers) {
      if (now() - at < BELIEVED) break;
      strangers.delete(known);
    }
    strangers.delete(key);
    strangers.set(key, now());
  }
}

function isReply(event: CallEvent): boolean {
  if (event.type !== 'message_added' || event.message.role !== 'assistant') return false;
  return turnOfMessage(event.message.id) > 0;
}

export type Identify = ReturnType<typeof createIdentify>;
