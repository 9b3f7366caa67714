import { FieldPath, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { Company } from '../access/companies.ts';
import type { Audit } from '../admin/audit.ts';
import type { Remove } from '../archive/remove.ts';
import { CALL_ID } from '../calls/ids.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

const DAY = 24 * 60 * 60 * 1_000;
/** Companies, and calls of each, side by side. */
const COMPANIES_AT_ONCE = 3;
const CALLS_AT_ONCE = 10;
/** Calls that are looked up at once. */
const PAGE = 300;
const DEFAULT_PORTION = 5_000;
/** Milliseconds after which a run begins nothing more; the function has 540 s. */
const DEFAULT_DURATION = 7 * 60 * 1_000;

export interface PurgeOptions {
  firestore: Firestore;
  remove: Remove;
  audit: Pick<Audit, 'record'>;
  /** Calls of each company that are removed in one run, oldest first; the next run goes on. */
  portion?: number;
  duration?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Removes archived calls, with all that was said in them, of companies that keep calls for
 * `retention_days` only, once their end is longer ago. Calls under legal hold stay. One entry of the
 * audit log for each company and run says beforehand up to when, and how many were due; what fails
 * is tried again by the next run. Resolves to how many were removed.
 */
export function createPurge(options: PurgeOptions) {
  const { firestore, remove, audit, portion = DEFAULT_PORTION, now, log } = options;

  return async function purge(): Promise<number> {
    const until = now() + (options.duration ?? DEFAULT_DURATION);
    const companies = await firestore
      .collection(stored.companies)
      .where('retention_days', '>', 0)
      .get();
    let removed = 0;
    const faults: Error[] = [];
    await sideBySide(companies.docs, COMPANIES_AT_ONCE, async (document) => {
      const days = Company.safeParse(document.data()).data?.retention_days;
      if (days === undefined) {
        log.error('A company has settings that are malformed; none of its calls are purged.');
        return;
      }
      try {
        removed += await purgeCompany(document.id, days, until);
      } catch (thrown) {
        const error = asError(thrown);
        log.error('The purge of a company failed; the next run goes on.', { error });
        faults.push(error);
      }
    });
    if (faults.length > 0)
      throw new AggregateError(faults, `Purges that failed: ${faults.length}.`);
    return removed;
  };

  async function purgeCompany(company_id: string, days: number, until: number): Promise<number> {
    const endedBefore = new Date(now() - days * DAY);
    const due = firestore
      .collection(stored.calls)
      .where('company_id', '==', company_id)
      .where('ended_at', '<', Timestamp.fromDate(endedBefore));
    const held = await heldCalls(company_id);
    const pages = due.orderBy('ended_at').orderBy(FieldPath.documentId()).select('ended_at');
    let removed = 0;
    let isRecorded = false;
    let asked = pages.limit(PAGE);
    while (removed < portion && now() < until) {
      const { docs } = await asked.get();
      const ids = docs.map(({ id }) => id).filter((id) => !held.has(id));
      if (ids.length > 0 && !isRecorded) {
        const count = (await due.count().get()).data().count;
        const after = { ended_before: endedBefore.toISOString(), due: count, held: held.size };
        const who = { kind: 'system', id: 'purge' } as const;
        await audit.record({ action: 'calls.purge', company_id, target: company_id, who, after });
        isRecorded = true;
      }
      await sideBySide(ids.slice(0, portion - removed), CALLS_AT_ONCE, async (id) => {
        if (now() < until && (await isRemoved(id))) removed++;
      });
      const last = docs.at(-1);
      if (!last || docs.length < PAGE) break;
      asked = pages.startAfter(last).limit(PAGE);
    }
    return removed;
  }

  /** A call that can't be removed keeps no other from it. */
  async function isRemoved(id: string): Promise<boolean> {
    try {
      if (CALL_ID.test(id)) return (await remove(id)) === 'removed';
      log.error('A call that is past its time has an id that is not ours: remove it by hand.');
    } catch (thrown) {
      const error = asError(thrown);
      log.error('A call that is past its time could not be removed; the next run tries again.', {
        error,
      });
    }
    return false;
  }

  /** Left out before anything is asked about them; the removal itself looks again. */
  async function heldCalls(companyId: string): Promise<ReadonlySet<string>> {
    const holds = firestore.collection(stored.legalHolds).where('company_id', '==', companyId);
    return new Set((await holds.select().get()).docs.map(({ id }) => id));
  }
}
