import { z } from 'zod';
import { shortHash } from './ids.ts';
import { instant } from './times.ts';

/**
 * What was done about a call, beside its words: each step of a takeover, of fetching people, of
 * joining by phone, and of not losing the caller. Shown live and kept with the archived call.
 */
export const STEPS = [
  // Who speaks.
  'taken_over',
  'released',
  'transferred',
  'lease_lapsed',
  'ended',
  'message_sent',
  // A supervisor's own phone.
  'join_requested',
  'joined',
  'mode_changed',
  'left',
  'join_failed',
  'transcribed',
  'not_transcribed',
  // People who are on call.
  'page_raised',
  'page_merged',
  'page_sent',
  'page_failed',
  'page_accepted',
  'page_passed_on',
  'page_unanswered',
  'page_escalated',
  'page_closed',
  'emergency_dialled',
  'emergency_answered',
  'emergency_failed',
  'emergency_spoken',
  // The caller.
  'silence_asked',
  'caller_lost',
  'called_back',
  'caller_regained',
  'caller_unreachable',
  'human_asked',
  'text_sent',
  'text_failed',
  'capped',
  'incident_joined',
] as const;

const AdminId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

export const TIMELINE_ID = /^t[0-9a-f]{16}$/;

export const TimelineEntry = z.object({
  at: z.iso.datetime({ offset: true }),
  step: z.enum(STEPS),
  /** The supervisor who did it; absent where Aurora did. */
  by: AdminId.optional(),
  /** The supervisor whom it concerns: paged, joined, handed the call. */
  whom: AdminId.optional(),
  /** How: `sms`, `voice`, `whatsapp`, or a mode such as `listen`. */
  channel: z.string().max(32).optional(),
  /** Why, in a supervisor's words or as a code such as `busy`. Never the caller's words. */
  reason: z.string().max(500).optional(),
  /** The place in a chain of pages, from 1. */
  round: z.number().int().min(1).optional(),
  /** Which ownership it belongs to. */
  epoch: z.number().int().min(0).optional(),
  /** Another call or an incident that it concerns. */
  other: z.string().max(128).optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const Timeline = z.record(z.string().regex(TIMELINE_ID), TimelineEntry);
export type Timeline = z.infer<typeof Timeline>;

/** The same parts, however often and wherever, are the same entry. */
export function timelineId(...parts: readonly (string | number)[]): string {
  return `t${shortHash(JSON.stringify(parts), 16)}`;
}

/** Of one id the earliest stands, so that a repetition changes nothing. */
export function foldTimeline(
  known: Timeline | undefined,
  id: string,
  entry: TimelineEntry,
): Timeline {
  const before = known?.[id];
  return { ...known, [id]: before && !isBefore(entry, before) ? before : entry };
}

function isBefore(a: TimelineEntry, b: TimelineEntry): boolean {
  const difference = instant(a.at) - instant(b.at);
  return difference < 0 || (difference === 0 && JSON.stringify(a) < JSON.stringify(b));
}
