import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { AdminRecord } from '../access/admin-record.ts';
import { type AdminStates, stateOf } from '../access/admin-state.ts';
import { Company } from '../access/companies.ts';
import { createGate, type Principal } from '../access/gate.ts';
import type { Passwords } from '../access/passwords.ts';
import { createTokens, type Tokens } from '../access/tokens.ts';
import type { Viewer } from '../access/visibility.ts';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import type { Call, Conversation, Message } from '../calls/model.ts';
import type { Log, LogFields } from '../log.ts';
import { createApi } from './api.ts';
import { type CallSource, createCallReaders } from './call-readers.ts';
import { callRoutes } from './call-routes.ts';
import { createCallDesk } from './calls/one-call.ts';
import type { Admins } from './firestore-admins.ts';
import { type HealthOptions, healthRoute } from './health.ts';
import { createLimits } from './limits.ts';
import { loginRoute } from './session/login.ts';

export const NOW = Date.parse('2025-10-04T09:30:00Z');
export const SECRET = 'the-secret-of-the-tests-with-forty-characters';
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

/** What the databases hold, by id. */
export interface Data {
  admins?: AdminRecord[];
  live?: Record<string, Call>;
  archived?: Record<string, ArchivedCall>;
  liveConversations?: Record<string, Conversation>;
  archivedConversations?: Record<string, ArchivedConversation>;
}

export interface LogLine extends LogFields {
  severity: string;
  message: string;
  request_id?: string;
}

/** One live call of Asha's company, with one message. */
export const oneLiveCall: Data = {
  live: { [CALL]: liveCall },
  liveConversations: { [CONVERSATION]: conversationOf(message(1, 'user')) },
};

export interface ApiDeps {
  admins: Admins;
  calls: CallSource;
  tokens: Tokens;
  passwords: Passwords;
  health: HealthOptions;
  log: Log;
  clock: { now(): number };
  version: string;
}

/** Everything that an API needs, in memory; `hash of "<password>"` stands for a password's hash. */
export function dependencies(data: Data = {}) {
  const lines: LogLine[] = [];
  const admins = data.admins ?? [asha, omar];
  const write = (severity: string) => (text: string, fields?: LogFields) =>
    void lines.push({ ...fields, severity, message: text });
  const log: Log = {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    alert: write('alert'),
  };
  const clock = { now: () => NOW };
  const deps: ApiDeps = {
    admins: {
      byEmail: async (email) => admins.find((admin) => admin.email === email),
      byId: async (id) => admins.find((admin) => admin.id === id),
    },
    calls: {
      live: async (id) => data.live?.[id],
      archived: async (id) => data.archived?.[id],
      liveConversation: async (id) => data.liveConversations?.[id],
      archivedConversation: async (id) => data.archivedConversations?.[id],
    },
    tokens: createTokens({ secrets: [SECRET], clock }),
    passwords: {
      hash: async (password) => `hash of "${password}"`,
      verify: async (password, hash) => hash === `hash of "${password}"`,
    },
    health: {
      database: async () => {},
      firestore: async () => {},
      manuals: () => ({ procedures: 41, reviewed: 0 }),
    },
    log,
    clock,
    version: '0.1.0',
  };
  return { deps, lines };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of any shape
  body: any;
}

/** Serves the API on a free port until the test is over. */
export async function startApi(deps: ApiDeps) {
  return serve(apiOver(deps), deps);
}

/** What a token is checked against is taken from the supervisors in memory. */
export function apiOver({
  admins,
  calls,
  tokens,
  passwords,
  health,
  log,
  clock,
  version,
}: ApiDeps) {
  const states: AdminStates = {
    read: async (id) => {
      const admin = await admins.byId(id);
      return admin && stateOf(admin);
    },
    ensure: async () => {},
    change: async () => {},
  };
  const gate = createGate({
    tokens,
    now: clock.now,
    database: { read: async () => ({ value: null, etag: 'null_etag' }) },
    companies: { of: async () => Company.parse({}) },
    states,
  });
  const viewers = {
    of: async ({ adminId, companyId, role }: Principal): Promise<Viewer> => ({
      adminId,
      companyId,
      role,
      visibility: 'company',
      workers: new Set(),
    }),
  };
  const readers = createCallReaders(calls);
  return createApi({
    routes: [
      healthRoute(health, { version, clock, log }),
      loginRoute({
        adminByEmail: admins.byEmail,
        states,
        tries: { count: async () => ({ succeeded: async () => {}, failed: async () => {} }) },
        passwords,
        totp: { use: async () => false },
        tokens,
        audit: { recordDone: async () => {} },
        now: clock.now,
      }),
      ...callRoutes({
        readers,
        viewers,
        desk: createCallDesk({ readers, viewers, holds: { read: async () => null } }),
        audit: { recordReading: async () => {} },
      }),
    ],
    gate,
    limits: createLimits({ perAddress: 100_000, perToken: 100_000 }),
    corsOrigins: ['https://aurora.example'],
    proxyHops: 0,
    log,
    clock,
  });
}

export async function serve(
  listener: RequestListener | Server,
  { tokens }: Pick<ApiDeps, 'tokens'>,
) {
  const server = typeof listener === 'function' ? createServer(listener) : listener;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: json(text) };
  }

  return {
    port,
    ask,
    askAs: (admin: AdminRecord, path: string) =>
      ask(path, { headers: { authorization: `Bearer ${tokens.issue(admin).token}` } }),
    post: (path: string, body: unknown) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ErrorBody = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(20),
    details: z.strictObject({ request_id: z.uuid(), fields: z.unknown().optional() }),
  }),
});

/** Checks the one shape of errors, and that log and answer name one request. */
export function expectError(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
  const { error } = ErrorBody.parse(answer.body);
  expect(answer.headers.get('x-request-id')).toBe(error.details.request_id);
}

/** An API over the data in memory, and the lines that it logs. */
export async function startWith(data: Data = oneLiveCall) {
  const { deps, lines } = dependencies(data);
  return { ...(await startApi(deps)), deps, lines };
}
