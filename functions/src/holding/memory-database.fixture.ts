import type { LiveDatabase, Outcome, Versioned } from '../live-database.ts';

type Tree = { [key: string]: unknown };

/** What a database was asked, before it does it. */
export type Before = (what: string) => Promise<void>;

/**
 * A Realtime Database in memory whose operations are each atomic, and happen when `before` lets
 * them: an etag is the content.
 */
export function memoryDatabase(
  before: Before,
  written: (path: string, value: unknown) => void = () => {},
): LiveDatabase & { value(path: string): unknown } {
  let root: unknown = null;

  const value = (path: string): unknown =>
    path
      .split('/')
      .reduce<unknown>((node, key) => (isTree(node) ? (node[key] ?? null) : null), root);

  const versioned = (path: string): Versioned => {
    const found = structuredClone(value(path));
    return { value: found, etag: found === null ? 'null_etag' : JSON.stringify(found) };
  };

  function compareAndSet(path: string, etag: string, to: unknown): Outcome {
    const known = versioned(path);
    if (known.etag !== etag) return { done: false, ...known };
    root = put(root, path.split('/'), to === null ? null : JSON.parse(JSON.stringify(to)));
    written(path, to);
    return { done: true };
  }

  return {
    value,
    async read(path) {
      await before(`read ${path}`);
      return versioned(path);
    },
    async keys(path) {
      await before(`keys ${path}`);
      const found = value(path);
      return isTree(found) ? Object.keys(found) : [];
    },
    async create(path, to) {
      await before(`create ${path}`);
      return compareAndSet(path, 'null_etag', to);
    },
    async compareAndSet(path, etag, to) {
      await before(`change ${path}`);
      return compareAndSet(path, etag, to);
    },
  };
}

function isTree(node: unknown): node is Tree {
  return typeof node === 'object' && node !== null;
}

function put(node: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const { [key]: below = null, ...others } = isTree(node) ? node : {};
  const changed = put(below, rest, to);
  const after = changed === null ? others : { ...others, [key]: changed };
  return Object.keys(after).length > 0 ? after : null;
}
