import { z } from 'zod';
import type { Principal } from '../../access/gate.ts';
import type { Viewers } from '../../access/viewers.ts';
import { CALL_ID } from '../../calls/ids.ts';
import { Said } from '../../calls/model.ts';
import { available } from '../available.ts';
import type { CallReaders } from '../call-readers.ts';
import { etagOf } from '../etag.ts';
import type { Answer } from '../route.ts';
import { CallView } from '../views.ts';

/** Keeps a call from being purged or erased. */
export const LegalHold = Said.extend({ reason: z.string() });
export type LegalHold = z.infer<typeof LegalHold>;

/** A call as it is answered alone. Lists leave the hold out, which is read one by one. */
export const OneCall = CallView.extend({ legal_hold: LegalHold.nullable() });
export type OneCall = z.infer<typeof OneCall>;

export interface CallDesk {
  /** The call, live or archived. Throws 404 where there is none that the principal may see. */
  open(principal: Principal, callId: string): Promise<OneCall>;
}

export interface CallDeskOptions {
  readers: Pick<CallReaders, 'call'>;
  viewers: Viewers;
  holds: { read(callId: string): Promise<LegalHold | null> };
}

export function createCallDesk({ readers, viewers, holds }: CallDeskOptions): CallDesk {
  return {
    async open(principal, callId) {
      const viewer = await available(viewers.of(principal));
      const [call, legal_hold] = await Promise.all([
        readers.call(viewer, callId),
        CALL_ID.test(callId) ? available(holds.read(callId)) : null,
      ]);
      return { ...call, legal_hold };
    },
  };
}

/**
 * What people can change of a call, and the conversation does not. The ETag covers this alone, so
 * that a caller who goes on talking does not make every edit fail; it outlives archiving.
 */
export function editableOf({ urgency_by, final_action, admin_notes, noted, legal_hold }: OneCall) {
  const urgency = urgency_by.supervisor ?? null;
  return { urgency, final_action, admin_notes, noted, legal_hold };
}

export function answerWith(call: OneCall, status = 200): Answer {
  return { status, body: call, headers: { ETag: etagOf(editableOf(call)) } };
}

/** Told of every answer with one call. */
export const CALL_ETAG = {
  ETag: 'Names what people have said of the call: urgency, final_action, admin_notes, legal_hold. Send it as If-Match with PATCH. Words of the caller do not change it.',
};

export const ONE_CALL = {
  description: 'The call as it is now.',
  schema: OneCall,
  headers: CALL_ETAG,
};

export const callParams = z.object({ call_id: z.string() });
