import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Chain } from './chain.ts';
import type { Calls } from './ports.ts';
import type { Ran } from './run-due.ts';
import type { ChainStore } from './store.ts';

/** Milliseconds after which a closed chain is forgotten once its call is not live. */
const FORGOTTEN_AFTER = 10 * 60_000;

export interface RunAllOptions {
  store: ChainStore;
  calls: Pick<Calls, 'live'>;
  runDue: (callId: string) => Promise<Ran>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** What the minute schedule does: what is due for all, and forgetting what is over. */
export function createRunAll(options: RunAllOptions) {
  const { store, calls, runDue, now, log } = options;

  return async function runAll(): Promise<number> {
    let done = 0;
    for (const chain of await store.all()) {
      try {
        if (chain.closed) await forgetOld(chain);
        else done += (await runDue(chain.call_id)).stages;
      } catch (error) {
        log.error(
          'What is due of a chain of pages could not be done; the next minute tries again.',
          {
            error: asError(error),
          },
        );
      }
    }
    return done;
  };

  async function forgetOld({ call_id, closed }: Chain): Promise<void> {
    if (!closed || now() - closed.at < FORGOTTEN_AFTER) return;
    if (!(await calls.live(call_id))) await store.forget(call_id);
  }
}
