import { deepStrictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import { addTo, beforehand, emptyTotal, measured } from './conversations.ts';
import { type Size, STORES, type StoreName } from './plan.ts';
import type { Store, StoreFactory } from './store.ts';

/**
 * `node measure.ts <store> <size>`: one case, in a process of its own; prints a Result as JSON.
 *
 * Method: the store is filled with `size` conversations of 19 messages, then the twentieth of as
 * many of them as the plan says is appended in an order far from that of storage, and each append
 * is timed alone (performance.now around the call, until it returns or resolves). Between appends
 * the event loop runs once, so that work put off, such as our compaction, is done meanwhile and not
 * after. The code is warmed up on a store that is thrown away. At the end the store is closed, read
 * back from the disk, and has to equal the fold of everything that was appended.
 */
export interface Result {
  /** Milliseconds, one per append. */
  samples: number[];
  stores: number;
  /** Why the store could not be made; there are no samples then. */
  unavailable?: string;
}

/** Enough for V8 to have optimized the code, as in an instance that has served for some seconds. */
const WARM_UP = { conversations: 100, milliseconds: 700 };

const [name, size] = [process.argv[2] as StoreName, Number(process.argv[3]) as Size];
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<Result> {
  const { create, samples: plan } = STORES[name];
  const { stores, appends } = plan[size];
  const unavailable = await whyUnavailable(create);
  if (unavailable !== undefined) return { samples: [], stores: 0, unavailable };
  const { conversations } = WARM_UP;
  const warmAt = performance.now() + WARM_UP.milliseconds;
  while (performance.now() < warmAt) await once(create, conversations, conversations);
  const samples: number[] = [];
  for (let i = 0; i < stores; i += 1) samples.push(...(await once(create, size, appends)));
  return { samples, stores };
}

async function once(create: StoreFactory, conversations: number, count: number): Promise<number[]> {
  return withDirectory(async (directory) => {
    const store = await create(directory);
    await store.fill(beforehand(conversations));
    const additions = measured(conversations, count);
    const samples: number[] = [];
    for (const addition of additions) {
      await nextTurnOfTheLoop();
      const startedAt = performance.now();
      const done = store.append(addition);
      if (done) await done;
      samples.push(performance.now() - startedAt);
    }
    await check(store, conversations, count);
    return samples;
  });
}

async function check(store: Store, conversations: number, count: number): Promise<void> {
  const expected = emptyTotal();
  for (const addition of beforehand(conversations)) addTo(expected, addition);
  for (const addition of measured(conversations, count)) addTo(expected, addition);
  deepStrictEqual(await store.finish(), expected);
}

async function whyUnavailable(create: StoreFactory): Promise<string | undefined> {
  return withDirectory(async (directory) => {
    try {
      await (await create(directory)).finish();
      return undefined;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // A store that can be loaded and fails otherwise is a fault of the benchmark.
      if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_DLOPEN_FAILED') throw error;
      return (error as Error).message.split('\n')[0] ?? code;
    }
  });
}

async function withDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'aurora-bench-'));
  try {
    return await use(directory);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}
