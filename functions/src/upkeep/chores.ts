import { asError } from '../errors.ts';
import type { Log } from '../log.ts';

/** Something that a schedule looks after. */
export interface Chore {
  /** Resolves to how much there was to do. */
  run: () => Promise<number>;
  /** What the log says when there was something; absent for a chore that speaks for itself. */
  done?: string;
}

/**
 * Does all chores side by side; one that fails keeps no other from being done.
 * @throws AggregateError of what went wrong, so that the schedule shows as failed
 */
export async function doChores(chores: readonly Chore[], log: Log): Promise<void> {
  const faults: Error[] = [];
  await Promise.all(
    chores.map(async ({ run, done }) => {
      try {
        const count = await run();
        if (done !== undefined && count > 0) log.warn(done, { count });
      } catch (thrown) {
        const error = asError(thrown);
        log.error('A chore failed; the next run of the schedule does it again.', { error });
        faults.push(error);
      }
    }),
  );
  if (faults.length > 0) throw new AggregateError(faults, `Chores that failed: ${faults.length}.`);
}
