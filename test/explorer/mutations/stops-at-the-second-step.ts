import type { Chain } from '../../../functions/src/paging/chain.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** A step that nobody answers is the last one: nobody goes on with a chain that has begun. */
export const stopsAtTheSecondStep: Parts = {
  ...PRODUCTION,
  createChainStore: (database) => {
    const store = PRODUCTION.createChainStore(database);
    return {
      ...store,
      read: async (callId) => stopped(await store.read(callId)),
      all: async () => (await store.all()).flatMap((chain) => stopped(chain) ?? []),
    };
  },
};

function stopped(chain: Chain | undefined): Chain | undefined {
  if (!chain || chain.next === 0) return chain;
  return { ...chain, closed: { reason: 'nobody', at: chain.raised_at } };
}
