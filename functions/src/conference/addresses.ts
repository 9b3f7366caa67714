import { z } from 'zod';
import { CALL_ID, MESSAGE_ID, shortHash } from '../calls/ids.ts';
import type { Link } from '../webhooks/link.ts';
import { writeLink } from '../webhooks/link.ts';
import { CONNECTION_OVERRIDES } from '../webhooks/twiml.ts';
import { LEG_ID } from './record.ts';

/**
 * The addresses that Twilio is given for legs and rooms. They carry what their webhooks must know
 * without a database; Twilio's signature covers them. All are repeated on a 5xx.
 */

const room = z.coerce.number().int().min(1).max(9_999);
const place = z.coerce.number().int().min(0).max(999_999);

/** Of a supervisor's leg: which call, which leg, and the room that it is in. */
export const LegQuery = z.object({
  call: z.string().regex(CALL_ID),
  leg: z.string().regex(LEG_ID),
  room: room.optional(),
  /** How often somebody was asked to press a key. */
  asked: z.coerce.number().int().min(0).max(9).catch(0),
});
export type LegQuery = z.infer<typeof LegQuery>;

/** Of a room: which call, and its number. */
export const RoomQuery = z.object({ call: z.string().regex(CALL_ID), room });

/** Of the caller's leg in a room, beside the link of the turn that comes next. */
export const CallerQuery = RoomQuery.extend({
  /** The place from which the turns of this room are counted. */
  base: place,
  /** The caller's number and the dialled one: what each batch of events carries. */
  from: z.string().max(128),
  to: z.string().max(32).optional(),
});
export type CallerQuery = z.infer<typeof CallerQuery>;

export const AnnounceQuery = RoomQuery.extend({ say: z.string().regex(MESSAGE_ID) });

export function readQuery<T extends z.ZodType>(
  schema: T,
  query: URLSearchParams,
): z.output<T> | undefined {
  return schema.safeParse(Object.fromEntries(query)).data;
}

/** What Twilio calls the conference: no number of a caller is in it. */
export function roomName(callId: string, number: number): string {
  return `aurora-${shortHash(callId, 16)}-${number}`;
}

export interface Addresses {
  /** For a supervisor's leg. */
  leg(
    path: '/join-call' | '/join-answer' | '/join-status' | '/join-wait' | '/join-left',
    of: { call: string; leg: string; room?: number; asked?: number },
  ): string;
  room(path: '/conference-status', of: { call: string; room: number }): string;
  /** For the caller's leg; carries the link. */
  caller(
    path: '/caller-join' | '/caller-wait' | '/dial-status' | '/transcription',
    link: Link,
    of: { room: number; base: number; from: string; to?: string | undefined },
  ): string;
  announce(link: Link, of: { room: number; say: string }): string;
  /** Where the caller goes on with Aurora, or is held. */
  turn(link: Link): string;
}

export function createAddresses(publicBaseUrl: string): Addresses {
  const address = (path: string, query: string) =>
    `${publicBaseUrl}${path}?${query}${CONNECTION_OVERRIDES}`;

  return {
    leg: (path, of) => address(path, queryOf(of)),
    room: (path, of) => address(path, queryOf(of)),
    caller: (path, link, of) => address(path, `${writeLink(link)}&${queryOf(of)}`),
    announce: (link, of) => address('/announce', `${writeLink(link)}&${queryOf(of)}`),
    turn: (link) => address('/process-speech', writeLink(link)),
  };
}

function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.toString();
}
