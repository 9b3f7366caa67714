/** Whoever holds locks: a transaction, or a write on its own. */
export interface LockOwner {
  /** True once it was the victim of a deadlock or waited too long: it has lost its locks. */
  readonly doomed: boolean;
}

/**
 * Exclusive locks on keys, first come, first served. When a wait would close a circle, the one
 * who would wait becomes the victim: it loses its locks, waits for nothing more, and is doomed.
 * A doomed transaction answers ABORTED, upon which the SDK runs the whole of it anew.
 */
export interface Locks {
  createOwner(): LockOwner;
  /** Resolves when the owner holds all keys, or is doomed. Keys are taken in a fixed order. */
  acquire(owner: LockOwner, keys: readonly string[]): Promise<void>;
  holds(owner: LockOwner, key: string): boolean;
  /** Gives everything back, so that the owner may begin anew even if it was doomed. */
  release(owner: LockOwner): void;
  /** Gives everything back for good: what still waits for a lock finds itself doomed. */
  retire(owner: LockOwner): void;
  /** How many keys are held; zero when nothing is left behind. */
  readonly size: number;
}

interface Owner extends LockOwner {
  doomed: boolean;
  readonly held: Set<string>;
  readonly waits: Set<Wait>;
}

interface Wait {
  readonly owner: Owner;
  readonly key: string;
  readonly end: () => void;
}

interface Lock {
  holder: Owner;
  queue: Wait[];
}

/** @param waitLimit milliseconds that anyone waits for one key before it is doomed */
export function createLocks(waitLimit = 30_000): Locks {
  const locks = new Map<string, Lock>();

  return {
    createOwner(): Owner {
      return { doomed: false, held: new Set(), waits: new Set() };
    },
    async acquire(lockOwner, keys) {
      const owner = lockOwner as Owner;
      for (const key of [...new Set(keys)].sort()) {
        if (owner.doomed) return;
        if (!take(owner, key)) await wait(owner, key);
      }
    },
    holds: (owner, key) => (owner as Owner).held.has(key),
    release(lockOwner) {
      const owner = lockOwner as Owner;
      letGo(owner);
      owner.doomed = false;
    },
    retire: (owner) => doom(owner as Owner),
    get size() {
      return locks.size;
    },
  };

  function take(owner: Owner, key: string): boolean {
    const lock = locks.get(key);
    if (lock) return lock.holder === owner;
    locks.set(key, { holder: owner, queue: [] });
    owner.held.add(key);
    return true;
  }

  function wait(owner: Owner, key: string): Promise<void> {
    const lock = locks.get(key);
    if (!lock || closesCircle(lock.holder, owner)) {
      doom(owner);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => doom(owner), waitLimit).unref();
      const entry: Wait = {
        owner,
        key,
        end() {
          clearTimeout(timer);
          owner.waits.delete(entry);
          resolve();
        },
      };
      owner.waits.add(entry);
      lock.queue.push(entry);
    });
  }

  /** Whether `holder` waits, directly or through others, for `owner`. */
  function closesCircle(holder: Owner, owner: Owner, seen = new Set<Owner>()): boolean {
    if (holder === owner) return true;
    if (seen.has(holder)) return false;
    seen.add(holder);
    for (const { key } of holder.waits) {
      const next = locks.get(key)?.holder;
      if (next && closesCircle(next, owner, seen)) return true;
    }
    return false;
  }

  function doom(owner: Owner): void {
    owner.doomed = true;
    letGo(owner);
  }

  function letGo(owner: Owner): void {
    for (const entry of [...owner.waits]) {
      const lock = locks.get(entry.key);
      if (lock) lock.queue = lock.queue.filter((other) => other !== entry);
      entry.end();
    }
    for (const key of owner.held) handOver(key);
    owner.held.clear();
  }

  /** The next in the queue gets the lock, for all of its waits on this key at once. */
  function handOver(key: string): void {
    const lock = locks.get(key);
    const next = lock?.queue[0]?.owner;
    if (!lock || !next) {
      locks.delete(key);
      return;
    }
    lock.holder = next;
    next.held.add(key);
    const granted = lock.queue.filter(({ owner }) => owner === next);
    lock.queue = lock.queue.filter(({ owner }) => owner !== next);
    for (const entry of granted) entry.end();
    // Whoever still queues now waits for the new holder, which may close a circle.
    for (const { owner } of [...lock.queue]) {
      if (owner.waits.size > 0 && closesCircle(next, owner)) doom(owner);
    }
  }
}
