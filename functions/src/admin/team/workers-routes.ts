import { isDeepStrictEqual } from 'node:util';
import type { Firestore, Query } from 'firebase-admin/firestore';
import { z } from 'zod';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { ETAG_HEADER, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { change, changed, ownFields, present, updates, versioned } from './changes.ts';
import { RecordId, SiteId } from './fields.ts';
import { byName, NameCursor, placeByName, readPage } from './pages.ts';
import {
  claimOf,
  NewWorker,
  numberOf,
  requireFree,
  requireKnown,
  viewWorker,
  WorkerChange,
  WorkerView,
} from './worker-records.ts';
import { type ExportOptions, workersExportRoute } from './workers-csv/export-route.ts';
import { type ImportOptions, importRoute } from './workers-csv/import-route.ts';

const TAG = 'Workers';
const PATH = '/api/workers/{worker_id}';
const params = z.object({ worker_id: RecordId });
const ONE = { description: 'The worker.', schema: WorkerView, headers: ETAG_HEADER };

export interface WorkersOptions extends ImportOptions, ExportOptions {
  firestore: Firestore;
  audit: Audit;
  /** ISO 3166 country of numbers without a country code; absent: they are refused. */
  defaultCountry?: string | undefined;
}

/** The company's workers: whoever calls from one of their numbers is known by name. */
export function workerRoutes(options: WorkersOptions): Route[] {
  const { firestore } = options;
  const workers = firestore.collection(stored.workers);

  const list = route({
    method: 'GET',
    path: '/api/workers',
    summary: 'The workers of your company, by name',
    tag: TAG,
    access: 'viewer',
    query: z.object({
      cursor: NameCursor,
      limit: PageLimit,
      q: z.string().max(100).optional().meta({
        description:
          'Part of the name or of the number. Up to 1,000 workers are looked at for a page: it can be short although next_cursor leads on.',
      }),
      site_id: SiteId.optional(),
      admin_id: RecordId.optional(),
    }),
    answers: { 200: { description: 'A page of workers.', schema: pageOf(WorkerView) } },
    async handle({ principal, query: { cursor, limit, q = '', site_id, admin_id } }) {
      let asked: Query = workers.where('company_id', '==', principal.companyId);
      if (site_id) asked = asked.where('site_id', '==', site_id);
      if (admin_id) asked = asked.where('admin_id', '==', admin_id);
      const body = await readPage({
        query: byName(asked, cursor),
        limit,
        placeOf: placeByName,
        sieved: q.trim() !== '',
        view(document) {
          const worker = viewWorker(document.id, document.data() ?? {});
          return matches(worker, q) ? worker : undefined;
        },
      });
      return { body };
    },
  });

  const read = route({
    method: 'GET',
    path: PATH,
    summary: 'One worker',
    tag: TAG,
    access: 'viewer',
    params,
    answers: { 200: ONE },
    async handle({ principal, params: { worker_id } }) {
      const document = await available(workers.doc(worker_id).get());
      return versioned(viewWorker(worker_id, ownFields(document, principal.companyId, 'worker')));
    },
  });

  // Files first: their addresses are like those of a worker with that id.
  return [importRoute(options), workersExportRoute(options), list, read, ...changes(options)];
}

function changes({ firestore, audit, defaultCountry }: WorkersOptions): Route[] {
  const workers = firestore.collection(stored.workers);

  const create = route({
    method: 'POST',
    path: '/api/workers',
    summary: 'Add a worker',
    tag: TAG,
    access: 'company_admin',
    body: NewWorker,
    answers: { 201: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const number = numberOf(asked.body.mobile_no, defaultCountry);
      const reference = workers.doc();
      const fields = present({ ...asked.body, mobile_no: number, company_id: companyId });
      const worker = viewWorker(reference.id, fields);
      await change(firestore, async (transaction) => {
        const workerId = reference.id;
        await requireFree(transaction, firestore, { companyId, number, workerId });
        await requireKnown(transaction, firestore, companyId, asked.body);
        transaction.create(reference, fields);
        transaction.set(claimOf(firestore, companyId, number), {
          company_id: companyId,
          worker_id: workerId,
        });
        const entry = { action: 'worker.created', target: workerId, after: worker } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
      });
      return versioned(worker, 201);
    },
  });

  const update = route({
    method: 'PATCH',
    path: PATH,
    summary: 'Change a worker',
    tag: TAG,
    access: 'company_admin',
    params,
    headers: IfMatch,
    body: WorkerChange,
    answers: { 200: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const workerId = asked.params.worker_id;
      const { mobile_no } = asked.body;
      const fields = {
        ...asked.body,
        ...(mobile_no !== undefined && { mobile_no: numberOf(mobile_no, defaultCountry) }),
      };
      const worker = await change(firestore, async (transaction) => {
        const document = await transaction.get(workers.doc(workerId));
        const before = viewWorker(workerId, ownFields(document, companyId, 'worker'));
        requireUnchanged(asked.headers['if-match'], before);
        const after = changed(before, fields);
        if (isDeepStrictEqual(before, after)) return before;
        const number = after.mobile_no;
        const moved = number !== before.mobile_no;
        if (moved) await requireFree(transaction, firestore, { companyId, number, workerId });
        await requireKnown(transaction, firestore, companyId, renamed(before, after));
        if (moved) {
          transaction.delete(claimOf(firestore, companyId, before.mobile_no));
          transaction.set(claimOf(firestore, companyId, number), {
            company_id: companyId,
            worker_id: workerId,
          });
        }
        transaction.update(document.ref, updates(fields));
        const entry = { action: 'worker.changed', target: workerId, before, after } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
        return after;
      });
      return versioned(worker);
    },
  });

  const remove = route({
    method: 'DELETE',
    path: PATH,
    summary: 'Remove a worker; the calls stay',
    tag: TAG,
    access: 'company_admin',
    params,
    answers: { 204: { description: 'Removed. Callers with the number are unknown from now on.' } },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.worker_id;
      await change(firestore, async (transaction) => {
        const document = await transaction.get(workers.doc(target));
        const before = viewWorker(target, ownFields(document, companyId, 'worker'));
        transaction.delete(document.ref);
        transaction.delete(claimOf(firestore, companyId, before.mobile_no));
        audit.recordIn(transaction, { ...doer(asked), action: 'worker.removed', target, before });
      });
      return {};
    },
  });

  return [create, update, remove];
}

/** The text in the name, or its digits in the number. */
function matches({ name, mobile_no }: WorkerView, q: string): boolean {
  const text = folded(q.trim());
  const digits = /^[\d\s()+.-]+$/.test(text) ? text.replace(/\D/g, '') : '';
  return folded(name).includes(text) || (digits !== '' && mobile_no.includes(digits));
}

/** Whom a change names that was not named before: what has gone meanwhile is no reason to refuse. */
function renamed(before: WorkerView, after: WorkerView) {
  return {
    site_id: after.site_id === before.site_id ? null : after.site_id,
    admin_id: after.admin_id === before.admin_id ? null : after.admin_id,
  };
}

/** What people type and what is stored, made comparable: no case, no marks above letters. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
