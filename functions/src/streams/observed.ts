import type { Database, DataSnapshot } from 'firebase-admin/database';
import type {
  DocumentReference,
  DocumentSnapshot,
  Query,
  QuerySnapshot,
} from 'firebase-admin/firestore';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Running } from './shared.ts';

/** A value that somebody else changes. */
export interface Observed<T> {
  /** Undefined until the first value has come. */
  now(): T | undefined;
  /** Resolves with the first value. */
  first: Promise<T>;
  /** Whether it can't be followed any more: what it is now is not known. */
  isBroken(): boolean;
  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

export interface Settable<T> extends Observed<T> {
  set(value: T): void;
  break(): void;
}

export function createObserved<T>(): Settable<T> {
  const listeners = new Set<() => void>();
  const { promise: first, resolve } = Promise.withResolvers<T>();
  let value: T | undefined;
  let isBroken = false;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    now: () => value,
    first,
    isBroken: () => isBroken,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next) {
      value = next;
      resolve(next);
      tell();
    },
    break() {
      isBroken = true;
      tell();
    },
  };
}

/**
 * A value of the Realtime Database as it changes. Without a connection the last one stays; the SDK
 * catches up when it is back. `parse` must not throw.
 */
export function observeValue<T>(
  database: Database,
  path: string,
  parse: (value: unknown) => T,
  log: Log,
): Running<Observed<T>> {
  const observed = createObserved<T>();
  const reference = database.ref(path);
  const listener = guarded(log, (snapshot: DataSnapshot) => observed.set(parse(snapshot.val())));
  reference.on('value', listener, (error) => {
    log.error('The Realtime Database refused to be listened to.', { error: asError(error) });
    observed.break();
  });
  return {
    value: observed,
    stop: () => reference.off('value', listener),
    isSpent: observed.isBroken,
  };
}

/** Milliseconds after which Firestore is listened to again when it has broken off. */
const AGAIN = 5_000;

export type Snapshots<S> = (
  next: (snapshot: S) => void,
  broke: (error: Error) => void,
) => () => void;

/**
 * A document or a query of Firestore as it changes. While Firestore is away the last value stays.
 * `parse` answers undefined for what is malformed: the last value stays then, too.
 */
export function observeFirestore<S, T>(
  listen: () => Promise<Snapshots<S>>,
  parse: (snapshot: S) => T | undefined,
  log: Log,
): Running<Settable<T>> {
  const observed = createObserved<T>();
  let stopListening = () => {};
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function broke(error: unknown): void {
    log.warn('Firestore broke off a listener; it is set up again.', { error: asError(error) });
    if (isStopped) return;
    timer = setTimeout(start, AGAIN);
  }

  function start(): void {
    listen().then((onSnapshot) => {
      if (isStopped) return;
      const next = guarded(log, (snapshot: S) => {
        const value = parse(snapshot);
        if (value === undefined) log.error('A document that streams listen to is malformed.');
        else observed.set(value);
      });
      stopListening = onSnapshot(next, broke);
    }, broke);
  }

  start();
  return {
    value: observed,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      stopListening();
    },
  };
}

export function snapshotsOf(source: DocumentReference): Snapshots<DocumentSnapshot>;
export function snapshotsOf(source: Query): Snapshots<QuerySnapshot>;
export function snapshotsOf(source: DocumentReference | Query): Snapshots<never> {
  return (next, broke) => source.onSnapshot(next as never, broke);
}

/** What an SDK calls back must not throw: it would end the instance. */
export function guarded<A extends unknown[]>(
  log: Log,
  work: (...given: A) => void,
): (...given: A) => void {
  return (...given) => {
    try {
      work(...given);
    } catch (thrown) {
      log.error('A change could not be brought to the streams.', { error: asError(thrown) });
    }
  };
}
