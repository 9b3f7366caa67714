import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { FindWorker } from './worker-lookup.ts';

/** Callers whose language is kept; each is needed for the moment between two webhooks. */
const MOST = 200;

export interface WorkerLanguages {
  /** Begins to look a caller up, and is not waited for (I1). */
  lookUp(companyId: string, mobileNo: string): void;
  /** The caller's language as far as this instance knows it by now. */
  of(companyId: string, mobileNo: string): string | undefined;
}

/** The languages of callers who were looked up lately, in memory. */
export function createWorkerLanguages(options: {
  findWorker: FindWorker;
  log: Log;
}): WorkerLanguages {
  const known = new Map<string, string | undefined>();

  function lookUp(companyId: string, mobileNo: string): void {
    if (!mobileNo.startsWith('+')) return;
    options.findWorker(companyId, mobileNo).then(
      (worker) => {
        const key = keyOf(companyId, mobileNo);
        known.delete(key);
        known.set(key, worker?.language);
        const [oldest] = known.keys();
        if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      },
      (error: unknown) =>
        options.log.warn("A caller's language could not be read; the call has the number's.", {
          error: asError(error),
        }),
    );
  }

  const of = (companyId: string, mobileNo: string) => known.get(keyOf(companyId, mobileNo));

  return { lookUp, of };
}

function keyOf(companyId: string, mobileNo: string): string {
  return `${companyId}|${mobileNo}`;
}
