/**
 * Lets only so many pieces of work go on at once; the others wait, and begin in their order, those
 * that somebody waits for before the rest.
 * @returns does the work when its turn has come, and settles as it does
 */
export function limitConcurrency(limit: number) {
  const urgent: (() => void)[] = [];
  const patient: (() => void)[] = [];
  let running = 0;

  return async function inTurn<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    const waiting = isUrgent ? urgent : patient;
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes now takes it.
      const next = urgent.shift() ?? patient.shift();
      if (next) next();
      else running--;
    }
  };
}
