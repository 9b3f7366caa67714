import { z } from 'zod';
import { CALL_ID, CALL_SID, INCIDENT_ID } from '../calls/ids.ts';
import { Timestamp } from '../calls/model.ts';

/**
 * A caller who is silent or lost, as `lost_callers/{call_id}` holds them, and how that changes. Pure:
 * whoever changes it stores the outcome by compare-and-set before doing what it says.
 *
 *   listening ──► open ──► text ──► ring, at most three times ──► closed
 *                  └──── a human is asked, where nobody may ring ──┘
 *
 * Nothing but `due_at` moves it on. What is sent is marked before it is sent, so a crash in between
 * costs one text or one ringing, and nothing is ever sent twice.
 */

/** How often a caller is rung. */
export const MOST_TRIES = 3;
/** Milliseconds of waiting after each try that reached nobody. */
const WAITS = [30_000, 120_000] as const;
/** Milliseconds after which a try counts as failed although nobody told what became of it. */
export const RINGING = 90_000;
/** Milliseconds after which somebody else asks a human, where who was about to is gone. */
export const ASKING = 60_000;

/** Why somebody is followed: danger that was not resolved, or not a word. */
export const Why = z.enum(['urgent', 'silent']);
export type Why = z.infer<typeof Why>;

/** Why nobody may ring: a ringing phone would give them away, or it was not to be. */
export const Quiet = z.enum(['threat', 'hiding', 'policy', 'too_often']);
export type Quiet = z.infer<typeof Quiet>;

/** How it ended: they were called back, or came by themselves, or a human was asked. */
export const Outcome = z.enum(['reached', 'regained', 'unreachable', 'human_asked']);
export type Outcome = z.infer<typeof Outcome>;

/** Epoch milliseconds. */
const Instant = z.number().int().min(0);

export const LostCaller = z.object({
  /** `listening`: the call is live, and its caller says nothing. */
  state: z.enum(['listening', 'open', 'closed']),
  company_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  site_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  mobile_no: z.string().max(128),
  dialled_no: z.string().max(32).optional(),
  call_sid: z.string().regex(CALL_SID).optional(),
  /** When the call began. */
  at: Timestamp,
  /** Texts that are to be sent. */
  silent_text: z.literal('due').optional(),
  lost_text: z.literal('due').optional(),
  due_at: Instant,
  tries: z.number().int().min(0).max(MOST_TRIES).default(0),
  /** The CallSid of the try that rings or has reached the caller. */
  leg: z.string().regex(CALL_SID).optional(),
  why: Why.optional(),
  quiet: Quiet.optional(),
  /** Whether the call was never urgent: then nobody is paged for its sake. */
  calm: z.literal(true).optional(),
  /** Calls that this one follows, one after the other. */
  generation: z.number().int().min(0).default(0),
  /** Of the last turn that the caller was offered; see Line. */
  link: z.string().max(2_000).optional(),
  incident_id: z.string().regex(INCIDENT_ID).optional(),
  outcome: Outcome.optional(),
  /** The call by which they were reached or came back. */
  by: z.string().regex(CALL_ID).optional(),
  closed_at: Instant.optional(),
});
export type LostCaller = z.infer<typeof LostCaller>;

/** What the record says is to be done now. */
export type Act =
  | { do: 'text'; which: 'silent' | 'lost' }
  | { do: 'ring'; round: number }
  | { do: 'ask'; why: Quiet | 'unreachable' }
  | { do: 'wait'; until: number }
  | { do: 'nothing' };

/** What is to be done, and the record in which that is marked as begun. */
export function next(lost: LostCaller, now: number): { act: Act; marked: LostCaller } {
  const { silent_text, lost_text, ...rest } = lost;
  if (lost.state === 'closed') return { act: { do: 'nothing' }, marked: lost };
  if (silent_text) {
    const marked = lost_text ? { ...rest, lost_text } : rest;
    return { act: { do: 'text', which: 'silent' }, marked };
  }
  if (lost.state === 'listening') return { act: { do: 'nothing' }, marked: lost };
  if (now < lost.due_at) return { act: { do: 'wait', until: lost.due_at }, marked: lost };
  if (lost_text) return { act: { do: 'text', which: 'lost' }, marked: rest };
  const asks = lost.quiet ?? (lost.tries >= MOST_TRIES ? 'unreachable' : undefined);
  if (asks) return { act: { do: 'ask', why: asks }, marked: { ...lost, due_at: now + ASKING } };
  const round = lost.tries + 1;
  const { leg: _, ...others } = lost;
  return {
    act: { do: 'ring', round },
    marked: { ...others, tries: round, due_at: now + RINGING },
  };
}

/** The call is over and was not resolved. One that is known to be lost, or is closed, stays. */
export function lose(
  known: LostCaller | undefined,
  lost: Omit<LostCaller, 'state' | 'due_at' | 'tries'>,
  now: number,
): LostCaller {
  if (known && known.state !== 'listening') return known;
  const { silent_text: _, ...others } = lost;
  return { ...others, state: 'open', due_at: now, tries: 0 };
}

/** A try has reached nobody; one that is not the last one placed changes nothing. */
export function failed(lost: LostCaller, round: number, now: number): LostCaller {
  if (lost.state !== 'open' || lost.tries !== round) return lost;
  const { leg: _, ...others } = lost;
  return { ...others, due_at: now + (WAITS[round - 1] ?? 0) };
}

/** Nobody is rung any more, but a human is asked. */
export function hush(lost: LostCaller, quiet: Quiet, now: number): LostCaller {
  if (lost.state !== 'open' || lost.quiet) return lost;
  return { ...lost, quiet, due_at: now };
}

/** The first outcome stands, but for a caller who was reached after all. */
export function close(
  lost: LostCaller,
  outcome: Outcome,
  now: number,
  of: { leg?: string; by?: string } = {},
): LostCaller {
  const isBack = outcome === 'reached' || outcome === 'regained';
  const wasBack = lost.outcome === 'reached' || lost.outcome === 'regained';
  if (lost.state === 'closed' && (!isBack || wasBack)) return lost;
  const { silent_text: _, lost_text: __, ...others } = lost;
  return { ...others, ...of, state: 'closed', outcome, closed_at: lost.closed_at ?? now };
}
