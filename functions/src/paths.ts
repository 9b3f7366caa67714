/**
 * Every database path is built here. Ids are matched against their patterns before they come here
 * (calls/ids.ts); none of them can hold a slash.
 */
export const live = {
  calls: 'active_calls',
  call: (callId: string) => `active_calls/${callId}`,
  conversations: 'active_conversations',
  conversation: (conversationId: string) => `active_conversations/${conversationId}`,
  conversationCall: (conversationId: string) => `active_conversations/${conversationId}/call_id`,
  message: (conversationId: string, messageId: string) =>
    `active_conversations/${conversationId}/messages/${messageId}`,
  callSids: 'call_sids',
  callSid: (callSid: string) => `call_sids/${callSid}`,
  tombstones: 'archived_calls',
  tombstone: (callId: string) => `archived_calls/${callId}`,
} as const;

export const stored = {
  call: (callId: string) => `calls/${callId}`,
  conversation: (conversationId: string) => `conversations/${conversationId}`,
  conversationPage: (conversationId: string, page: number) =>
    `conversations/${conversationId}/pages/${page}`,
  numbers: 'numbers',
  companies: 'companies',
  admins: 'admins',
  deadLetters: 'dead_letters',
  deadLetter: (id: string) => `dead_letters/${id}`,
} as const;
