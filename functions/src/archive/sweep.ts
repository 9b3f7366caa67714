import { CALL_ID, CONVERSATION_ID } from '../calls/ids.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import type { Settle } from './settle.ts';

/** Calls looked at side by side. */
const AT_ONCE = 10;

export interface SweepOptions {
  database: LiveDatabase;
  settle: Settle;
  log: Log;
}

/**
 * Finishes what a crash or a lost trigger left behind: whatever is live and ENDED, or live and has
 * a tombstone, or is a conversation whose call is archived, is settled.
 */
export function createSweep({ database, settle, log }: SweepOptions) {
  return async function sweep(): Promise<number> {
    const [calls, conversations] = await Promise.all([
      database.keys(live.calls),
      database.keys(live.conversations),
    ]);
    const candidates = new Set([
      ...calls.filter((id) => CALL_ID.test(id)),
      ...conversations
        .filter((id) => CONVERSATION_ID.test(id))
        .map((id) => id.replace('conv_', 'call_')),
    ]);
    let settled = 0;
    const queue = [...candidates];
    const worker = async () => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        if (await finish(id)) settled++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return settled;
  };

  async function finish(callId: string): Promise<boolean> {
    try {
      const [tombstone, status] = await Promise.all([
        database.read(live.tombstone(callId)),
        database.read(`${live.call(callId)}/status`),
      ]);
      if (tombstone.value === null && status.value !== 'ENDED') return false;
      await settle.settle(callId);
      return true;
    } catch (error) {
      log.error('A call could not be settled; the next sweep tries again.', {
        error: asError(error),
      });
      return false;
    }
  }
}
