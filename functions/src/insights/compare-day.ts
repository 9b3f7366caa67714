import type { Firestore } from 'firebase-admin/firestore';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';
import { readCounted } from './counted.ts';
import { type Counts, isEmpty, plus, readCounts } from './counts.ts';
import { differences } from './tallies.ts';

/** Rounds in which somebody else may mend the same counts. */
const MOST_ROUNDS = 5;

export interface DayAsked {
  companyId: string;
  /** Sites that may have counts of the day although no call is counted there. */
  siteIds: readonly string[];
  day: string;
  mend: boolean;
}

interface Seen {
  path: string;
  repairs: number;
  /** What is missing in it, or below zero too much. */
  difference: Counts;
}

/**
 * Compares the counts of a day with the sum of the calls that are counted in it, all read at one
 * moment. Whoever counts a call changes both in one transaction, so what differs then differs by the
 * same later: it is added by a transaction of its own, unless somebody else has mended it meanwhile.
 * Resolves to what differed, for people.
 */
export async function compareDay(firestore: Firestore, asked: DayAsked): Promise<string[]> {
  const differing = (await see(firestore, asked)).filter(({ difference }) => !isEmpty(difference));
  if (asked.mend) {
    for (const { path } of differing) await mend(firestore, asked, path);
  }
  return differing.map(({ path, difference }) => {
    const where = path.split('/sites/')[1]?.split('/')[0] ?? 'all sites';
    return `${where}: ${listed(difference).join(', ')}`;
  });
}

function see(firestore: Firestore, { companyId, siteIds, day }: DayAsked): Promise<Seen[]> {
  return firestore.runTransaction(
    async (transaction) => {
      const calls = await transaction.get(
        firestore
          .collection(stored.countedCalls)
          .where('company_id', '==', companyId)
          .where('day', '==', day),
      );
      const sums = new Map<string, Counts>([
        [`${stored.tallies(companyId)}/${day}`, {}],
        ...siteIds.map((id): [string, Counts] => [
          `${stored.siteTallies(companyId, id)}/${day}`,
          {},
        ]),
      ]);
      for (const call of calls.docs) {
        for (const [path, counts] of differences(undefined, readCounted(call.data()))) {
          sums.set(path, plus(sums.get(path) ?? {}, counts));
        }
      }
      const paths = [...sums.keys()];
      const tallies = await transaction.getAll(...paths.map((path) => firestore.doc(path)));
      return tallies.map((tally, index) => {
        const path = paths[index] as string;
        const known = readCounts(tally.get('counts'));
        const difference = plus(sums.get(path) ?? {}, known, -1);
        return { path, repairs: repairsOf(tally.get('repairs')), difference };
      });
    },
    { readOnly: true },
  );
}

/** Also clears away what has come to zero. */
async function mend(firestore: Firestore, asked: DayAsked, path: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const seen = (await see(firestore, asked)).find((one) => one.path === path);
    if (!seen || isEmpty(seen.difference)) return;
    const isMended = await firestore.runTransaction(async (transaction) => {
      const tally = await transaction.get(firestore.doc(path));
      if (repairsOf(tally.get('repairs')) !== seen.repairs) return false;
      const counts = plus(readCounts(tally.get('counts')), seen.difference);
      transaction.set(tally.ref, { counts, repairs: seen.repairs + 1 });
      return true;
    });
    if (isMended) return;
  }
  throw new AuroraError(503, 'contended', 'Somebody else mends the same counts: try again.');
}

function repairsOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** `urgency.CRITICAL +1`; workers are not named. */
function listed(counts: Counts, below: readonly string[] = []): string[] {
  return Object.entries(counts).flatMap(([name, value]) => {
    if (name === 'workers' && below.length === 0) return ['workers'];
    const path = [...below, name];
    return typeof value === 'number'
      ? [`${path.join('.')} ${value > 0 ? '+' : ''}${value}`]
      : listed(value, path);
  });
}
