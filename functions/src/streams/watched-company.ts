import type { Firestore } from 'firebase-admin/firestore';
import { Company } from '../access/companies.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { type Observed, observeFirestore, type Settable, snapshotsOf } from './observed.ts';
import { createShared, type Lease, type Running } from './shared.ts';

/** What Firestore holds that decides who sees which calls, listened to once per instance. */
export interface CompanyWatches {
  /** A company's settings; the defaults where it has no document. */
  settings(companyId: string): Lease<Observed<Company>>;
  /** The ids of the workers who are assigned to a supervisor. */
  workersOf(supervisor: Supervisor): Lease<Observed<ReadonlySet<string>>>;
  /** How many documents and queries are listened to. */
  running(): number;
}

export interface Supervisor {
  adminId: string;
  companyId: string;
}

/** Milliseconds that Firestore is given before what was known last stands in for its answer. */
const PATIENCE = 1_000;

export interface CompanyWatchesOptions {
  firestore: () => Promise<Firestore>;
  /** Milliseconds. */
  linger: number;
  log: Log;
}

export function createCompanyWatches({
  firestore,
  linger,
  log,
}: CompanyWatchesOptions): CompanyWatches {
  const companies = createShared({
    key: (companyId: string) => companyId,
    start: remembering((companyId: string) =>
      observeFirestore(
        async () => snapshotsOf((await firestore()).doc(stored.company(companyId))),
        (document) => Company.safeParse(document.data() ?? {}).data,
        log,
      ),
    ),
    linger,
  });
  const assigned = createShared({
    key: keyOf,
    start: remembering(
      ({ companyId, adminId }: Supervisor) =>
        observeFirestore(
          async () =>
            snapshotsOf(
              (await firestore())
                .collection(stored.workers)
                .where('company_id', '==', companyId)
                .where('admin_id', '==', adminId)
                .select(),
            ),
          ({ docs }): ReadonlySet<string> => new Set(docs.map(({ id }) => id)),
          log,
        ),
      keyOf,
    ),
    linger,
  });
  return {
    settings: companies.acquire,
    workersOf: assigned.acquire,
    running: () => companies.running() + assigned.running(),
  };
}

function keyOf({ companyId, adminId }: Supervisor): string {
  return `${companyId}/${adminId}`;
}

/** What was known when it was listened to before stands in while Firestore does not answer. */
function remembering<K, T>(
  start: (argument: K) => Running<Settable<T>>,
  key: (argument: K) => string = String,
): (argument: K) => Running<Observed<T>> {
  const last = new Map<string, T>();
  return (argument) => {
    const name = key(argument);
    const { value, stop } = start(argument);
    value.onChange(() => last.set(name, value.now() as T));
    const timer = setTimeout(() => {
      const known = last.get(name);
      if (value.now() === undefined && known !== undefined) value.set(known);
    }, PATIENCE);
    return {
      value,
      stop() {
        clearTimeout(timer);
        stop();
      },
    };
  };
}
