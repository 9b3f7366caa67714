import { createHash, createHmac } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Role } from './model.ts';
import { isWithheld } from './phone.ts';

/**
 * Ids are matched against these before they become part of a database path or a log line.
 * `call_{digits | anonymous | h + 12 hex}_{YYYYMMDD}_{HHMMSS}_{6 hex of Twilio's id}`
 */
const TAIL = '(?:[0-9]{1,15}|anonymous|h[0-9a-f]{12})_[0-9]{8}_[0-9]{6}_[0-9a-f]{6}';
export const CALL_ID = new RegExp(`^call_${TAIL}$`);
export const CONVERSATION_ID = new RegExp(`^conv_${TAIL}$`);
export const CALL_SID = /^CA[0-9a-f]{32}$/;
export const MESSAGE_ID = /^m[0-9]{6,9}-[A-Za-z0-9]{1,64}-[0-2]$/;
/** The call of an incident that came first names it: `inc_{YYYYMMDD}_{HHMMSS}_{6 hex}`, no number. */
export const INCIDENT_ID = /^inc_[0-9]{8}_[0-9]{6}_[0-9a-f]{6}$/;
/** Made from the `Idempotency-Key` of who sent the help. */
export const DISPATCH_ID = /^d[0-9a-f]{16}$/;
const TURN_TOKEN = /^([0-9]{1,6})-([A-Za-z0-9]{6,32})$/;

export interface CallIdParts {
  /** E.164, or a withheld caller's placeholder. */
  mobileNo: string;
  /** CallSid or MessageSid: its last six hex digits keep callers with one shared number apart. */
  sid: string;
  /** Epoch milliseconds. */
  now: number;
  timeZone: string;
  /** Present for CALL_ID_STYLE=hashed: the digits are replaced by a keyed hash. */
  hashKey?: string | undefined;
}

export function callId({ mobileNo, sid, now, timeZone, hashKey }: CallIdParts): string {
  const at = DateTime.fromMillis(now, { zone: timeZone });
  return `call_${callerPart(mobileNo, hashKey)}_${at.toFormat('yyyyMMdd_HHmmss')}_${sidTail(sid)}`;
}

function callerPart(mobileNo: string, hashKey: string | undefined): string {
  const digits = isWithheld(mobileNo) ? '' : /^\+([0-9]{1,15})$/.exec(mobileNo)?.[1];
  if (!digits) return 'anonymous';
  if (!hashKey) return digits;
  return `h${createHmac('sha256', hashKey).update(digits).digest('hex').slice(0, 12)}`;
}

export function sidTail(sid: string): string {
  return sid.slice(-6).toLowerCase();
}

/** True when the call id was made for this CallSid: a link can't be used with another call. */
export function belongsToSid(id: string, sid: string): boolean {
  return CALL_ID.test(id) && id.endsWith(`_${sidTail(sid)}`);
}

/** The incident that a call begins. Ids of one company sort by when their calls began. */
export function incidentId(id: string): string {
  return `inc_${id.split('_').slice(-3).join('_')}`;
}

export function conversationId(id: string): string {
  return id.replace(/^call_/, 'conv_');
}

/** The instant that a call id names, to the second. Undefined where the digits are no date. */
export function startOfCall(id: string, timeZone: string): DateTime<true> | undefined {
  const [date, time] = id.split('_').slice(-3);
  const at = DateTime.fromFormat(`${date}_${time}`, 'yyyyMMdd_HHmmss', { zone: timeZone });
  return at.isValid ? at : undefined;
}

export interface TurnToken {
  /** The turn's place in the conversation; 0 is the greeting. */
  n: number;
  random: string;
}

/** Parses `<n>-<random>`; undefined for anything else. */
export function parseTurnToken(text: string | undefined): TurnToken | undefined {
  const match = TURN_TOKEN.exec(text ?? '');
  return match ? { n: Number(match[1]), random: match[2] as string } : undefined;
}

export function formatTurnToken({ n, random }: TurnToken): string {
  return `${n}-${random}`;
}

/**
 * The next turn's token follows from this one, so that a webhook which Twilio delivers to two
 * instances offers the same next turn from both.
 */
export function nextTurn(callSid: string, { n, random }: TurnToken): TurnToken {
  return { n: n + 1, random: shortHash(`${callSid}|${n}|${random}`, 10) };
}

/** The highest place that a turn can have. */
const LAST_PLACE = 999_999;
/** Turns that a caller may have had and that are not known: their tasks may be minutes late. */
const PLACES_UNKNOWN = 20;

/**
 * The place of a turn that the caller is sent to by somebody who knows of this one: after all words
 * that are on their way.
 */
export function placeAfterUnknown(n: number): number {
  return Math.min(n + PLACES_UNKNOWN, LAST_PLACE);
}

/** The greeting's token: the same however often, and on whatever instance, the call is started. */
export function greetingTurn(callSid: string): TurnToken {
  return { n: 0, random: shortHash(`${callSid}|greeting`, 10) };
}

const RANK: Record<Role, number> = { user: 0, assistant: 1, admin: 2 };

export function messageId(turn: TurnToken, role: Role): string {
  return `m${String(turn.n).padStart(6, '0')}-${turn.random}-${RANK[role]}`;
}

/** The turn's place n, from a message id. */
export function turnOfMessage(id: string): number {
  return Number(id.slice(1, id.indexOf('-')));
}

/** `length` hex digits of SHA-256. */
export function shortHash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
