import { type CallEvent, URGENCIES } from '../calls/model.ts';
import type { Receipt } from './journal.ts';
import { type Batch, soleCallId } from './state.ts';

/**
 * One line of a segment, JSON, ended by a newline:
 * `{"next_receipt":8}` opens every segment, so that receipts keep counting up after older segments
 * are gone; `{"receipt":8,"events":[…]}` is a batch, with `call_id` where the events name only a
 * CallSid; `{"queued":8}` says that the batch is no longer pending. A batch may stand in several
 * segments, and its `queued` line before it: replay reads them as sets.
 */
export type Line =
  | { kind: 'opened'; nextReceipt: Receipt }
  | { kind: 'batch'; batch: Batch }
  | { kind: 'queued'; receipt: Receipt };

export function openedLine(nextReceipt: Receipt): string {
  return `{"next_receipt":${nextReceipt}}\n`;
}

export function batchLine({ receipt, callId, events }: Batch): string {
  const resolved = callId !== undefined && soleCallId(events) === undefined;
  const callIdField = resolved ? `"call_id":${JSON.stringify(callId)},` : '';
  return `{"receipt":${receipt},${callIdField}"events":${JSON.stringify(events)}}\n`;
}

export function queuedLine(receipt: Receipt): string {
  return `{"queued":${receipt}}\n`;
}

/** Undefined for anything that append did not write. */
export function parseLine(text: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (isReceipt(value.queued)) return { kind: 'queued', receipt: value.queued };
  if (isReceipt(value.next_receipt)) return { kind: 'opened', nextReceipt: value.next_receipt };
  const { receipt, call_id, events } = value;
  if (!isReceipt(receipt) || !Array.isArray(events) || !events.every(isFoldable)) return undefined;
  try {
    const callId = soleCallId(events) ?? (typeof call_id === 'string' ? call_id : undefined);
    return { kind: 'batch', batch: { receipt, callId, events } };
  } catch {
    return undefined;
  }
}

/**
 * Checks what the fold relies on, and deliberately not the whole schema: whatever append accepted
 * must come back, also after an update made the schema stricter, or words would be lost; and the
 * schema would double the time of a replay (200k lines: 0.84 s of JSON.parse, 0.74 s of zod).
 */
function isFoldable(event: unknown): event is CallEvent {
  if (!isObject(event)) return false;
  switch (event.type) {
    case 'call_started':
      return (
        areStrings(event, 'call_id', 'conversation_id', 'at', 'worker_id', 'mobile_no') &&
        areStrings(event, 'medium', 'company_id')
      );
    case 'message_added':
      return areStrings(event, 'call_id') && isMessage(event.message, true);
    case 'urgency_changed':
      return (
        areStrings(event, 'call_id') &&
        URGENCIES.some((urgency) => urgency === event.urgency) &&
        isJudgement(event.by)
      );
    case 'call_ended':
      return areStrings(event, 'at', 'end_reason');
    case 'facts_reported':
      return areStrings(event, 'call_id', 'at') && areFacts(event.facts);
    case 'owner_changed':
      return areStrings(event, 'call_id', 'at') && isObject(event.owner) && hasEpoch(event.owner);
    case 'line_moved':
      return (
        areStrings(event, 'call_id', 'at') &&
        isObject(event.line) &&
        hasEpoch(event.line) &&
        typeof event.line.turn === 'number' &&
        areStrings(event.line, 'link')
      );
    case 'message_heard':
      return areStrings(event, 'call_id', 'at', 'message_id');
    case 'timeline_added':
      return (
        areStrings(event, 'call_id', 'id') &&
        isObject(event.entry) &&
        areStrings(event.entry, 'at', 'step')
      );
    case 'incident_joined':
      return areStrings(event, 'call_id', 'at', 'incident_id');
    default:
      return false;
  }
}

function hasEpoch(value: Record<string, unknown>): boolean {
  return typeof value.epoch === 'number';
}

/** As isFoldable, for a message; in total.json its id is its key. */
export function isMessage(value: unknown, withId: boolean): boolean {
  return (
    isObject(value) &&
    areStrings(value, 'role', 'content', 'timestamp', 'sources') &&
    (!withId || areStrings(value, 'id'))
  );
}

function areFacts(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value).every(
      (fact) =>
        isObject(fact) &&
        areStrings(fact, 'value', 'at', 'by') &&
        typeof fact.turn === 'number' &&
        typeof fact.confidence === 'number',
    )
  );
}

export function isJudgement(value: unknown): boolean {
  return isObject(value) && areStrings(value, 'kind', 'at') && typeof value.turn === 'number';
}

export function areStrings(value: Record<string, unknown>, ...names: string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isReceipt(value: unknown): value is Receipt {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
