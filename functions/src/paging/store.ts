import { z } from 'zod';
import { CALL_ID } from '../calls/ids.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { Chain } from './chain.ts';

/** Tries at one chain while others change it too. */
const MOST_TRIES = 20;

/** What a change makes of a chain; without `chain` it stays as it is. */
export interface Change<T> {
  chain?: Chain | undefined;
  result: T;
}

export interface ChainStore {
  /** Undefined where there is none, or none that can be read. */
  read(callId: string): Promise<Chain | undefined>;
  /**
   * Changes a chain by compare-and-set, as often as others get in between: of several who claim one
   * step one wins. @throws AuroraError 503 where the database is away or too many write at once
   */
  change<T>(callId: string, to: (chain: Chain | undefined) => Change<T>): Promise<T>;
  all(): Promise<Chain[]>;
  /** Forgets a chain that nobody has changed since it was read. */
  forget(callId: string): Promise<void>;
}

export function createChainStore(
  database: Pick<LiveDatabase, 'read' | 'compareAndSet'>,
): ChainStore {
  return {
    async read(callId) {
      return chainIn((await database.read(live.pageChain(callId))).value);
    },
    async change(callId, to) {
      const path = live.pageChain(callId);
      let known = await database.read(path);
      for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
        const before = chainIn(known.value);
        const { chain, result } = to(before);
        if (chain === undefined || chain === before) return result;
        const outcome = await database.compareAndSet(path, known.etag, chain);
        if (outcome.done) return result;
        known = outcome;
      }
      throw new AuroraError(503, 'contended', 'Too many change the pages of one call: try again.');
    },
    async all() {
      const all = Chains.safeParse((await database.read(live.pageChains)).value ?? {});
      return Object.values(all.data ?? {}).flatMap((value) => chainIn(value) ?? []);
    },
    async forget(callId) {
      const { value, etag } = await database.read(live.pageChain(callId));
      if (chainIn(value)?.closed) {
        await database.compareAndSet(live.pageChain(callId), etag, null);
      }
    },
  };
}

const Chains = z.record(z.string().regex(CALL_ID), z.unknown());

function chainIn(value: unknown): Chain | undefined {
  return Chain.safeParse(value).data;
}
