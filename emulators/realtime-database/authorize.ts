import { DatabaseError } from './engine/errors.ts';
import type { Path } from './engine/path.ts';

/** Who sends a request. */
export type Client = { kind: 'owner' } | { kind: 'other' };

export interface Access {
  client: Client;
  operation: 'read' | 'write' | 'settings';
  namespace: string;
  path: Path;
}

/** The emulator suite's admin token; the Admin SDK and firebase-tools send it to local hosts. */
const OWNER_TOKEN = 'owner';

const BEARER = /^Bearer (.+)$/i;

/** Every token but the owner's is a client's, however it is signed and whatever it claims. */
export function clientFromToken(token: string | null | undefined): Client {
  return { kind: token === OWNER_TOKEN ? 'owner' : 'other' };
}

export function clientFromHeader(authorization: string | undefined): Client {
  return clientFromToken(authorization && BEARER.exec(authorization)?.[1]);
}

/**
 * The one place that decides who may do what: the owner everything, everybody else nothing.
 * Evaluating database.rules.json belongs here.
 * @throws DatabaseError permission_denied
 */
export function authorize({ client }: Access): void {
  if (client.kind !== 'owner') throw new DatabaseError('permission_denied', 'Permission denied');
}
