import { isDeepStrictEqual } from 'node:util';
import type { Firestore } from 'firebase-admin/firestore';
import { sideBySide } from '../upkeep/side-by-side.ts';
import { plus, readCounts } from './counts.ts';

const AT_ONCE = 5;

/** Clears away what has come to zero, so that no count names whom nothing else does any more. */
export async function pruneTallies(firestore: Firestore, paths: Iterable<string>): Promise<void> {
  await sideBySide([...paths], AT_ONCE, (path) =>
    firestore.runTransaction(async (transaction) => {
      const tally = await transaction.get(firestore.doc(path));
      const before = readCounts(tally.get('counts'));
      const counts = plus({}, before);
      if (!tally.exists || isDeepStrictEqual(counts, before)) return;
      transaction.set(tally.ref, { counts }, { mergeFields: ['counts'] });
    }),
  );
}
