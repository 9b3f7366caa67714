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
  messages: (conversationId: string) => `active_conversations/${conversationId}/messages`,
  message: (conversationId: string, messageId: string) =>
    `active_conversations/${conversationId}/messages/${messageId}`,
  callSids: 'call_sids',
  callSid: (callSid: string) => `call_sids/${callSid}`,
  tombstones: 'archived_calls',
  tombstone: (callId: string) => `archived_calls/${callId}`,
  adminState: (adminId: string) => `admin_state/${adminId}`,
  revokedTokens: 'revoked_tokens',
  revokedToken: (tokenId: string) => `revoked_tokens/${tokenId}`,
  callEdits: 'call_edits',
  /** Who changes a call at this moment, so that two people don't at once. */
  callEdit: (callId: string) => `call_edits/${callId}`,
  /** Failed sign-ins; keys are hashes. */
  loginTries: 'login_tries',
  loginTry: (key: string) => `login_tries/${key}`,
  /** The time step of the last code that somebody used. */
  totpStep: (adminId: string) => `totp_steps/${adminId}`,
  /** Open streams by whose they are (a hash), so that their number holds over all instances. */
  streamSlots: (key: string) => `stream_slots/${key}`,
  streamSlot: (key: string, instanceId: string) => `stream_slots/${key}/${instanceId}`,
  /** The text conversation that is open with a number; keys are hashes of channel and number. */
  openTexts: 'open_texts',
  openText: (companyId: string, key: string) => `open_texts/${companyId}/${key}`,
  /** Which turn of which call an Idempotency-Key (hashed) has become. */
  textTurns: 'text_turns',
  textTurnsOf: (companyId: string) => `text_turns/${companyId}`,
  textTurn: (companyId: string, key: string) => `text_turns/${companyId}/${key}`,
  /** The one reply of a turn, and that the mirror has it. */
  textReply: (companyId: string, key: string) => `text_turns/${companyId}/${key}/reply`,
  /** The chain of pages of a call; while it runs its next step has a due time. */
  pageChains: 'page_chains',
  pageChain: (callId: string) => `page_chains/${callId}`,
  /** Which chain a person's answer by SMS is for; keys are hashes of company and number. */
  pagedPeople: 'paged_people',
  pagedPerson: (key: string) => `paged_people/${key}`,
  /** What was sent to numbers, by hour, so that nobody is rung without end; keys are hashes. */
  sendCounts: 'send_counts',
  sendCount: (hour: string, key: string) => `send_counts/${hour}/${key}`,
  /** What was measured, by hour, minute and process; see metrics/. */
  operations: 'operations',
  operationsIn: (hour: string) => `operations/${hour}`,
  operationsOf: (hour: string, minute: string, instance: string) =>
    `operations/${hour}/${minute}/${instance}`,
  /** Numbers that have asked for no more text messages. */
  optOuts: 'opt_outs',
  optOut: (key: string) => `opt_outs/${key}`,
  /** A caller who was lost before the call was resolved, until they are reached. */
  lostCallers: 'lost_callers',
  lostCaller: (callId: string) => `lost_callers/${callId}`,
  /** The incident that is open at a site. */
  openIncidents: 'open_incidents',
  openIncident: (companyId: string, siteKey: string) => `open_incidents/${companyId}/${siteKey}`,
  /** The conference in which a caller and a supervisor are joined. */
  conferences: 'conferences',
  conference: (callId: string) => `conferences/${callId}`,
  textRecorded: (companyId: string, key: string) => `text_turns/${companyId}/${key}/recorded`,
} as const;

export const stored = {
  calls: 'calls',
  call: (callId: string) => `calls/${callId}`,
  conversation: (conversationId: string) => `conversations/${conversationId}`,
  conversationPage: (conversationId: string, page: number) =>
    `conversations/${conversationId}/pages/${page}`,
  numbers: 'numbers',
  number: (e164: string) => `numbers/${e164}`,
  companies: 'companies',
  company: (companyId: string) => `companies/${companyId}`,
  sites: (companyId: string) => `companies/${companyId}/sites`,
  site: (companyId: string, siteId: string) => `companies/${companyId}/sites/${siteId}`,
  /** Counts of archived calls by day: of all sites, and of each one. */
  tallies: (companyId: string) => `companies/${companyId}/tallies`,
  siteTallies: (companyId: string, siteId: string) =>
    `companies/${companyId}/sites/${siteId}/tallies`,
  countedCalls: 'counted_calls',
  /** As what a call was counted. */
  countedCall: (callId: string) => `counted_calls/${callId}`,
  uncountedCalls: 'uncounted_calls',
  /** That a call has changed since it was counted. */
  uncountedCall: (callId: string) => `uncounted_calls/${callId}`,
  admins: 'admins',
  admin: (adminId: string) => `admins/${adminId}`,
  /** Holds an e-mail address (hashed) for one admin. */
  adminEmail: (hash: string) => `admin_emails/${hash}`,
  workers: 'workers',
  worker: (workerId: string) => `workers/${workerId}`,
  workerNumbers: 'worker_numbers',
  /** Holds a number (company and E.164, hashed) for one worker. */
  workerNumber: (hash: string) => `worker_numbers/${hash}`,
  apiKeys: 'api_keys',
  apiKey: (id: string) => `api_keys/${id}`,
  /** One-time links: invitations and resets; the id is the hash of the link's secret. */
  links: 'links',
  link: (hash: string) => `links/${hash}`,
  manuals: 'manuals',
  /** Ids of manuals hold a dot, those of companies none: no two companies share a document. */
  manual: (companyId: string, manualId: string) => `manuals/${companyId}.${manualId}`,
  manualVersions: (companyId: string, manualId: string) =>
    `manuals/${companyId}.${manualId}/versions`,
  manualVersion: (companyId: string, manualId: string, version: number) =>
    `manuals/${companyId}.${manualId}/versions/${version}`,
  /** What a version that was approved is spoken from. */
  manualContent: (companyId: string, manualId: string, version: number) =>
    `manuals/${companyId}.${manualId}/contents/${version}`,
  /** Which versions of which manuals a company's callers hear now. */
  manualPack: (companyId: string) => `manual_packs/${companyId}`,
  manualPackVersion: (companyId: string, version: number) =>
    `manual_packs/${companyId}/versions/${version}`,
  auditLog: 'audit_log',
  /** Calls that nothing removes. */
  legalHolds: 'legal_holds',
  legalHold: (callId: string) => `legal_holds/${callId}`,
  deadLetters: 'dead_letters',
  deadLetter: (id: string) => `dead_letters/${id}`,
} as const;
