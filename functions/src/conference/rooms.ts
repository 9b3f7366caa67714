import { isDeepStrictEqual } from 'node:util';
import { AuroraError } from '../errors.ts';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { Conference } from './record.ts';

/** Tries at one compare-and-set. */
const TRIES = 12;

export interface Changed {
  before: Conference | undefined;
  after: Conference;
}

export interface Rooms {
  /** Undefined where the call has had no conference. */
  read(callId: string): Promise<Conference | undefined>;
  /**
   * Changes what is there; undefined where there is none. `to` may be run several times; what it
   * throws is thrown, and nothing is changed then.
   */
  change(callId: string, to: (known: Conference) => Conference): Promise<Changed | undefined>;
  /** As `change`, and makes the first one. */
  open(
    callId: string,
    first: () => Conference,
    to: (known: Conference) => Conference,
  ): Promise<Changed>;
  remove(callId: string): Promise<void>;
  callIds(): Promise<string[]>;
}

/** `conferences/`, by compare-and-set. What does not have its schema counts as absent. */
export function createRooms(database: LiveDatabase): Rooms {
  async function changing(
    callId: string,
    first: (() => Conference) | undefined,
    to: (known: Conference) => Conference,
  ): Promise<Changed | undefined> {
    const path = live.conference(callId);
    let known = await database.read(path);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const before = conferenceIn(known.value);
      const base = before ?? first?.();
      if (!base) return undefined;
      const after = to(base);
      if (before && isDeepStrictEqual(after, before)) return { before, after };
      const outcome = await database.compareAndSet(path, known.etag, after);
      if (outcome.done) return { before, after };
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many writers of one conference at once.');
  }

  return {
    read: async (callId) => conferenceIn((await database.read(live.conference(callId))).value),
    change: (callId, to) => changing(callId, undefined, to),
    open: async (callId, first, to) => (await changing(callId, first, to)) as Changed,
    remove: (callId) => changeAt(database, live.conference(callId), TRIES, () => undefined),
    callIds: () => database.keys(live.conferences),
  };
}

function conferenceIn(value: unknown): Conference | undefined {
  return Conference.safeParse(value).data;
}
