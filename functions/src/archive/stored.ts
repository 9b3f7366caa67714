import { Timestamp } from 'firebase-admin/firestore';
import type { Call } from '../calls/model.ts';
import { isoInZone } from '../calls/times.ts';
import { ArchivedCall, ArchivedConversation } from './schema.ts';

/** A stored `calls/` document with its Timestamps as ISO texts in the zone; checked by its schema. */
export function archivedCall(data: unknown, timeZone: string): ArchivedCall {
  return ArchivedCall.parse(withIsoTimes(data, timeZone));
}

export function archivedConversation(data: unknown, timeZone: string): ArchivedConversation {
  return ArchivedConversation.parse(withIsoTimes(data, timeZone));
}

/** The call that was archived, ready to take late events in. */
export function callOf(archived: ArchivedCall): Call {
  return {
    worker_id: archived.worker_id,
    mobile_no: archived.mobile_no,
    conversation_id: archived.conversation_id,
    urgency: archived.urgency,
    status: 'ENDED',
    timestamp: archived.started_at,
    medium: archived.medium,
    last_message_at: archived.last_message_at,
    company_id: archived.company_id,
    urgency_by: archived.urgency_by,
    ended_at: archived.ended_at,
    end_reason: archived.end_reason,
    ...(archived.admin_id === null ? {} : { admin_id: archived.admin_id }),
    ...(archived.site_id === null ? {} : { site_id: archived.site_id }),
    ...(archived.call_sid === null ? {} : { call_sid: archived.call_sid }),
    ...(archived.continues === null ? {} : { continues: archived.continues }),
  };
}

function withIsoTimes(data: unknown, timeZone: string): unknown {
  return Object.fromEntries(
    Object.entries((data ?? {}) as object).map(([name, value]) => [
      name,
      value instanceof Timestamp ? isoInZone(value.toMillis(), timeZone) : value,
    ]),
  );
}
