import { ApiError } from '../../../api/ask.ts';
import type { accountTexts } from '../../../texts/office/account.ts';

/**
 * Why the API did not take a password or a code, in words; undefined where a dialog asks for a new
 * sign-in. @throws what is no answer of the API
 */
export function refusedProof(
  error: unknown,
  { wait }: Pick<typeof accountTexts.en, 'wait'>,
): string | undefined {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return undefined;
  return error.retryAfter === undefined ? error.message : wait(error.retryAfter);
}
