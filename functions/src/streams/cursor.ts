import { createHash } from 'node:crypto';

/** One turn of a conversation, as far as somebody has seen it. */
export interface SeenTurn {
  /** The turn's place. */
  n: number;
  /** 24 bits of a hash of the turn's token: two turns may share one n. */
  hash: number;
  /** Which of its messages: see `SEEN`. */
  seen: number;
}

/** The bits of `seen`. By rank: the caller's words, the assistant's reply, a supervisor's words. */
export const SEEN = { byRank: [1, 2, 4], unspoken: 8 } as const;

/** What a client has been sent, as a cursor tells it. */
export interface Seen {
  /** A digest of the call's fields: 12 hex digits. */
  call: string;
  /** In the order of `compareTurns`; without those that are summed up. */
  turns: SeenTurn[];
  /** The oldest turns of a long conversation: how many they are, and a digest over them. */
  summedUp: { count: number; digest: string } | undefined;
}

const VERSION = 1;
const CHECK_BYTES = 8;
const CALL_BYTES = 6;
const DIGEST_BYTES = 12;

/** Turns that are told one by one: 4 bytes each, so that a cursor stays below 6 kB in base64. */
const MOST_TURNS = 1_100;
/** Of more turns than that, the latest so many are told one by one. */
const KEPT_TURNS = 1_000;

/** The longest text that is looked at: a header of 16 kB is the most that Node takes. */
export const LONGEST_CURSOR = 8_192;

/**
 * The set of messages that a client has been sent, as an opaque ASCII text: for each turn its place
 * (as the distance from the one before), which of its messages, and a hash of its token. It is
 * bound to its conversation by a checksum, so that a text that was cut, or belongs to another
 * conversation, is told from a good one.
 * @param turns in the order of `compareTurns`
 */
export function encodeCursor(
  conversationId: string,
  call: string,
  turns: readonly SeenTurn[],
): string {
  const count = turns.length > MOST_TURNS ? turns.length - KEPT_TURNS : 0;
  const bytes: number[] = [...Buffer.from(call, 'hex')];
  writeNumber(bytes, count);
  if (count > 0) bytes.push(...Buffer.from(digestOfTurns(turns.slice(0, count)), 'hex'));
  let last = 0;
  for (const { n, hash, seen } of turns.slice(count)) {
    writeNumber(bytes, (n - last) * 16 + seen);
    bytes.push(hash >>> 16, (hash >>> 8) & 255, hash & 255);
    last = n;
  }
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.of(VERSION), check(conversationId, body), body]).toString(
    'base64url',
  );
}

/** Undefined for a text that is none of ours, or another conversation's. */
export function decodeCursor(conversationId: string, text: string): Seen | undefined {
  if (text.length > LONGEST_CURSOR || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const body = bytes.subarray(1 + CHECK_BYTES);
  if (bytes[0] !== VERSION || body.length < CALL_BYTES) return undefined;
  if (!bytes.subarray(1, 1 + CHECK_BYTES).equals(check(conversationId, body))) return undefined;
  try {
    return readBody(body);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @throws RangeError where it ends too early */
function readBody(body: Buffer): Seen {
  const from = { body, at: CALL_BYTES };
  const count = readNumber(from);
  const turns: SeenTurn[] = [];
  let summedUp: Seen['summedUp'];
  if (count > 0) {
    summedUp = { count, digest: body.toString('hex', from.at, from.at + DIGEST_BYTES) };
    from.at += DIGEST_BYTES;
  }
  let n = 0;
  while (from.at < body.length) {
    const packed = readNumber(from);
    n += Math.floor(packed / 16);
    turns.push({ n, hash: body.readUIntBE(from.at, 3), seen: packed % 16 });
    from.at += 3;
  }
  return { call: body.toString('hex', 0, CALL_BYTES), turns, summedUp };
}

/** By place, then by hash. */
export function compareTurns(a: SeenTurn, b: SeenTurn): number {
  return a.n - b.n || a.hash - b.hash;
}

/** 24 hex digits. */
export function digestOfTurns(turns: readonly SeenTurn[]): string {
  const hash = createHash('sha256');
  for (const { n, hash: token, seen } of turns) hash.update(`${n}:${token}:${seen};`);
  return hash.digest('hex').slice(0, 2 * DIGEST_BYTES);
}

/** 24 bits that tell a turn's token from others of the same place. */
export function hashOfToken(token: string): number {
  return createHash('sha256').update(token).digest().readUIntBE(0, 3);
}

/** A digest of the call's fields as they are shown: 12 hex digits. */
export function digestOfCall(shown: string): string {
  return createHash('sha256')
    .update(shown)
    .digest('hex')
    .slice(0, 2 * CALL_BYTES);
}

function check(conversationId: string, body: Buffer): Buffer {
  const hash = createHash('sha256').update(conversationId).update('\n').update(body);
  return hash.digest().subarray(0, CHECK_BYTES);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** @throws RangeError where it ends too early */
function readNumber(from: { body: Buffer; at: number }): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = from.body.readUInt8(from.at++);
    value += (byte % 128) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}
