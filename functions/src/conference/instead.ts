import type { SpokenPart } from '../assistant/assistant.ts';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import { shortHash } from '../calls/ids.ts';
import type { Accepted } from '../webhooks/app.ts';
import type { Link } from '../webhooks/link.ts';
import { type Addresses, CallerQuery, readQuery } from './addresses.ts';
import { LAST_PLACE } from './caller-line.ts';
import {
  announcement,
  backToTurns,
  sayAndHangUp,
  waiting,
  waitingSupervisor,
} from './documents.ts';

/** What legs hear without any database: where a webhook failed, and where nothing else is needed. */

/** Turns that a room may have had of which nobody could read the number. */
const UNKNOWN_PLACES = 2_000;

/** For a caller of whom nothing is known: the call is begun anew, on the same line. */
const LAST_RESORT =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Redirect method="POST">/incoming-call</Redirect></Response>';

const CONNECTING = 'One moment, the caller is being connected.';

const SORRY = 'Aurora cannot join you with the caller now. Please take the call over on the page.';

/** The leg ends; its status callback tells so. */
export function sorrySupervisor(): string {
  return sayAndHangUp(SORRY);
}

export function supervisorWaits(words = CONNECTING): string {
  return waitingSupervisor(words);
}

/** What a caller hears in a room that has not begun. */
export function callerWaits({ link }: Accepted): string {
  const { wording, language } = wordingOfCall(link ?? { language: 'en-IN', languages: [] });
  return waiting({ text: wording.line.moment, language });
}

/** From a room to a turn: Aurora takes her words up, unless a supervisor holds the call. */
export function backFrom(
  addresses: Addresses,
  link: Link,
  room: number,
  transcribed: boolean,
): string {
  const resumes = link.heldUntil === undefined ? true : undefined;
  const turn = { ...link.turn, n: Math.min(link.turn.n, LAST_PLACE) };
  const next = { ...link, turn, resumes, sent: undefined, told: undefined };
  return backToTurns(addresses, { link: next, room, transcribed });
}

/** The same from the address alone. */
export function backWithoutKnowing(addresses: Addresses, { query: sent, link }: Accepted): string {
  const query = readQuery(CallerQuery, sent);
  if (!query || !link) return LAST_RESORT;
  const random = shortHash(`${link.turn.random}|${query.room}|back`, 10);
  const turn = { n: link.turn.n + UNKNOWN_PLACES, random };
  return backFrom(addresses, { ...link, turn }, query.room, true);
}

/** In place of words of Aurora that can't be read any more: those of her card. */
export function insteadOfWords(parts: readonly SpokenPart[], { link }: Accepted): string {
  return announcement(parts, link?.slow === true);
}
