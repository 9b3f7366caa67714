import { createRequire } from 'node:module';
import type { createArchive } from '../../functions/src/archive/archive.ts';
import type { Remote } from './network.ts';

/** The Admin SDK that the functions use, so that its Timestamps are the ones they know. */
const sdk = createRequire(new URL('../../functions/package.json', import.meta.url))(
  'firebase-admin/firestore',
) as {
  Timestamp: { fromDate(date: Date): unknown; fromMillis(epochMs: number): unknown };
  FieldValue: { serverTimestamp(): { isEqual(other: unknown): boolean }; increment(n: 1): object };
};

const INCREMENT = sdk.FieldValue.increment(1).constructor;

export type Firestore = Parameters<typeof createArchive>[0];

type Fields = Record<string, unknown>;

interface Stored {
  data: Fields | undefined;
  version: number;
}

interface SetOptions {
  merge?: boolean;
  /** Top-level names only. */
  mergeFields?: string[];
}

interface Write {
  path: string;
  /** Undefined where the document is deleted. */
  data: Fields | undefined;
  options: SetOptions;
}

/** Tries at one transaction, as in the SDK. */
const DEFAULT_ATTEMPTS = 5;
const NOTHING: Stored = { data: undefined, version: 0 };

/**
 * What the archive and its counts use of Firestore, in memory: reads of documents, lists of a whole
 * collection, and transactions with getAll, set and delete. A transaction's writes happen at once, and only where nothing that it read has changed;
 * otherwise it is aborted and run again, as it may be for no visible reason.
 *
 * Kept from the real one: `merge` goes down into maps and keeps what is not mentioned, `mergeFields`
 * replaces; undefined is refused; so are reads after writes.
 */
export function createFirestoreStore(now: () => number) {
  const documents = new Map<string, Stored>();
  const stored = (path: string) => documents.get(path) ?? NOTHING;

  /** The database as one process sees it, through its network. */
  function client(remote: Remote, isAborted: () => boolean): Firestore {
    const doc = (path: string) => ({
      path,
      get: () =>
        remote(
          () => `get ${path}`,
          () => snapshot(path),
        ),
    });

    async function runTransaction<T>(
      work: (transaction: unknown) => Promise<T>,
      { maxAttempts = DEFAULT_ATTEMPTS }: { maxAttempts?: number } = {},
    ): Promise<T> {
      for (let attempt = 1; ; attempt++) {
        const read = new Map<string, number>();
        const writes: Write[] = [];
        const result = await work({
          getAll: (...references: { path: string }[]) => {
            if (writes.length) throw new Error('Firestore: all reads come before all writes.');
            const paths = references.map(({ path }) => path);
            return remote(
              () => `getAll ${paths.join(' ')}`,
              () => {
                for (const path of paths) read.set(path, stored(path).version);
                return paths.map(snapshot);
              },
            );
          },
          set: ({ path }: { path: string }, data: Fields, options: SetOptions = {}) => {
            refuseUndefined(data, path);
            writes.push({ path, data, options });
          },
          delete: ({ path }: { path: string }) => {
            writes.push({ path, data: undefined, options: {} });
          },
        });
        if (writes.length === 0) return result;
        const committed = await remote(
          () => `commit ${writes.map(({ path }) => path).join(' ')}`,
          () => {
            if ([...read].some(([path, version]) => stored(path).version !== version)) return false;
            if (isAborted()) return false;
            for (const change of writes) write(change);
            return true;
          },
        );
        if (committed) return result;
        if (attempt === maxAttempts) throw Object.assign(new Error('ABORTED'), { code: 10 });
      }
    }

    const getAll = (...references: { path: string }[]) =>
      remote(
        () => `getAll ${references.map(({ path }) => path).join(' ')}`,
        () => references.map(({ path }) => snapshot(path)),
      );

    /** In the order of ids, whatever order and limit are asked for. */
    const collection = (name: string) => {
      const query = {
        orderBy: () => query,
        limit: () => query,
        get: () =>
          remote(
            () => `list ${name}`,
            () => ({ docs: idsIn(name).map((id) => ({ id })) }),
          ),
      };
      return query;
    };

    return { doc, getAll, collection, runTransaction } as unknown as Firestore;
  }

  function idsIn(name: string): string[] {
    const paths = [...documents.keys()].filter((path) => stored(path).data !== undefined);
    return paths
      .filter((path) => path.startsWith(`${name}/`))
      .map((path) => path.slice(name.length + 1))
      .sort();
  }

  function snapshot(path: string) {
    const { data } = stored(path);
    return { exists: data !== undefined, data: () => data };
  }

  function write({ path, data, options: { merge, mergeFields } }: Write): void {
    const old = stored(path);
    const given = data && (encoded(data, old.data) as Fields);
    if (!given) {
      documents.set(path, { data: undefined, version: old.version + 1 });
      return;
    }
    const fields = mergeFields
      ? { ...old.data, ...Object.fromEntries(mergeFields.map((name) => [name, given[name]])) }
      : old.data && merge
        ? (merged(old.data, given) as Fields)
        : given;
    documents.set(path, { data: fields, version: old.version + 1 });
  }

  /** `known` is what stands in its place. */
  function encoded(value: unknown, known: unknown): unknown {
    if (value instanceof Date) return sdk.Timestamp.fromDate(value);
    if (Array.isArray(value)) return value.map((one) => encoded(one, undefined));
    if (isIncrement(value)) return (typeof known === 'number' ? known : 0) + value.operand;
    if (!isMap(value)) {
      return sdk.FieldValue.serverTimestamp().isEqual(value)
        ? sdk.Timestamp.fromMillis(now())
        : value;
    }
    const before = isMap(known) ? known : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, below]) => [name, encoded(below, before[name])]),
    );
  }

  return {
    client,
    has: (path: string) => stored(path).data !== undefined,
    get: (path: string) => stored(path).data,
    paths: () => [...documents.keys()],
  };
}

export type FirestoreStore = ReturnType<typeof createFirestoreStore>;

function isIncrement(value: unknown): value is { operand: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.constructor === INCREMENT &&
    'operand' in value
  );
}

function isMap(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function merged(old: unknown, added: unknown): unknown {
  if (!isMap(old) || !isMap(added) || Object.keys(added).length === 0) return added;
  const fields = { ...old };
  for (const [name, value] of Object.entries(added)) fields[name] = merged(old[name], value);
  return fields;
}

function refuseUndefined(value: unknown, where: string): void {
  if (value === undefined) throw new Error(`Firestore refuses undefined: ${where}`);
  if (Array.isArray(value)) for (const below of value) refuseUndefined(below, where);
  if (isMap(value)) {
    for (const [name, below] of Object.entries(value)) refuseUndefined(below, `${where}.${name}`);
  }
}
