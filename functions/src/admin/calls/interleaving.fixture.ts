import type { LiveDatabase } from '../../live-database.ts';

/**
 * Two who work on the same databases, step by step in a given order. A step begins when its turn
 * comes, and the next turn waits until whoever had it stands before a further step, or is done.
 */
export function createTurns<Name extends string>() {
  const queues = new Map<Name, (() => void)[]>();
  const finished = new Set<Name>();
  let changed = () => {};

  function step(name: Name): Promise<void> {
    return new Promise((resolve) => {
      queues.set(name, [...(queues.get(name) ?? []), resolve]);
      changed();
    });
  }

  const isReady = (name: Name) => finished.has(name) || (queues.get(name) ?? []).length > 0;

  async function ready(name: Name): Promise<void> {
    while (!isReady(name)) {
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  }

  return {
    /** The database as one of the two sees it. */
    databaseOf: (name: Name, database: LiveDatabase): LiveDatabase => ({
      read: async (path) => step(name).then(() => database.read(path)),
      keys: async (path) => step(name).then(() => database.keys(path)),
      create: async (path, value) => step(name).then(() => database.create(path, value)),
      compareAndSet: async (path, etag, value) =>
        step(name).then(() => database.compareAndSet(path, etag, value)),
    }),
    /** Runs both; when the order is at its end, or names somebody who is done, the others go on. */
    async run(order: readonly Name[], work: Record<Name, () => Promise<unknown>>): Promise<void> {
      const names = Object.keys(work) as Name[];
      const all = names.map((name) =>
        work[name]().finally(() => {
          finished.add(name);
          changed();
        }),
      );
      const settled = Promise.allSettled(all);
      const left = [...order];
      while (finished.size < names.length) {
        const wanted = left.shift();
        const name = names.find((each) => each === wanted && !finished.has(each));
        const next = name ?? names.find((each) => !finished.has(each));
        if (next === undefined) break;
        await ready(next);
        queues.get(next)?.shift()?.();
        await ready(next);
      }
      await settled;
      await Promise.all(all);
    },
  };
}
