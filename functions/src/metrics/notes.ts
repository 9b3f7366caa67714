import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogFields } from '../log.ts';

/** What the one line of a request tells beside its answer, noted on the way by whoever knows it. */
export type Notes = Pick<LogFields, 'rung' | 'rung_milliseconds'>;

const open = new AsyncLocalStorage<Notes>();

/** Does the work of one request; what is noted meanwhile is in `notes`. */
export function noting<T>(notes: Notes, work: () => T): T {
  return open.run(notes, work);
}

/** Outside of a request that collects notes it is nothing. */
export function note(notes: Notes): void {
  const store = open.getStore();
  if (store) Object.assign(store, notes);
}
