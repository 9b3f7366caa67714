import type { DocumentSnapshot, Firestore, Transaction } from 'firebase-admin/firestore';
import { FieldValue } from 'firebase-admin/firestore';
import { AuroraError, isRetryable } from '../../errors.ts';
import { within } from '../../within.ts';
import { internal } from '../answer-error.ts';
import { etagOf } from '../etag.ts';
import type { Answer } from '../route.ts';

/** Milliseconds that a request waits for its change. */
const PATIENCE = 8_000;

/** Makes a change in one Firestore transaction. */
export function change<T>(
  firestore: Firestore,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return settled(firestore.runTransaction(work));
}

/**
 * What a change answers, or what it throws to refuse. Where a database does not answer in time (503)
 * nobody knows whether the change was made: it may still come.
 */
export async function settled<T>(changing: Promise<T>): Promise<T> {
  try {
    return await within(PATIENCE, changing);
  } catch (error) {
    if (error instanceof AuroraError && isRefusal(error)) throw error;
    if (!isRetryable(error)) throw internal(error);
    throw new AuroraError(
      503,
      'unavailable',
      'It is not known whether this was changed. Read it again in a few seconds, then decide.',
      { cause: error },
    );
  }
}

/** Ours, and not a database's own 401 or 404. */
function isRefusal({ status, code }: AuroraError): boolean {
  return status < 500 && code !== 'database_refused';
}

/** One record, with the ETag by which a change can name it. */
export function versioned(body: object, status = 200): Answer {
  return { status, body, headers: { ETag: etagOf(body) } };
}

/** The document's fields where it is the company's own; another company's is as if it were not there. */
export function ownFields(document: DocumentSnapshot, companyId: string, what: string) {
  const data = document.data();
  if (data?.company_id !== companyId) throw notFound(what);
  return data;
}

export function notFound(what: string): AuroraError {
  return new AuroraError(404, 'not_found', `Your company has no such ${what}. Check the id.`);
}

export function conflict(code: string, message: string): AuroraError {
  return new AuroraError(409, code, message);
}

/** Fields to create a document with: what is null or absent is not stored. */
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** The same for an update: null removes what is stored, absent leaves it. */
export function updates(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === null ? FieldValue.delete() : value]),
  );
}

/** The record as it will be after a change that leaves absent fields as they are. */
export function changed<T extends object>(known: T, fields: { [K in keyof T]?: T[K] | undefined }) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...known, ...Object.fromEntries(given) } as T;
}
