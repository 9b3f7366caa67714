import type { Channel } from '../../calls/channel.ts';
import { shortHash } from '../../calls/ids.ts';
import { Call } from '../../calls/model.ts';
import { OpenText, type Standing } from '../../calls/texts.ts';
import { instant } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { changeAt, type LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';

/** Tries at one compare-and-set against others who write to the same conversation. */
const MOST_TRIES = 12;
/** Calls of one conversation that are looked through for the one that goes on. */
const MOST_CONTINUATIONS = 5;

export interface OpenTextsOptions {
  database: LiveDatabase;
  /** The id of the call in which words go on that are said after a call's end. */
  continuationOf: (callId: string) => string;
  /** Milliseconds for which a call is waited for that was begun and is not live yet. */
  quietAfter: number;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The key of a conversation: one for each channel, dialled number (where there is one) and sender. */
export function openTextKey(channel: Channel, number: string, dialled?: string): string {
  const parts = dialled === undefined ? [channel, number] : [channel, dialled, number];
  return shortHash(parts.join('|'), 32);
}

/** The place of a turn, and its call where that is live. */
export interface Place {
  open: OpenText;
  call?: Call;
}

/**
 * Which text conversation is open with whom. A turn gets its place by compare-and-set, so that two
 * at once open one call and stand in it one behind the other. Rejects when the database can't say.
 */
export function createOpenTexts({ database, continuationOf, quietAfter, now }: OpenTextsOptions) {
  /**
   * The place of a new turn: in the open conversation, or as the first of a new one. `seen` is what
   * this instance knows of the conversation, and the database perhaps not.
   */
  async function place(
    companyId: string,
    key: string,
    begin: { callId: string; at: string },
    seen?: OpenText,
  ): Promise<Place> {
    const path = live.openText(companyId, key);
    let known = await database.read(path);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const open = newest(OpenText.safeParse(known.value).data, seen);
      const going = open && (await goingOn(open));
      const next =
        open && going
          ? { ...open, call_id: going.callId, n: open.n + 1, at: begin.at }
          : { call_id: begin.callId, n: 1, at: begin.at };
      const outcome = await database.compareAndSet(path, known.etag, next);
      if (outcome.done) return { open: next, ...(going?.call ? { call: going.call } : {}) };
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many turns of one conversation at once.');
  }

  /** The call of the conversation that is open and live; undefined where there is none. */
  async function current(companyId: string, key: string): Promise<Call | undefined> {
    const { value } = await database.read(live.openText(companyId, key));
    const open = OpenText.safeParse(value).data;
    return open && (await goingOn(open))?.call;
  }

  /**
   * The call in which the conversation goes on; undefined where it is over. A call that was just
   * begun may not be live yet. One that was ended while words came goes on in its continuation.
   */
  async function goingOn(open: OpenText): Promise<{ callId: string; call?: Call } | undefined> {
    let callId = open.call_id;
    for (let step = 0; step < MOST_CONTINUATIONS; step++) {
      const [call, tombstone] = await Promise.all([
        database.read(live.call(callId)),
        database.read(live.tombstone(callId)),
      ]);
      const isThere = call.value !== null || tombstone.value !== null;
      if (!isThere) return step === 0 && isYoung(open) ? { callId } : undefined;
      if (call.value !== null && tombstone.value === null) {
        const { data } = Call.safeParse(call.value);
        if (data?.medium !== 'Text') return undefined;
        if (data.status === 'ACTIVE') return { callId, call: data };
      }
      callId = continuationOf(callId);
    }
    return undefined;
  }

  function isYoung({ at }: OpenText): boolean {
    return now() - instant(at) < quietAfter;
  }

  /** Where the card stands before a turn; undefined where nobody knows. */
  async function standing(
    companyId: string,
    key: string,
    callId: string,
    n: number,
  ): Promise<Standing | undefined> {
    const { value } = await database.read(live.openText(companyId, key));
    const open = OpenText.safeParse(value).data;
    return open?.call_id === callId && open.standing && open.standing.n < n
      ? open.standing
      : undefined;
  }

  /** Where the card stands after a turn; a later turn's word stays. */
  async function stand(
    companyId: string,
    key: string,
    callId: string,
    standing: Standing,
  ): Promise<void> {
    await changeAt(database, live.openText(companyId, key), MOST_TRIES, (value) => {
      const open = OpenText.safeParse(value).data;
      const isOurs = open?.call_id === callId && (open.standing?.n ?? 0) < standing.n;
      return isOurs ? { ...open, standing } : value;
    });
  }

  return { place, current, standing, stand };
}

/** Of one call the later place; of two calls what the database says. */
function newest(known: OpenText | undefined, seen: OpenText | undefined): OpenText | undefined {
  if (!known || !seen) return known ?? seen;
  return known.call_id === seen.call_id && seen.n > known.n ? seen : known;
}

export type OpenTexts = ReturnType<typeof createOpenTexts>;
