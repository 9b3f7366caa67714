import { z } from 'zod';
import { type CallNoted, FinalAction, LONGEST_NOTES } from '../../calls/model.ts';
import { instant, isoInZone, zoneOf } from '../../calls/times.ts';
import type { OneCall } from './one-call.ts';

/** What a supervisor says of a call. A field that is absent stays as it is. */
export const notes = {
  final_action: FinalAction.optional(),
  admin_notes: z
    .string()
    .max(LONGEST_NOTES)
    .refine((text) => text.isWellFormed(), 'holds half a character')
    .optional()
    .meta({ description: 'In place of the notes before; an empty text removes them.' }),
};

interface Words {
  final_action?: FinalAction | undefined;
  admin_notes?: string | undefined;
}

/** Undefined where nothing is said. */
export function notedBy(
  adminId: string,
  call: OneCall,
  { final_action, admin_notes }: Words,
  now: number,
): CallNoted | undefined {
  if (final_action === undefined && admin_notes === undefined) return undefined;
  const before = [call.noted.final_action, call.noted.admin_notes];
  return {
    type: 'call_noted',
    call_id: call.call_id,
    by: adminId,
    at: timeAfter(before, call, now),
    ...(final_action === undefined ? {} : { final_action }),
    ...(admin_notes === undefined ? {} : { admin_notes }),
  };
}

/**
 * Of two words the later stands, so what is said of a call that somebody has read is said after what
 * they read, although this instance's clock may be behind. In the call's zone.
 */
export function timeAfter(
  before: readonly ({ at: string } | null | undefined)[],
  { timestamp }: Pick<OneCall, 'timestamp'>,
  now: number,
): string {
  const latest = before.map((said) => (said ? instant(said.at) + 1 : 0));
  return isoInZone(Math.max(now, ...latest), zoneOf(timestamp));
}
