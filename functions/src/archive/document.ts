import { isDeepStrictEqual } from 'node:util';
import type { Call, Message } from '../calls/model.ts';
import { instant, later } from '../calls/times.ts';
import type { ArchivedCall } from './schema.ts';
import { searchTokens } from './search-tokens.ts';

/** Stands as `end_reason` until an end has come; `ended_at` is the time of the last words then. */
export const UNKNOWN_END = 'unknown';

/** Everything of `calls/{call_id}` that Aurora decides; the server adds `timestamp` and `resolved_at`. */
export function callFields(call: Call, messages: readonly Message[]) {
  const endedAt = call.ended_at ?? call.last_message_at;
  return {
    worker_id: call.worker_id,
    mobile_no: call.mobile_no,
    conversation_id: call.conversation_id,
    urgency: call.urgency,
    status: 'COMPLETE' as const,
    medium: call.medium,
    duration_seconds: secondsBetween(call.timestamp, endedAt),
    company_id: call.company_id,
    site_id: call.site_id ?? null,
    call_sid: call.call_sid ?? null,
    admin_id: call.admin_id ?? null,
    started_at: new Date(call.timestamp),
    ended_at: new Date(endedAt),
    end_reason: call.end_reason ?? UNKNOWN_END,
    continues: call.continues ?? null,
    urgency_by: call.urgency_by,
    last_message_at: call.last_message_at,
    ...(call.worker_since === undefined ? {} : { worker_since: call.worker_since }),
    ...(call.acknowledged === undefined ? {} : { acknowledged: call.acknowledged }),
    ...(call.dispatches === undefined ? {} : { dispatches: call.dispatches }),
    ...present(call, [
      'urgent_since',
      'facts',
      'dialled_no',
      'channel',
      'follows',
      'incident_id',
      'owner',
      'heard_messages',
      'timeline',
    ]),
    ...noted(call),
    search: searchTokens([
      // In English, whatever the caller spoke; the other facts are in the caller's own words.
      call.facts?.hazard?.value ?? '',
      ...messages.map(({ content }) => content),
      call.noted?.admin_notes?.value ?? '',
    ]),
  };
}

/** Those of the fields that the call has. Who speaks, and where the line is, ends with the call. */
function present<Field extends keyof Call>(call: Call, fields: readonly Field[]) {
  const kept = fields.filter((field) => call[field] !== undefined);
  return Object.fromEntries(kept.map((field) => [field, call[field]])) as Partial<
    Pick<Call, Field>
  >;
}

/** Absent where no supervisor has said anything, so that what stands in the document stays. */
function noted({ noted: { final_action, admin_notes } = {}, noted }: Call) {
  return {
    ...(final_action ? { final_action: final_action.value } : {}),
    ...(admin_notes ? { admin_notes: admin_notes.value || null } : {}),
    ...(noted ? { noted } : {}),
  };
}

/** Whether the stored document already has these fields, so that writing it would change nothing. */
export function hasFields(archived: ArchivedCall, fields: ReturnType<typeof callFields>): boolean {
  const { started_at, ended_at, ...others } = fields;
  return (
    instant(archived.started_at) === started_at.getTime() &&
    instant(archived.ended_at) === ended_at.getTime() &&
    isDeepStrictEqual({ ...archived, ...others }, archived)
  );
}

function secondsBetween(start: string, end: string): number {
  return Math.round((instant(later(start, end)) - instant(start)) / 1_000);
}
