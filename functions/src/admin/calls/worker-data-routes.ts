import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { UNKNOWN_WORKER } from '../../calls/started.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError, isRetryable } from '../../errors.ts';
import { stored } from '../../paths.ts';
import { internal } from '../answer-error.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { conflict, notFound } from '../team/changes.ts';
import { RecordId } from '../team/fields.ts';
import { ConversationView } from '../views.ts';
import { OneCall } from './one-call.ts';
import { recorded } from './record-events.ts';
import type { WorkerCalls, WorkerOf } from './worker-calls.ts';
import type { createWorkerErasure } from './worker-erasure.ts';
import type { createWorkerExport } from './worker-export.ts';

export interface WorkerDataOptions {
  firestore: () => Promise<Firestore>;
  audit: Audit;
  calls: WorkerCalls;
  exportTo: ReturnType<typeof createWorkerExport>;
  erase: ReturnType<typeof createWorkerErasure>;
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
}

const params = z.object({ worker_id: RecordId });

const WorkerExport = z.object({
  exported_at: z.string(),
  worker: z.looseObject({ id: z.string() }).nullable(),
  calls: z.array(OneCall.extend({ messages: ConversationView.shape.messages })),
  unreadable: z.array(z.string()).meta({ description: 'Calls whose stored form is damaged.' }),
});

const Erased = z.object({
  erased: z.number().int().meta({ description: 'Calls that were removed by this request.' }),
  held: z.number().int().meta({ description: 'Calls that stay because of a legal hold.' }),
  complete: z.boolean().meta({ description: 'When false, repeat the request: there is more.' }),
});

/**
 * What is stored of one person, to be handed over or erased. What an erasure leaves: calls under
 * legal hold; in the Realtime Database for TOMBSTONE_DAYS (400) after the call, that there was one
 * (its tombstone, its CallSid and, of texts, its open conversation), whose keys hold the caller's
 * number unless CALL_ID_STYLE is `hashed`; entries of the audit log, which name the worker's id, and
 * what supervisors changed of the worker and the calls; the copy of an instance that answered a call,
 * until that instance ends; calls from the worker's number that were never known to be the worker's.
 */
export function workerDataRoutes(options: WorkerDataOptions): Route[] {
  const { audit, calls, exportTo, erase, timeZone, now } = options;

  const exportAll = route({
    method: 'GET',
    path: '/api/workers/{worker_id}/export',
    summary: 'All that is stored of a worker: the record, the calls, what was said',
    tag: 'Workers',
    access: 'company_admin',
    params,
    answers: {
      200: {
        description: 'One JSON document as an attachment; newest calls first.',
        schema: WorkerExport,
        headers: { 'Content-Disposition': 'Names a file.' },
      },
    },
    async handle(asked) {
      const { principal, params } = asked;
      const worker = { companyId: principal.companyId, workerId: params.worker_id };
      const record = await recordOf(worker);
      const entry = { action: 'worker.export', target: worker.workerId } as const;
      await audit.recordReading({ ...doer(asked), ...entry });
      const at = isoInZone(now(), timeZone);
      return {
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Disposition': `attachment; filename="worker-${worker.workerId}.json"`,
        },
        write: (response) => exportTo(response, { principal, worker, record, at }),
      };
    },
  });

  const eraseAll = route({
    method: 'POST',
    path: '/api/workers/{worker_id}/erase',
    summary: 'Erase a worker, with all archived calls that no legal hold keeps',
    tag: 'Workers',
    access: 'company_admin',
    params,
    body: z.strictObject({
      confirm: z
        .string()
        .max(500)
        .meta({ description: 'The name of the worker; the id where the record is gone already.' }),
    }),
    answers: { 200: { description: 'How much was erased.', schema: Erased } },
    async handle(asked) {
      const { principal, params, body } = asked;
      const worker = { companyId: principal.companyId, workerId: params.worker_id };
      const record = await recordOf(worker);
      const name = record ? String(record.name ?? '') : worker.workerId;
      if (body.confirm.normalize('NFC').trim() !== name.normalize('NFC').trim()) throw differs();
      if ((await available(calls.live(worker))).length > 0) throw callIsLive();
      const entry = { action: 'worker.erase', target: worker.workerId } as const;
      await recorded(audit, { ...doer(asked), ...entry });
      return { body: await goingOn(erase(asked, worker)) };
    },
  });

  /** Null where only calls are left of the worker. Throws 404 where nothing is. */
  async function recordOf(worker: WorkerOf): Promise<Record<string, unknown> | null> {
    if (worker.workerId === UNKNOWN_WORKER) throw notFound('worker');
    const firestore = await options.firestore();
    const document = await available(firestore.doc(stored.worker(worker.workerId)).get());
    const data = document.data();
    if (data?.company_id === worker.companyId) return { id: worker.workerId, ...data };
    const [live, archived] = await available(
      Promise.all([calls.live(worker), calls.archived(worker).next()]),
    );
    if (live.length > 0 || archived.value?.length) return null;
    throw notFound('worker');
  }

  return [exportAll, eraseAll];
}

/** A database's own error never reaches the client; what is erased by then stays so. */
async function goingOn<T>(erasing: Promise<T>): Promise<T> {
  try {
    return await erasing;
  } catch (cause) {
    if (!isRetryable(cause)) throw internal(cause);
    throw new AuroraError(
      503,
      'unavailable',
      'Not everything was erased. Repeat the request in a few seconds: it goes on where it stopped.',
      { cause },
    );
  }
}

function differs(): AuroraError {
  return new AuroraError(
    400,
    'confirm_differs',
    'Nothing was erased: confirm must be the name of the worker, as it is stored.',
  );
}

function callIsLive(): AuroraError {
  return conflict(
    'call_is_live',
    'A call of this worker is live. Erase the worker when it is over.',
  );
}
