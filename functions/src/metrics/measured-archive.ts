import { asError, isRetryable } from '../errors.ts';
import type { Log } from '../log.ts';
import { measure } from './metrics.ts';

/** Archives a call, measured. Throws where a repetition helps, and gives up loudly where not. */
export async function measuredArchive(log: Log, archive: () => Promise<void>): Promise<void> {
  const began = performance.now();
  try {
    await archive();
  } catch (thrown) {
    const error = asError(thrown);
    const isPassing = isRetryable(thrown);
    measure(log, isPassing ? 'archive_failed' : 'archive_refused', { error });
    if (isPassing) throw error;
    return;
  }
  measure(log, 'call_archived', { milliseconds: Math.round(performance.now() - began) });
}
