import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Companies } from '../../../access/companies.ts';
import { isoInZone } from '../../../calls/times.ts';
import { type Audit, doer } from '../../audit.ts';
import { available } from '../../available.ts';
import { csvOf } from '../../exports/csv.ts';
import { attachment } from '../../exports/files.ts';
import { type Route, route } from '../../route.ts';
import type { WorkerView } from '../worker-records.ts';
import { COLUMNS } from './columns.ts';
import { readDirectory, readWorkers } from './company-records.ts';
import type { Directory } from './directory.ts';

export interface ExportOptions {
  firestore: Firestore;
  audit: Pick<Audit, 'recordReading'>;
  companies: Pick<Companies, 'of'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** All workers as a file that the import takes back. */
export function workersExportRoute({ firestore, audit, companies, now }: ExportOptions): Route {
  return route({
    method: 'GET',
    path: '/api/workers/export',
    summary: 'All workers of your company as a CSV file, which can be imported again',
    tag: 'Workers',
    access: 'company_admin',
    answers: {
      200: {
        description: 'A file to be saved. The audit log notes it.',
        schema: z.string(),
        contentType: 'text/csv',
        headers: { 'Content-Disposition': 'Names a file: it is to be saved, not shown.' },
      },
    },
    async handle(asked) {
      const { companyId } = asked.principal;
      const [{ time_zone }, directory, workers] = await Promise.all([
        available(companies.of(companyId)),
        readDirectory(firestore, companyId),
        readWorkers(firestore, companyId),
      ]);
      await audit.recordReading({
        ...doer(asked),
        action: 'workers.exported',
        target: companyId,
        after: { workers: workers.length },
      });
      const day = isoInZone(now(), time_zone).slice(0, 10);
      return attachment('csv', `workers-${day}`, writeWorkers(workers, directory));
    },
  });
}

/** In the order of names. */
export function writeWorkers(workers: readonly WorkerView[], { written }: Directory): string {
  const inOrder = workers.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return csvOf([
    [...COLUMNS],
    ...inOrder.map((worker) => {
      const words = written(worker);
      return COLUMNS.map((column) => words[column]);
    }),
  ]);
}
