/** What is started for the first who uses it, and stopped with the last. */
export interface Running<V> {
  value: V;
  stop(): void;
  /** Whether it has come to its end by itself: the next one who asks gets a new one. */
  isSpent?(): boolean;
}

export interface Lease<V> {
  value: V;
  /** May be called more than once. */
  release(): void;
}

export interface Shared<K, V> {
  acquire(argument: K): Lease<V>;
  /** How many are running, those that linger among them. */
  running(): number;
}

export interface SharedOptions<K, V> {
  key(argument: K): string;
  start(argument: K): Running<V>;
  /** Milliseconds for which it goes on without a user: many come back at once. */
  linger: number;
}

/** Things that many use at a time, each started once by key. */
export function createShared<K, V>({ key, start, linger }: SharedOptions<K, V>): Shared<K, V> {
  interface Entry extends Running<V> {
    users: number;
    timer?: NodeJS.Timeout | undefined;
  }
  const entries = new Map<string, Entry>();

  function acquire(argument: K): Lease<V> {
    const name = key(argument);
    let entry = entries.get(name);
    if (!entry || entry.isSpent?.()) {
      entry = { ...start(argument), users: 0 };
      entries.set(name, entry);
    }
    entry.users++;
    clearTimeout(entry.timer);
    return { value: entry.value, release: once(() => leave(name, entry)) };
  }

  function leave(name: string, entry: Entry): void {
    entry.users--;
    if (entry.users > 0) return;
    const stop = () => {
      if (entries.get(name) === entry) entries.delete(name);
      entry.stop();
    };
    if (entry.isSpent?.()) stop();
    else entry.timer = setTimeout(stop, linger);
  }

  return { acquire, running: () => entries.size };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
