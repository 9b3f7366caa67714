import { z } from 'zod';
import { shortHash } from './ids.ts';
import { Timestamp } from './model.ts';

/**
 * `opt_outs/{key}`: somebody has written STOP to a company. Aurora sends them no text of its own
 * accord any more; what they write is answered all the same.
 */
export const OptOut = z.object({ at: Timestamp });
export type OptOut = z.infer<typeof OptOut>;

/** One for all of a company's numbers and channels. @param e164 without a channel's prefix */
export function optOutKey(companyId: string, e164: string): string {
  return shortHash(`${companyId}|${e164}`, 32);
}
