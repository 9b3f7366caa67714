import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { FieldValue } from 'firebase-admin/firestore';
import type { Principal } from '../access/gate.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { within } from '../within.ts';
import type { Origin } from './route.ts';

/** Who did what: `<noun>.<verb>`. The list is open; what is written is never changed. */
export interface AuditEntry {
  action: `${string}.${string}`;
  company_id: string;
  /** What it was done to: an id. */
  target: string;
  who: { kind: 'admin' | 'api_key' | 'operator' | 'system'; id: string };
  before?: unknown;
  after?: unknown;
  origin?: Origin;
}

export interface Audit {
  /** Writes the entry before what it tells of is done; throws where it can't be written. */
  record(entry: AuditEntry): Promise<void>;
  /** Writes it together with the change: both or none. */
  recordIn(transaction: Transaction, entry: AuditEntry): void;
  /**
   * For readings: a supervisor must see a live call although Firestore is away, so after a second
   * the answer goes out and an alert tells that the entry is missing.
   */
  recordReading(entry: AuditEntry): Promise<void>;
  /** For what was done and must not wait for Firestore, such as a sign-out: as for readings. */
  recordDone(entry: AuditEntry): Promise<void>;
}

/** Milliseconds that a reading waits for its entry. */
const PATIENCE = 1_000;

export function createAudit({ firestore, log }: { firestore: Firestore; log: Log }): Audit {
  const fresh = () => firestore.collection(stored.auditLog).doc();

  async function record(entry: AuditEntry): Promise<void> {
    await fresh().create(documentOf(entry));
  }

  return {
    record,
    recordIn: (transaction, entry) => void transaction.create(fresh(), documentOf(entry)),
    recordReading: (entry) =>
      recordOrTell(entry, 'A transcript was read and the audit log does not have it.'),
    recordDone: (entry) =>
      recordOrTell(entry, 'Somebody signed in or out and the audit log does not have it.'),
  };

  async function recordOrTell(entry: AuditEntry, otherwise: string): Promise<void> {
    try {
      await within(PATIENCE, record(entry));
    } catch (thrown) {
      log.alert(otherwise, { request_id: entry.origin?.requestId, error: asError(thrown) });
    }
  }
}

/** Who does something, and from where. */
export type Doer = Pick<AuditEntry, 'company_id' | 'who' | 'origin'>;

/** Somebody who has signed in, as the doer of what a request asks for. */
export function doer({ principal, origin }: { principal: Principal; origin: Origin }) {
  return {
    company_id: principal.companyId,
    who: { kind: 'admin' as const, id: principal.adminId },
    origin,
  };
}

function documentOf({ before, after, origin, ...entry }: AuditEntry) {
  return {
    ...entry,
    before: before ?? null,
    after: after ?? null,
    from: origin ? { ip: origin.ip, user_agent: origin.userAgent } : null,
    request_id: origin?.requestId ?? null,
    at: FieldValue.serverTimestamp(),
  };
}
