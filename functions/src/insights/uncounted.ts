import { FieldPath, type Firestore } from 'firebase-admin/firestore';
import { CALL_ID } from '../calls/ids.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { sideBySide } from '../upkeep/side-by-side.ts';
import type { Counting } from './counting.ts';

/** Calls that are looked up at once, and counted side by side. */
const PAGE = 200;
const AT_ONCE = 5;
/** Milliseconds after which a run begins nothing more; the next one goes on. */
const DEFAULT_DURATION = 30_000;

export interface UncountedOptions {
  firestore: Firestore;
  count: Counting['count'];
  duration?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Counts the archived calls that nobody has counted since they changed. Resolves to how many. */
export function createUncounted({ firestore, count, now, log, ...options }: UncountedOptions) {
  return async function countMarked(): Promise<number> {
    const until = now() + (options.duration ?? DEFAULT_DURATION);
    const marks = firestore.collection(stored.uncountedCalls).orderBy(FieldPath.documentId());
    let counted = 0;
    let failed = 0;
    let lastError: Error | undefined;
    for (let asked = marks.limit(PAGE); ; ) {
      const { docs } = await asked.get();
      await sideBySide(docs, AT_ONCE, async ({ id }) => {
        if (now() >= until || !CALL_ID.test(id)) return;
        try {
          if (await count(id)) counted++;
        } catch (thrown) {
          failed++;
          lastError = asError(thrown);
        }
      });
      const last = docs.at(-1);
      if (!last || docs.length < PAGE || now() >= until) break;
      asked = marks.startAfter(last).limit(PAGE);
    }
    if (failed > 0) {
      log.error('Some archived calls could not be counted; the next run tries again.', {
        count: failed,
        error: lastError,
      });
    }
    return counted;
  };
}
