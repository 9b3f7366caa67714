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
import type { Call, Conversation } from '../calls/model.ts';
import type { Log, LogFields } from '../log.ts';
import { createApi } from './api.ts';
import { type CallSource, createCallReaders } from './call-readers.ts';
import { callRoutes } from './call-routes.ts';
import { createCallDesk } from './calls/one-call.ts';
import type { Admins } from './firestore-admins.ts';
import { type HealthOptions, healthRoute } from './health.ts';
import { createLimits } from './limits.ts';
import {
  asha,
  CALL,
  CONVERSATION,
  conversationOf,
  liveCall,
  message,
  omar,
} from './records.fixture.ts';
import { loginRoute } from './session/login.ts';

export const NOW = Date.parse('2025-10-04T09:30:00Z');
export const SECRET = 'the-secret-of-the-tests-with-forty-characters';

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
        keptTokens: createTokens({ secrets: [SECRET], use: 'aurora-kept-sessions', clock }),
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
    details: z.strictObject({
      request_id: z.uuid(),
      fields: z.unknown().optional(),
      holder: z.unknown().optional(),
    }),
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
