import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { FieldPath, type Firestore, type Query, Timestamp } from 'firebase-admin/firestore';
import { DateTime } from 'luxon';
import { CALL_ID } from '../calls/ids.ts';
import { stored } from '../paths.ts';
import { sideBySide } from '../upkeep/side-by-side.ts';
import { compareDay } from './compare-day.ts';
import { readCounted } from './counted.ts';
import type { Counting } from './counting.ts';

const PAGE = 100;
const AT_ONCE = 5;

export interface CompareOptions {
  firestore: Firestore;
  counting: Pick<Counting, 'count' | 'read'>;
  timeZoneOf: (companyId: string) => Promise<string>;
}

export interface CompareAsked {
  companyId: string;
  /** Days, both included; absent: all. */
  from?: string | undefined;
  to?: string | undefined;
  /** Whether what differs is put right; otherwise it is only told. */
  mend: boolean;
  /** Is told what differs, and how far the comparison has come. Names no call. */
  tell: (line: string) => void;
}

export interface Compared {
  calls: number;
  /** Calls that were counted as something else, or not at all. */
  miscounted: number;
  /** Calls that were counted and are not there. */
  gone: number;
  days: number;
  /** Days whose counts were not the sum of their calls. */
  mistaken: number;
}

/**
 * Compares the counts of a company with its archive, and puts them right: first each call with what
 * it was counted as, the newest first, then each day's counts with the calls that are counted in it.
 * All is done by the steps by which calls are counted anyhow, so it is safe while calls are archived
 * and removed; what is right already is left alone, so it may be cut off and begun again.
 */
export function createCompare({ firestore, counting, timeZoneOf }: CompareOptions) {
  return async function compare(asked: CompareAsked): Promise<Compared> {
    const found: Compared = { calls: 0, miscounted: 0, gone: 0, days: 0, mistaken: 0 };
    const days = new Set<string>();
    await compareCalls(asked, found, days);
    await compareGone(asked, found);
    await compareDays(asked, found, days);
    return found;
  };

  async function compareCalls(asked: CompareAsked, found: Compared, days: Set<string>) {
    const zone = await timeZoneOf(asked.companyId);
    let query = firestore.collection(stored.calls).where('company_id', '==', asked.companyId);
    if (asked.from) query = query.where('started_at', '>=', startOf(asked.from, zone, 0));
    if (asked.to) query = query.where('started_at', '<', startOf(asked.to, zone, 1));
    const newestFirst = query
      .orderBy('started_at', 'desc')
      .orderBy(FieldPath.documentId(), 'desc')
      .select('started_at');
    for await (const docs of pagesOf(newestFirst)) {
      await sideBySide(docs, AT_ONCE, async ({ id }) => {
        if (!CALL_ID.test(id)) return;
        const { contribution } = await counting.read(id);
        if (contribution) days.add(contribution.day);
        found.calls++;
        const counted = await firestore.doc(stored.countedCall(id)).get();
        if (isDeepStrictEqual(readCounted(counted.data()), contribution)) return;
        found.miscounted++;
        if (asked.mend) await countAnew(id);
      });
      const last = docs.at(-1)?.get('started_at') as Timestamp;
      const day = DateTime.fromMillis(last.toMillis(), { zone }).toISODate();
      asked.tell(
        `${day}: ${found.calls} calls so far, ${found.miscounted} not counted as they are`,
      );
    }
  }

  /** Calls that somebody has removed by hand. */
  async function compareGone(asked: CompareAsked, found: Compared): Promise<void> {
    const all = firestore
      .collection(stored.countedCalls)
      .where('company_id', '==', asked.companyId)
      .orderBy(FieldPath.documentId())
      .select('day');
    for await (const docs of pagesOf(all)) {
      const here = docs.filter((document) => isAsked(asked, document.get('day')));
      if (here.length === 0) continue;
      const calls = await firestore.getAll(
        ...here.map(({ id }) => firestore.doc(stored.call(id))),
        {
          fieldMask: ['company_id'],
        },
      );
      for (const { id, exists } of calls) {
        if (exists) continue;
        found.gone++;
        if (asked.mend) await countAnew(id);
      }
    }
  }

  async function compareDays(asked: CompareAsked, found: Compared, ofCalls: ReadonlySet<string>) {
    const company = firestore.doc(stored.company(asked.companyId));
    const sites = await company.collection('sites').listDocuments();
    const days = new Set(ofCalls);
    for (const tallies of [
      firestore.collection(stored.tallies(asked.companyId)),
      ...sites.map(({ id }) => firestore.collection(stored.siteTallies(asked.companyId, id))),
    ]) {
      for (const { id } of (await tallies.select().get()).docs) days.add(id);
    }
    for (const day of [...days].filter((one) => isAsked(asked, one)).sort()) {
      found.days++;
      const differing = await compareDay(firestore, {
        companyId: asked.companyId,
        siteIds: sites.map(({ id }) => id),
        day,
        mend: asked.mend,
      });
      if (differing.length === 0) continue;
      found.mistaken++;
      for (const line of differing) asked.tell(`${day}: ${line}`);
    }
  }

  /** As if it had just been archived. */
  async function countAnew(callId: string): Promise<void> {
    await firestore.doc(stored.uncountedCall(callId)).set({ revision: randomUUID() });
    await counting.count(callId);
  }
}

export type Compare = ReturnType<typeof createCompare>;

async function* pagesOf(query: Query) {
  for (let asked = query.limit(PAGE); ; ) {
    const { docs } = await asked.get();
    if (docs.length > 0) yield docs;
    const last = docs.at(-1);
    if (!last || docs.length < PAGE) return;
    asked = query.startAfter(last).limit(PAGE);
  }
}

function isAsked({ from, to }: CompareAsked, day: unknown): boolean {
  return typeof day === 'string' && !(from && day < from) && !(to && day > to);
}

function startOf(day: string, zone: string, later: number): Timestamp {
  return Timestamp.fromMillis(DateTime.fromISO(day, { zone }).plus({ days: later }).toMillis());
}
