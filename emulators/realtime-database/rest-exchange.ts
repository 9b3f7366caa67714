import type { Client } from './client.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './engine/errors.ts';

/** A REST request, read whole. */
export interface RestRequest {
  /** In capitals; X-HTTP-Method-Override has been applied. */
  method: string;
  /** Decoded, beginning with "/". */
  pathname: string;
  parameters: URLSearchParams;
  /** The `X-Firebase-ETag: true` header: the answer shall carry the location's ETag. */
  wantsEtag: boolean;
  /** The `if-match` header. */
  ifMatch: string | undefined;
  body: string;
  client: Client;
  database: Database;
}

/** Without `json` and `text` the answer has no body. */
export interface RestAnswer {
  status: number;
  json?: unknown;
  /** Sent as it is, in place of `json`. */
  text?: string;
  etag?: string;
}

/** @throws DatabaseError invalid_data, in production's words. */
export function parseJsonBody(body: string): unknown {
  if (body.trim() === '') throw new DatabaseError('invalid_data', 'Error: No data supplied.');
  try {
    return JSON.parse(body);
  } catch {
    throw new DatabaseError(
      'invalid_data',
      "Invalid data; couldn't parse JSON object, array, or value.",
    );
  }
}
