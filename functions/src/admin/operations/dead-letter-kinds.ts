import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { stored } from '../../paths.ts';
import type { OperationsView } from './operations-view.ts';

/** Letters whose kind is told; all are counted. */
const MOST_LETTERS = 500;

/** How many dead letters wait, by what stood in their way; nothing of what they hold is read. */
export async function deadLetterKinds(
  firestore: Firestore,
): Promise<NonNullable<OperationsView['dead_letters']>> {
  const letters = firestore.collection(stored.deadLetters);
  const [counted, { docs }] = await Promise.all([
    letters.count().get(),
    letters.select('reason', 'recorded_at').limit(MOST_LETTERS).get(),
  ]);
  const kinds = Map.groupBy(docs, (letter) => String(letter.get('reason') ?? 'unknown'));
  return {
    total: counted.data().count,
    kinds: [...kinds]
      .map(([reason, of]) => ({
        reason,
        count: of.length,
        oldest_at: oldest(of.map((letter) => letter.get('recorded_at'))),
      }))
      .sort((a, b) => b.count - a.count),
  };
}

function oldest(times: readonly unknown[]): string | null {
  const known = times.filter((at) => at instanceof Timestamp).map((at) => at.toMillis());
  return known.length === 0 ? null : new Date(Math.min(...known)).toISOString();
}
