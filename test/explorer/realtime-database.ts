import type { LiveDatabase, Outcome, Versioned } from '../../functions/src/live-database.ts';
import type { Remote } from './network.ts';

/** What the platform makes triggers of. */
export type LiveChange = (path: string, before: unknown, after: unknown) => void;

/** The plain write of REST, which production does not use and mutations do. */
export interface PlainWrites {
  put(path: string, value: unknown): Promise<void>;
}

type Tree = { readonly [key: string]: unknown };

const ABSENT = 'null_etag';

/**
 * A Realtime Database in memory. Each operation is atomic; an etag is the content, so that a value
 * that comes back has the etag it had before, as the real one's hashes do. Values are never changed
 * in place. Nodes without children vanish.
 */
export function createRealtimeStore(onChange: LiveChange) {
  let root: unknown = null;

  function get(path: string): unknown {
    return path.split('/').reduce<unknown>((node, key) => child(node, key), root);
  }

  function put(path: string, value: unknown): void {
    const before = root;
    root = replaced(root, path.split('/'), stripped(value));
    onChange(path, before, root);
  }

  const versioned = (path: string): Versioned => {
    const value = get(path);
    return { value, etag: value === null ? ABSENT : canonical(value) };
  };

  function compareAndSet(path: string, etag: string, value: unknown): Outcome {
    const known = versioned(path);
    if (known.etag !== etag) return { done: false, ...known };
    put(path, value);
    return { done: true };
  }

  /** The database as one process sees it, through its network. */
  function client(remote: Remote): LiveDatabase & PlainWrites {
    return {
      read: (path) =>
        remote(
          () => `read ${path}`,
          () => versioned(path),
        ),
      keys: (path) =>
        remote(
          () => `keys ${path}`,
          () => Object.keys((get(path) as Tree) ?? {}),
        ),
      create: (path, value) =>
        remote(
          () => `create ${path}`,
          () => compareAndSet(path, ABSENT, value),
        ),
      compareAndSet: (path, etag, value) =>
        remote(
          () => `${value === null ? 'remove' : 'change'} ${path}`,
          () => compareAndSet(path, etag, value),
        ),
      put: (path, value) =>
        remote(
          () => `put ${path}`,
          () => put(path, value),
        ),
    };
  }

  return { get, put, client };
}

export type RealtimeStore = ReturnType<typeof createRealtimeStore>;

export function child(node: unknown, key: string): unknown {
  return isTree(node) && Object.hasOwn(node, key) ? node[key] : null;
}

function isTree(node: unknown): node is Tree {
  return typeof node === 'object' && node !== null;
}

function replaced(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const { [key]: _, ...others } = isTree(node) ? node : {};
  const below = replaced(child(node, key), rest, value);
  const after = below === null ? others : { ...others, [key]: below };
  return Object.keys(after).length ? after : null;
}

/** As JSON carries it, without nulls, empty objects and empty lists. */
function stripped(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (!isTree(value)) return value;
  if (Array.isArray(value)) return value.length ? value.map(stripped) : null;
  const kept = Object.entries(value)
    .map(([key, below]) => [key, stripped(below)] as const)
    .filter(([, below]) => below !== null);
  return kept.length ? Object.fromEntries(kept) : null;
}

const texts = new WeakMap<object, string>();

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  if (!isTree(value)) return JSON.stringify(value) ?? 'null';
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : `{${Object.keys(value)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
        .join(',')}}`;
  texts.set(value, text);
  return text;
}
