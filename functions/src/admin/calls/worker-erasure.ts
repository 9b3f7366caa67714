import type { Firestore } from 'firebase-admin/firestore';
import type { Remove } from '../../archive/remove.ts';
import type { Settle } from '../../archive/settle.ts';
import { readCounted } from '../../insights/counted.ts';
import { pruneTallies } from '../../insights/prune.ts';
import { talliesOf } from '../../insights/tallies.ts';
import { stored } from '../../paths.ts';
import { sideBySide } from '../../upkeep/side-by-side.ts';
import { type Audit, doer } from '../audit.ts';
import type { SignedInAsked } from '../route.ts';
import { change } from '../team/changes.ts';
import { claimOf } from '../team/worker-records.ts';
import type { WorkerCalls, WorkerOf } from './worker-calls.ts';

const AT_ONCE = 10;
/** Milliseconds after which a request answers with what it has done; the function has 60 s. */
const DURATION = 40_000;

export interface Erased {
  /** Archived calls that were removed by this request, with their conversations. */
  erased: number;
  /** Calls that stay because of a legal hold. */
  held: number;
  /** Otherwise there is more to erase than one request can: ask again. */
  complete: boolean;
}

export interface WorkerErasureOptions {
  calls: WorkerCalls;
  settle: () => Promise<Pick<Settle, 'drop' | 'keep'>>;
  remove: (callId: string) => ReturnType<Remove>;
  firestore: () => Promise<Firestore>;
  audit: Pick<Audit, 'recordIn'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Removes a worker's archived calls, then the worker. What comes late of a removed call is dropped,
 * not archived anew. The worker goes last, so that a request which was cut short can be repeated.
 */
export function createWorkerErasure(options: WorkerErasureOptions) {
  const { calls, settle, remove, audit, now } = options;

  return async function erase(
    asked: Pick<SignedInAsked, 'principal' | 'origin'>,
    worker: WorkerOf,
  ): Promise<Erased> {
    const until = now() + DURATION;
    const counts = { removed: 0, held: 0, absent: 0 };
    for await (const ids of calls.archived(worker)) {
      if (now() >= until) return { erased: counts.removed, held: counts.held, complete: false };
      const tallies = new Set<string>();
      await sideBySide(ids, AT_ONCE, async (id) => {
        counts[await eraseCall(id, tallies)]++;
      });
      await pruneTallies(await options.firestore(), tallies);
    }
    const { removed: erased, held } = counts;
    await eraseWorker(asked, worker, { erased, held });
    return { erased, held, complete: true };
  };

  async function eraseCall(callId: string, tallies: Set<string>) {
    const firestore = await options.firestore();
    const { drop, keep } = await settle();
    const counted = readCounted((await firestore.doc(stored.countedCall(callId)).get()).data());
    for (const { path } of counted ? talliesOf(counted) : []) tallies.add(path);
    // Before the removal: what is merged between the two would stay.
    await drop(callId);
    const outcome = await remove(callId);
    if (outcome === 'held') await keep(callId);
    return outcome;
  }

  async function eraseWorker(
    asked: Pick<SignedInAsked, 'principal' | 'origin'>,
    { companyId, workerId }: WorkerOf,
    after: object,
  ): Promise<void> {
    const firestore = await options.firestore();
    const reference = firestore.doc(stored.worker(workerId));
    const claims = firestore
      .collection(stored.workerNumbers)
      .where('company_id', '==', companyId)
      .where('worker_id', '==', workerId);
    await change(firestore, async (transaction) => {
      const [document, claimed] = await Promise.all([
        transaction.get(reference),
        transaction.get(claims),
      ]);
      const { company_id, mobile_no } = document.data() ?? {};
      for (const claim of claimed.docs) transaction.delete(claim.ref);
      if (company_id === companyId) {
        transaction.delete(reference);
        if (typeof mobile_no === 'string') {
          transaction.delete(claimOf(firestore, companyId, mobile_no));
        }
      }
      const entry = { action: 'worker.erased', target: workerId, after } as const;
      audit.recordIn(transaction, { ...doer(asked), ...entry });
    });
  }
}
