import { AuroraError, isRetryable, TooManyRequests } from '../errors.ts';
import { within } from '../within.ts';
import { internal } from './answer-error.ts';

/** Milliseconds that a request waits for a database before it says so. */
const PATIENCE = 5_000;

/**
 * What a database answers, or 503 in time. A database's own error never reaches the client: its
 * 401 or 404 would be read as ours. An error that no repetition mends is a fault of ours: 500.
 */
export async function available<T>(reading: Promise<T>): Promise<T> {
  try {
    return await within(PATIENCE, reading);
  } catch (error) {
    if (error instanceof TooManyRequests) throw error;
    if (!isRetryable(error)) throw internal(error);
    throw new AuroraError(
      503,
      'unavailable',
      'The data could not be read at this moment. Try again in a few seconds.',
      { cause: error },
    );
  }
}
