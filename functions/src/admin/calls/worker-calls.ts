import { FieldPath, type Firestore } from 'firebase-admin/firestore';
import { CALL_ID } from '../../calls/ids.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live, stored } from '../../paths.ts';

/** Ids that are looked up at once. */
const PAGE = 100;

/** Whose calls: ids of workers are known within their company only. */
export interface WorkerOf {
  companyId: string;
  workerId: string;
}

export interface WorkerCalls {
  /** Ids of the live calls; fields of a malformed call count all the same. */
  live(worker: WorkerOf): Promise<string[]>;
  /** Ids of the archived calls, newest first, page by page. */
  archived(worker: WorkerOf): AsyncGenerator<string[]>;
}

export function createWorkerCalls(options: {
  database: Pick<LiveDatabase, 'read'>;
  firestore: () => Promise<Firestore>;
}): WorkerCalls {
  return {
    async live({ companyId, workerId }) {
      const { value } = await options.database.read(live.calls);
      return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([callId, call]) => {
        const { company_id, worker_id } = (call ?? {}) as Record<string, unknown>;
        const isTheirs = company_id === companyId && worker_id === workerId;
        return isTheirs && CALL_ID.test(callId) ? [callId] : [];
      });
    },
    async *archived({ companyId, workerId }) {
      const firestore = await options.firestore();
      const all = firestore
        .collection(stored.calls)
        .where('company_id', '==', companyId)
        .where('worker_id', '==', workerId)
        .orderBy('started_at', 'desc')
        .orderBy(FieldPath.documentId(), 'desc')
        .select('started_at')
        .limit(PAGE);
      for (let asked = all; ; ) {
        const { docs } = await asked.get();
        yield docs.map(({ id }) => id).filter((id) => CALL_ID.test(id));
        const last = docs.at(-1);
        if (!last || docs.length < PAGE) return;
        asked = all.startAfter(last);
      }
    },
  };
}
