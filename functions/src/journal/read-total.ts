import fs from 'node:fs';
import { areStrings, isJudgement, isMessage, isObject } from './line.ts';
import type { KnownCall, View } from './view.ts';

/**
 * Loads total.json into the view; does nothing where there is none. Throws where it is no JSON of
 * the expected shape. Entries are checked as lines are (see line.ts, also for why not with zod);
 * one that fails goes to `reject` as JSON and the others are kept.
 */
export function readTotal(file: string, view: View, reject: (entry: string) => void): void {
  if (!fs.existsSync(file)) return;
  const total: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (!isObject(total)) throw new TypeError('total.json does not hold an object.');
  const { active_calls: calls, active_conversations: conversations } = total;
  if (!isObject(calls) || !isObject(conversations)) {
    throw new TypeError('total.json lacks active_calls or active_conversations.');
  }
  const used = new Set<unknown>();
  for (const [callId, call] of Object.entries(calls)) {
    const conversation = isCall(call) ? conversations[call.conversation_id] : undefined;
    if (isCall(call) && isConversation(conversation, callId)) {
      used.add(conversation);
      view.load(callId, { call, conversation });
    } else {
      reject(JSON.stringify({ active_calls: { [callId]: call } }));
    }
  }
  for (const [id, conversation] of Object.entries(conversations)) {
    if (used.has(conversation)) continue;
    reject(JSON.stringify({ active_conversations: { [id]: conversation } }));
  }
}

function isCall(value: unknown): value is KnownCall['call'] {
  return (
    isObject(value) &&
    areStrings(value, 'worker_id', 'mobile_no', 'conversation_id', 'urgency', 'status') &&
    areStrings(value, 'timestamp', 'medium', 'last_message_at', 'company_id') &&
    isJudgement(value.urgency_by)
  );
}

function isConversation(value: unknown, callId: string): value is KnownCall['conversation'] {
  return (
    isObject(value) &&
    value.call_id === callId &&
    isObject(value.messages) &&
    Object.values(value.messages).every((message) => isMessage(message, false))
  );
}
