import type { AdminRecord } from '../access/admin-record.ts';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import type { Call, Conversation, Message } from '../calls/model.ts';

/** Records for tests of the API: two supervisors, and one call in its live and its archived copy. */

export const CALL = 'call_15550100001_20251004_143000_abcdef';
export const CONVERSATION = CALL.replace('call_', 'conv_');

export const asha: AdminRecord = {
  id: 'asha',
  email: 'asha@steel.example',
  name: 'Asha',
  company_id: 'steel',
  role: 'supervisor',
  password_hash: 'hash of "correct horse"',
  disabled: false,
  operator: false,
  version: 0,
};
export const omar: AdminRecord = { ...asha, id: 'omar', name: 'Omar', company_id: 'paper' };

export const liveCall: Call = {
  worker_id: 'worker-1',
  mobile_no: '+15550100001',
  conversation_id: CONVERSATION,
  urgency: 'CRITICAL',
  status: 'ACTIVE',
  timestamp: '2025-10-04T14:30:00+05:30',
  medium: 'Voice',
  last_message_at: '2025-10-04T14:31:00+05:30',
  call_sid: `CA${'0'.repeat(26)}abcdef`,
  company_id: 'steel',
  urgency_by: judged('CRITICAL', 1),
};

export const archivedCall: ArchivedCall = {
  worker_id: 'worker-1',
  mobile_no: '+15550100001',
  conversation_id: CONVERSATION,
  urgency: 'URGENT',
  status: 'COMPLETE',
  medium: 'Voice',
  duration_seconds: 60,
  timestamp: '2025-10-04T14:31:05+05:30',
  resolved_at: '2025-10-04T14:31:05+05:30',
  final_action: null,
  admin_id: null,
  admin_notes: null,
  company_id: 'steel',
  site_id: null,
  call_sid: `CA${'0'.repeat(26)}abcdef`,
  started_at: '2025-10-04T14:30:00+05:30',
  ended_at: '2025-10-04T14:31:00+05:30',
  end_reason: 'completed',
  continues: null,
  urgency_by: judged('URGENT', 1),
  last_message_at: '2025-10-04T14:30:50+05:30',
  search: ['fire'],
};

function judged(level: 'URGENT' | 'CRITICAL', turn: number): Call['urgency_by'] {
  const by = { kind: 'aurora' as const, turn, at: '2025-10-04T14:30:20+05:30' };
  return { ...by, raised: { [level]: by } };
}

export function message(n: number, role: Message['role'], content = `${role} ${n}`): Message {
  const rank = { user: 0, assistant: 1, admin: 2 }[role];
  return {
    id: `m${String(n).padStart(6, '0')}-abcdef-${rank}`,
    role,
    content,
    timestamp: `2025-10-04T14:30:${String(n).padStart(2, '0')}+05:30`,
    sources: role === 'assistant' ? 'Fire' : '',
  };
}

export function conversationOf(...messages: Message[]): Conversation {
  return {
    call_id: CALL,
    messages: Object.fromEntries(messages.map(({ id, ...stored }) => [id, stored])),
  };
}

export function archivedConversationOf(...messages: Message[]): ArchivedConversation {
  return {
    call_id: CALL,
    messages,
    archived_at: '2025-10-04T14:31:05+05:30',
    total_messages: messages.length,
  };
}
