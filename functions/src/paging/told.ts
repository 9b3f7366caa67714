import type { Call } from '../calls/model.ts';
import { UNKNOWN_WORKER } from '../calls/started.ts';
import type { Chain } from './chain.ts';
import type { Told } from './words.ts';

export type FindTold = (chain: Chain, call: Call | undefined) => Promise<Told>;

/** What a page may tell of a call; whose name can't be read stays unnamed. */
export function createTold(options: {
  /** The name of a worker of the company. */
  workerName: (companyId: string, workerId: string) => Promise<string | undefined>;
}): FindTold {
  return async (chain, call) => {
    const known = call !== undefined && call.worker_id !== UNKNOWN_WORKER;
    const worker = known
      ? await options.workerName(chain.company_id, call.worker_id).catch(() => undefined)
      : undefined;
    return { chain, call, worker };
  };
}
