import { z } from 'zod';
import { ReachingPolicy } from '../access/reaching-policy.ts';
import { CALL_ID } from '../calls/ids.ts';

/**
 * The chain of pages of one call, as `page_chains/{call_id}` holds it. What changes it is pure
 * (raised.ts, merged.ts, stages.ts, attempts.ts, answered.ts): who changes it stores the outcome by
 * compare-and-set (store.ts).
 *
 *   raised -> step 1 -> step 2 -> … -> emergency -> last step, quietly repeated -> closed
 *               └── accepted ──► closed, once the call is held, joined or helped
 *                      └── not followed in time ──► the next step
 *
 * Nothing but `due_at` moves it on: a step is due when that has passed, is claimed by one and then
 * done. A claim whose holder died is taken again: a person paged twice is better than none.
 */

/** Why people are fetched. */
export const WHY = [
  'critical',
  'silent',
  'ungrounded',
  'asked',
  'lease_lapsed',
  'requested',
  'caller_lost',
] as const;
export type Why = (typeof WHY)[number];

/** Why it is over. */
const CLOSED_BY = ['person', 'held', 'dispatched', 'call_over', 'nobody', 'merged'] as const;
export type ClosedBy = (typeof CLOSED_BY)[number];

const AdminId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
/** Epoch milliseconds. */
const Instant = z.number().int().min(0);
const CallId = z.string().regex(CALL_ID);

export const CHANNELS = ['sms', 'voice'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One message or call to one person. A delivered message and a voicemail stay `sent`: no answer. */
export const Attempt = z.object({
  admin_id: AdminId,
  channel: z.enum(CHANNELS),
  /** Which stage it belongs to, from 0. */
  stage: z.number().int().min(0),
  state: z.enum(['sent', 'failed', 'unanswered']),
  sid: z.string().max(64).optional(),
  at: Instant,
  reason: z.string().max(100).optional(),
});
export type Attempt = z.infer<typeof Attempt>;

export const ChainPolicy = ReachingPolicy.pick({
  steps: true,
  repeats: true,
  accept_seconds: true,
  dial_emergency: true,
});
export type ChainPolicy = z.infer<typeof ChainPolicy>;

export const Chain = z.object({
  call_id: CallId,
  company_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** Counts how often the call's people were fetched anew. */
  round: z.number().int().min(1),
  why: z.enum(WHY),
  /** The supervisor who asked for people. */
  by: AdminId.optional(),
  /** In a supervisor's words. */
  reason: z.string().max(500).optional(),
  raised_at: Instant,
  /** The company's, for what is told of the chain. */
  time_zone: z.string().max(64),
  /** As it was when the chain was raised: a change of it does not change who was promised what. */
  policy: ChainPolicy,
  /** The stage that is next, from 0; see `stageOf`. */
  next: z.number().int().min(0),
  due_at: Instant,
  claim: z.object({ by: z.string().max(64), until: Instant, stage: z.number().int() }).optional(),
  attempts: z.record(z.string(), Attempt).optional(),
  /** Who has passed on, and at which stage last. */
  passed: z.record(AdminId, z.number().int()).optional(),
  accepted: z.object({ by: AdminId, at: Instant, until: Instant }).optional(),
  closed: z.object({ reason: z.enum(CLOSED_BY), at: Instant, by: AdminId.optional() }).optional(),
  /** Other calls of the incident whose people these are as well, and since when. */
  merged: z.record(CallId, Instant).optional(),
  /** The call whose chain took this one in. */
  merged_into: CallId.optional(),
});
export type Chain = z.infer<typeof Chain>;
