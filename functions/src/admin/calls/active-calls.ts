import { maySee, type Viewer } from '../../access/visibility.ts';
import { CALL_ID } from '../../calls/ids.ts';
import { readCall } from '../../calls/live.ts';
import type { Call } from '../../calls/model.ts';
import type { LiveDatabase } from '../../live-database.ts';
import type { Log } from '../../log.ts';
import { live } from '../../paths.ts';
import { byNeed, type CallView, viewCall } from '../views.ts';

export interface ActiveCalls {
  /** Most urgent first, then longest waiting; calls that have just ended come last. */
  of(viewer: Viewer): Promise<CallView[]>;
}

/**
 * All live calls in one read. A call without its words takes about 1 kB (at most 10 kB of notes
 * more), so a thousand live calls, of all companies, are about 1 MB; each lasts minutes. A call that
 * does not have its schema is left out and logged.
 */
export function createActiveCalls(options: {
  database: Pick<LiveDatabase, 'read'>;
  log: Log;
}): ActiveCalls {
  async function of(viewer: Viewer): Promise<CallView[]> {
    const { value } = await options.database.read(live.calls);
    let malformed = 0;
    const views = Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
      ([callId, data]) => {
        const call = CALL_ID.test(callId) ? readOrNothing(data) : undefined;
        if (!call) malformed++;
        if (!call || !maySee(viewer, call)) return [];
        return viewCall(callId, { live: call, archived: undefined }) ?? [];
      },
    );
    if (malformed > 0) {
      options.log.error('Live calls are malformed; lists leave them out.', { count: malformed });
    }
    return views.sort(byNeed);
  }

  return { of };
}

function readOrNothing(data: unknown): Call | undefined {
  try {
    return readCall(data);
  } catch {
    return undefined;
  }
}
