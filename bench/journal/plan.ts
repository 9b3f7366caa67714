import { createAuroraStore } from './aurora-store.ts';
import { createLowdbStore } from './lowdb-store.ts';
import { createReferenceStore } from './reference-store.ts';
import { createSqliteStore } from './sqlite-store.ts';
import type { StoreFactory } from './store.ts';

export const SIZES = [10, 1_000, 10_000] as const;
export type Size = (typeof SIZES)[number];

interface Plan {
  create: StoreFactory;
  /**
   * Per size: how often a fresh store is filled, and how many appends are measured in each. At most
   * one per conversation, so that none outgrows 20 messages; few where one takes up to a second.
   */
  samples: Record<Size, { stores: number; appends: number }>;
}

const FAST = {
  10: { stores: 50, appends: 10 },
  1000: { stores: 2, appends: 1_000 },
  10000: { stores: 1, appends: 3_000 },
};
const SLOW = {
  10: { stores: 20, appends: 10 },
  1000: { stores: 1, appends: 30 },
  10000: { stores: 1, appends: 2 },
};

export const STORES = {
  'Aurora journal': { create: createAuroraStore, samples: FAST },
  'reference (parse, rewrite)': { create: createReferenceStore, samples: SLOW },
  'lowdb 7': { create: createLowdbStore, samples: SLOW },
  'better-sqlite3 13': { create: createSqliteStore, samples: FAST },
} satisfies Record<string, Plan>;
export type StoreName = keyof typeof STORES;
