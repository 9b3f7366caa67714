import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';

/** Fetches people; see paging/pager.ts. */
export interface Pager {
  raise(page: { callId: string; why: 'lease_lapsed' }): Promise<unknown>;
}

/** Milliseconds that Aurora waits with her words, where a supervisor has left, for people to be paged. */
const PAGED_WITHIN = 5_000;

/** Fetches the next person for a call that a supervisor has left. Never rejects: look-after.ts tries again. */
export function createPageNext(pager: () => Promise<Pager>, log: Log) {
  return async function pageNext(callId: string): Promise<void> {
    try {
      const { raise } = await pager();
      await within(PAGED_WITHIN, raise({ callId, why: 'lease_lapsed' }));
    } catch (thrown) {
      log.error('Nobody could be paged for a call that a supervisor left; it is tried again.', {
        error: asError(thrown),
      });
    }
  };
}
