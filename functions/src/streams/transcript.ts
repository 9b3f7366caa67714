import type { CallView } from '../admin/views.ts';
import { turnOfMessage } from '../calls/ids.ts';
import type { Message } from '../calls/model.ts';
import { compareMessages } from '../calls/order.ts';
import {
  compareTurns,
  decodeCursor,
  digestOfCall,
  digestOfTurns,
  encodeCursor,
  hashOfToken,
  SEEN,
  type SeenTurn,
} from './cursor.ts';

/** What a client that comes back with a cursor lacks. */
export interface Resumption {
  /** In order; empty where nothing is missing. */
  missing: Message[];
  /** Whether the call's fields are others than the client was shown. */
  callChanged: boolean;
  /** The digest of the call that the client was shown. */
  call: string;
  /** What the client has and this instance has not seen yet, by turn; it may lag behind another. */
  ahead: Ahead;
}

/** All that the client has of such turns, by turn. */
export type Ahead = Map<string, SeenTurn>;

/**
 * What is known of one conversation, in the form in which clients are sent it: which messages are
 * new, what a client with a cursor lacks, and the cursor of a client that has everything. Pure: no
 * clock, no database. Of a message that comes twice the first content stays; only the mark that it
 * was not spoken is taken over later.
 */
export function createTranscript(conversationId: string) {
  const messages = new Map<string, Message>();
  const turns = new Map<string, SeenTurn>();
  /** Which token stands behind a turn's key; two tokens of one key can't be told apart. */
  const tokens = new Map<string, string>();
  let isAmbiguous = false;
  let call: CallView | undefined;
  let callDigest = digestOfCall('');
  let cursor: string | undefined;

  /** Takes messages in, and returns those that clients have to be sent, in order. */
  function take(arrived: readonly Message[]): Message[] {
    const changed = new Map<string, Message>();
    for (const message of arrived) {
      const known = messages.get(message.id);
      if (known && (known.spoken === false || message.spoken !== false)) continue;
      const next = known ? { ...known, spoken: false as const } : message;
      messages.set(message.id, next);
      changed.set(message.id, next);
      note(message);
    }
    if (changed.size > 0) cursor = undefined;
    return [...changed.values()].sort(compareMessages);
  }

  function note(message: Message): void {
    const token = tokenOf(message);
    const turn = { n: turnOfMessage(message.id), hash: hashOfToken(token), seen: 0 };
    const key = keyOf(turn);
    isAmbiguous ||= (tokens.get(key) ?? token) !== token;
    tokens.set(key, token);
    const seen = (turns.get(key)?.seen ?? 0) | bitsOf(message);
    turns.set(key, { ...turn, seen });
  }

  /** Whether anything changed that is not told by the messages themselves. */
  function show(view: CallView): boolean {
    call = view;
    const digest = digestOfCall(JSON.stringify({ ...view, last_message_at: '', latest: null }));
    if (digest === callDigest) return false;
    callDigest = digest;
    cursor = undefined;
    return true;
  }

  function cursorOfAll(): string {
    cursor ??= encodeCursor(conversationId, callDigest, inOrder());
    return cursor;
  }

  /** The cursor of a client that has all messages and those that it is ahead with. */
  function cursorWith(ahead: Ahead, call = callDigest): string {
    if (ahead.size === 0 && call === callDigest) return cursorOfAll();
    const all = new Map(turns);
    for (const [key, turn] of ahead) {
      all.set(key, { ...turn, seen: turn.seen | (turns.get(key)?.seen ?? 0) });
    }
    return encodeCursor(conversationId, call, [...all.values()].sort(compareTurns));
  }

  /** Undefined where it can't be told what the client has: it is sent everything then. */
  function resume(text: string): Resumption | undefined {
    const seen = isAmbiguous ? undefined : decodeCursor(conversationId, text);
    if (!seen) return undefined;
    const known = new Map(seen.turns.map((turn) => [keyOf(turn), turn.seen]));
    if (seen.summedUp) {
      const oldest = inOrder().slice(0, seen.summedUp.count);
      if (digestOfTurns(oldest) !== seen.summedUp.digest) return undefined;
      for (const turn of oldest) known.set(keyOf(turn), turn.seen);
    }
    const missing = [...messages.values()].filter(
      (message) => (bitsOf(message) & ~(known.get(keyOfMessage(message)) ?? 0)) !== 0,
    );
    const ahead: Ahead = new Map();
    for (const turn of seen.turns) {
      if (isBeyond(turn)) ahead.set(keyOf(turn), turn);
    }
    return {
      missing: missing.sort(compareMessages),
      callChanged: seen.call !== callDigest,
      call: seen.call,
      ahead,
    };
  }

  /** Of messages that have just been taken in, those that this client lacks; updates what it has. */
  function lackedBy(ahead: Ahead, taken: readonly Message[]): Message[] {
    const lacked = taken.filter((message) => {
      const turn = ahead.get(keyOfMessage(message));
      return !turn || (bitsOf(message) & ~turn.seen) !== 0;
    });
    for (const message of taken) {
      const key = keyOfMessage(message);
      const turn = ahead.get(key);
      if (!turn) continue;
      const grown = { ...turn, seen: turn.seen | bitsOf(message) };
      if (isBeyond(grown)) ahead.set(key, grown);
      else ahead.delete(key);
    }
    return lacked;
  }

  /** Whether something of the turn is not known here. */
  function isBeyond(turn: SeenTurn): boolean {
    return (turn.seen & ~(turns.get(keyOf(turn))?.seen ?? 0)) !== 0;
  }

  function inOrder(): SeenTurn[] {
    return [...turns.values()].sort(compareTurns);
  }

  return {
    take,
    show,
    resume,
    lackedBy,
    cursor: cursorOfAll,
    cursorWith,
    call: () => call,
    messages: () => [...messages.values()].sort(compareMessages),
  };
}

export type Transcript = ReturnType<typeof createTranscript>;

/** The message's id without its rank. */
function tokenOf({ id }: Message): string {
  return id.slice(0, -2);
}

function keyOf({ n, hash }: Pick<SeenTurn, 'n' | 'hash'>): string {
  return `${n}:${hash}`;
}

function keyOfMessage(message: Message): string {
  return keyOf({ n: turnOfMessage(message.id), hash: hashOfToken(tokenOf(message)) });
}

function bitsOf({ id, spoken }: Message): number {
  const rank = Number(id.at(-1));
  const present = SEEN.byRank[rank] ?? 0;
  return rank === 1 && spoken === false ? present | SEEN.unspoken : present;
}
