import { CALL_ID } from '../calls/ids.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { LostCaller } from './record.ts';

/** Tries at one compare-and-set before whoever asked asks again. */
const MOST_TRIES = 12;

export interface LostStore {
  read(callId: string): Promise<LostCaller | undefined>;
  /**
   * Changes one by compare-and-set. `to` gives what is to stand there, and what whoever asked wants
   * to know; `undefined` leaves it as it is.
   */
  change<T>(
    callId: string,
    to: (known: LostCaller | undefined) => { lost: LostCaller | undefined; result: T },
  ): Promise<T>;
  all(): Promise<Map<string, LostCaller>>;
  isEmpty(): Promise<boolean>;
}

/** What can't be read counts as not there: the next change writes over it. */
export function createLostStore(database: LiveDatabase): LostStore {
  return {
    async read(callId) {
      return LostCaller.safeParse((await database.read(live.lostCaller(callId))).value).data;
    },
    async change(callId, to) {
      const path = live.lostCaller(callId);
      let known = await database.read(path);
      for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
        const before = LostCaller.safeParse(known.value).data;
        const { lost, result } = to(before);
        if (lost === undefined || lost === before) return result;
        const outcome = await database.compareAndSet(path, known.etag, lost);
        if (outcome.done) return result;
        known = outcome;
      }
      throw new AuroraError(503, 'contended', 'Too much happens to one caller at once: try again.');
    },
    async all() {
      const { value } = await database.read(live.lostCallers);
      const all = Object.entries((value ?? {}) as Record<string, unknown>);
      return new Map(
        all.flatMap(([callId, stored]) => {
          const lost = CALL_ID.test(callId) ? LostCaller.safeParse(stored).data : undefined;
          return lost ? [[callId, lost] as const] : [];
        }),
      );
    },
    async isEmpty() {
      return (await database.keys(live.lostCallers)).length === 0;
    },
  };
}
