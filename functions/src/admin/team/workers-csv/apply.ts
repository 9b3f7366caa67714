import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { stored } from '../../../paths.ts';
import type { Audit, Doer } from '../../audit.ts';
import { change, changed, conflict, present, updates } from '../changes.ts';
import { claimOf, viewWorker, type WorkerView } from '../worker-records.ts';
import type { ReadingOptions } from './cells.ts';
import { type PlannedRow, planRow } from './plan.ts';
import type { PreviewRow } from './preview.ts';

/** Rows of one transaction: three writes for each that is new, and 500 are what always goes. */
const CHUNK = 100;

/** Values that one query asks for. */
const MOST_VALUES = 30;

/** Milliseconds after which a request answers with what it has done. */
const PATIENCE = 6_000;

export interface Applied {
  created: number;
  changed: number;
  /** Workers whom somebody else has made just so meanwhile. */
  unchanged: number;
  /** When false, repeat the request: there is more. */
  complete: boolean;
}

export interface ApplyOptions extends ReadingOptions {
  firestore: Firestore;
  audit: Pick<Audit, 'recordIn'>;
  doer: Doer;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What was done until something went wrong. */
export class BrokenOff extends Error {
  readonly applied: Applied;

  constructor(applied: Applied, cause: unknown) {
    super('The import broke off.', { cause });
    this.applied = applied;
  }
}

/**
 * Stores the rows that are new or changed, chunk by chunk. Each is planned anew in the transaction that
 * stores it, by what is there by then: whoever repeats an import goes on where it broke off.
 */
export async function applyRows(
  rows: readonly PreviewRow[],
  options: ApplyOptions,
): Promise<Applied> {
  const { firestore, now } = options;
  const until = now() + PATIENCE;
  const done = { created: 0, changed: 0, unchanged: 0, complete: false };
  const open = rows.filter(({ outcome }) => outcome === 'create' || outcome === 'change');
  try {
    for (let at = 0; at < open.length; at += CHUNK) {
      if (at > 0 && now() > until) return done;
      const chunk = open.slice(at, at + CHUNK);
      const planned = await change(firestore, (transaction) =>
        applyChunk(transaction, chunk, options),
      );
      for (const { outcome } of planned) {
        if (outcome === 'create') done.created++;
        else if (outcome === 'change') done.changed++;
        else done.unchanged++;
      }
    }
  } catch (cause) {
    throw new BrokenOff(done, cause);
  }
  return { ...done, complete: true };
}

async function applyChunk(
  transaction: Transaction,
  chunk: readonly PreviewRow[],
  options: ApplyOptions,
): Promise<PlannedRow[]> {
  const { firestore, doer } = options;
  const companyId = doer.company_id;
  const [workers] = await Promise.all([
    workersWith(
      transaction,
      firestore,
      companyId,
      chunk.map(({ number }) => number),
    ),
    // What two creations at once collide on: see requireFree.
    transaction.getAll(...chunk.map(({ number }) => claimOf(firestore, companyId, number))),
  ]);
  const planned = chunk.map(({ row, number }) => ({
    number,
    ...planRow(row, workers.get(number) ?? [], options),
  }));
  if (planned.some(({ outcome }) => outcome === 'faulty')) throw overtaken();
  await requireThere(transaction, planned, options);
  for (const row of planned) store(transaction, row, options);
  return planned;
}

async function workersWith(
  transaction: Transaction,
  firestore: Firestore,
  companyId: string,
  numbers: readonly string[],
): Promise<Map<string, WorkerView[]>> {
  const mine = firestore.collection(stored.workers).where('company_id', '==', companyId);
  const parts: string[][] = [];
  for (let at = 0; at < numbers.length; at += MOST_VALUES) {
    parts.push(numbers.slice(at, at + MOST_VALUES));
  }
  const found = await Promise.all(
    parts.map((part) => transaction.get(mine.where('mobile_no', 'in', part))),
  );
  const workers = found.flatMap(({ docs }) =>
    docs.map((document) => viewWorker(document.id, document.data())),
  );
  return Map.groupBy(workers, ({ mobile_no }) => mobile_no);
}

/** That the sites and supervisors whom the chunk newly names have not gone meanwhile. */
async function requireThere(
  transaction: Transaction,
  planned: readonly PlannedRow[],
  { firestore, doer: { company_id } }: ApplyOptions,
): Promise<void> {
  const sites = namedIn(planned.map(({ fields }) => fields.site_id));
  const admins = namedIn(planned.map(({ fields }) => fields.admin_id));
  const references = [
    ...sites.map((id) => firestore.doc(stored.site(company_id, id))),
    ...admins.map((id) => firestore.doc(stored.admin(id))),
  ];
  if (references.length === 0) return;
  const documents = await transaction.getAll(...references);
  const isThere = documents.every((document, at) =>
    at < sites.length ? document.exists : document.get('company_id') === company_id,
  );
  if (!isThere) throw overtaken();
}

function store(
  transaction: Transaction,
  { known, outcome, fields, number }: PlannedRow & { number: string },
  { firestore, audit, doer }: ApplyOptions,
): void {
  const company_id = doer.company_id;
  const workers = firestore.collection(stored.workers);
  if (outcome === 'create') {
    const reference = workers.doc();
    const document = present({ ...fields, company_id });
    transaction.create(reference, document);
    transaction.set(claimOf(firestore, company_id, number), {
      company_id,
      worker_id: reference.id,
    });
    const after = viewWorker(reference.id, document);
    audit.recordIn(transaction, { ...doer, action: 'worker.created', target: after.id, after });
  } else if (outcome === 'change' && known) {
    transaction.update(workers.doc(known.id), updates(fields));
    const after = changed(known, fields);
    const entry = { action: 'worker.changed', target: known.id, before: known, after } as const;
    audit.recordIn(transaction, { ...doer, ...entry });
  }
}

function namedIn(ids: readonly (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id != null))];
}

function overtaken() {
  return conflict(
    'changed_meanwhile',
    'Somebody changed the workers, sites or supervisors meanwhile. Look at the preview again, then repeat the import.',
  );
}
