import type { Firestore } from 'firebase-admin/firestore';
import { callNotFound } from '../../access/visibility.ts';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import type { SignedInAsked } from '../route.ts';
import { change } from '../team/changes.ts';
import { LegalHold } from './one-call.ts';

type Doer = Pick<SignedInAsked, 'principal' | 'origin'>;

export interface LegalHolds {
  /** Null where nothing holds the call. */
  read(callId: string): Promise<LegalHold | null>;
  /** Throws 404 where the call is gone meanwhile. */
  put(asked: Doer, call: { id: string; isLive: boolean }, hold: LegalHold): Promise<void>;
  /** Does nothing where there is none. */
  remove(asked: Doer, callId: string): Promise<void>;
}

/** Holds at `legal_holds/{call_id}`; each change in one transaction with its entry. */
export function createLegalHolds(options: {
  firestore: () => Promise<Firestore>;
  audit: Pick<Audit, 'recordIn'>;
}): LegalHolds {
  const { audit } = options;

  async function put(asked: Doer, call: { id: string; isLive: boolean }, hold: LegalHold) {
    const firestore = await options.firestore();
    const reference = firestore.doc(stored.legalHold(call.id));
    await change(firestore, async (transaction) => {
      // The call is read too, so that it can't be removed at the same time.
      const [known, archived] = await transaction.getAll(
        reference,
        firestore.doc(stored.call(call.id)),
      );
      if (!archived?.exists && !call.isLive) throw callNotFound();
      const before = viewHold(known?.data());
      if (before?.reason === hold.reason) return;
      transaction.set(reference, { ...hold, company_id: asked.principal.companyId });
      const entry = { action: 'call.hold', target: call.id, before, after: hold } as const;
      audit.recordIn(transaction, { ...doer(asked), ...entry });
    });
  }

  async function remove(asked: Doer, callId: string) {
    const firestore = await options.firestore();
    const reference = firestore.doc(stored.legalHold(callId));
    await change(firestore, async (transaction) => {
      const before = viewHold((await transaction.get(reference)).data());
      if (!before) return;
      transaction.delete(reference);
      const entry = { action: 'call.unhold', target: callId, before } as const;
      audit.recordIn(transaction, { ...doer(asked), ...entry });
    });
  }

  return {
    put,
    remove,
    async read(callId) {
      const firestore = await options.firestore();
      return viewHold((await firestore.doc(stored.legalHold(callId)).get()).data());
    },
  };
}

/** A hold holds whatever its document looks like. */
function viewHold(data: object | undefined): LegalHold | null {
  if (!data) return null;
  return (
    LegalHold.safeParse(data).data ?? { reason: '', by: 'unknown', at: '1970-01-01T00:00:00Z' }
  );
}
