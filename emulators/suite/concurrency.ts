/**
 * Lets only so many pieces of work go on at once; the others wait, and begin in their order.
 * @returns does the work when its turn has come, and settles as it does
 */
export function limitConcurrency(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes now takes it.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
