import { type Client, expired } from './client.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './engine/errors.ts';
import type { Path } from './engine/path.ts';
import { type Write, writesOfUpdate } from './engine/write.ts';

/*
 * Who may do what: the owner everything, at no cost; for everybody else the rules are evaluated.
 * All of these throw DatabaseError: permission_denied, or that of a token that is none.
 */

/** Rules, triggers and other settings are the owner's. */
export function authorizeSettings(client: Client): void {
  if (client.kind === 'refused') throw client.error;
  if (client.kind !== 'owner') throw denied();
}

export function authorizeRead(client: Client, database: Database, path: Path): void {
  if (client.kind === 'owner') return;
  if (!database.mayRead(path, authOf(client, database.now()))) throw denied();
}

/** @param read the write's JSON, which is only looked at where a rule speaks of newData. */
export function authorizeWrite(
  client: Client,
  database: Database,
  path: Path,
  read: () => unknown,
): void {
  if (client.kind === 'owner') return;
  authorizeWrites(client, database, [path], () => [{ path, json: read() }]);
}

/**
 * The writes of an update of several paths: each must be granted, the base need not be.
 * @throws DatabaseError also when `read` is no update: to those who may write at its base.
 */
export function authorizeUpdate(
  client: Client,
  database: Database,
  base: Path,
  read: () => unknown,
): Write[] {
  if (client.kind === 'owner') return writesOfUpdate(base, read());
  let writes: Write[] = [];
  try {
    writes = writesOfUpdate(base, read());
  } finally {
    // Whoever may write nothing there is not told what is wrong with the body.
    if (writes.length === 0) authorizeWrites(client, database, [base], () => []);
  }
  const paths = writes.map((write) => write.path);
  authorizeWrites(client, database, paths, () => writes);
  return writes;
}

/** Writes that were granted when they were asked for, and are now to be done. */
export function authorizeAgain(client: Client, database: Database, writes: readonly Write[]): void {
  if (client.kind === 'owner') return;
  const paths = writes.map((write) => write.path);
  authorizeWrites(client, database, paths, () => writes);
}

function authorizeWrites(
  client: Exclude<Client, { kind: 'owner' }>,
  database: Database,
  paths: readonly Path[],
  writes: () => readonly Write[],
): void {
  const auth = authOf(client, database.now());
  const newRoot = database.preview(writes);
  for (const path of paths) {
    if (!database.mayWrite(path, auth, newRoot)) throw denied();
  }
}

function authOf(client: Exclude<Client, { kind: 'owner' }>, now: number) {
  if (client.kind === 'refused') throw client.error;
  if (client.expiresAt <= now) throw expired();
  return client.auth;
}

function denied(): DatabaseError {
  return new DatabaseError('permission_denied', 'Permission denied');
}
