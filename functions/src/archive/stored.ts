import { Timestamp } from 'firebase-admin/firestore';
import type { z } from 'zod';
import type { Call, Message } from '../calls/model.ts';
import { isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { UNKNOWN_END } from './document.ts';
import { ArchivedCall, StoredConversation, StoredPage } from './schema.ts';

/** A stored `calls/` document with its Timestamps as ISO texts in the zone; checked by its schema. */
export function archivedCall(data: unknown, timeZone: string): ArchivedCall {
  return checked(ArchivedCall, withIsoTimes(data, timeZone));
}

/** A stored `conversations/` document, likewise: the first messages and how many pages follow. */
export function storedConversation(data: unknown, timeZone: string): StoredConversation {
  return checked(StoredConversation, withIsoTimes(data, timeZone));
}

/** The messages of a stored page; undefined `data` is a page that is missing, which is a fault. */
export function archivedPage(data: unknown): Message[] {
  return checked(StoredPage, data).messages;
}

/**
 * The call that was archived, ready to take late events in. Where its end was not known, the
 * document names its last words instead: that is no end, and must not stand before the real one.
 */
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
    ...(archived.end_reason === UNKNOWN_END
      ? {}
      : { ended_at: archived.ended_at, end_reason: archived.end_reason }),
    ...(archived.admin_id === null ? {} : { admin_id: archived.admin_id }),
    ...(archived.site_id === null ? {} : { site_id: archived.site_id }),
    ...(archived.call_sid === null ? {} : { call_sid: archived.call_sid }),
    ...(archived.continues === null ? {} : { continues: archived.continues }),
    ...(archived.urgent_since === undefined ? {} : { urgent_since: archived.urgent_since }),
    ...(archived.worker_since === undefined ? {} : { worker_since: archived.worker_since }),
    ...(archived.acknowledged === undefined ? {} : { acknowledged: archived.acknowledged }),
    ...(archived.dispatches === undefined ? {} : { dispatches: archived.dispatches }),
    ...(archived.noted === undefined ? {} : { noted: archived.noted }),
    ...(archived.facts === undefined ? {} : { facts: archived.facts }),
    ...(archived.dialled_no === undefined ? {} : { dialled_no: archived.dialled_no }),
    ...(archived.channel === undefined ? {} : { channel: archived.channel }),
    ...(archived.follows === undefined ? {} : { follows: archived.follows }),
    ...(archived.incident_id === undefined ? {} : { incident_id: archived.incident_id }),
    ...(archived.heard_messages === undefined ? {} : { heard_messages: archived.heard_messages }),
    ...(archived.timeline === undefined ? {} : { timeline: archived.timeline }),
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

/** Tells the fields that are wrong and never what they hold: a fault that no repetition mends. */
function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = new Set(result.error.issues.map(({ path }) => String(path[0] ?? 'the document')));
  throw new AuroraError(
    500,
    'malformed_archive',
    `An archived document does not have its schema: see ${[...fields].join(', ')}.`,
    { retryable: false },
  );
}
