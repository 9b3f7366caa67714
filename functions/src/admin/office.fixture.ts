import type { DocumentData, Firestore } from '@google-cloud/firestore';
import { expect } from 'vitest';
import { type AdminAccounts, createAdminAccounts } from '../access/admin-accounts.ts';
import type { AdminRecord, AdminRole } from '../access/admin-record.ts';
import { type AdminStates, createAdminStates, stateOf } from '../access/admin-state.ts';
import { createAdminWriter } from '../access/admin-writer.ts';
import { type Companies, createCompanies } from '../access/companies.ts';
import { createGate, type Gate } from '../access/gate.ts';
import { createLinks, type Links } from '../access/links.ts';
import { DUMMY_HASH } from '../access/passwords.ts';
import { createTokens, type Tokens } from '../access/tokens.ts';
import { createViewers, type Viewers } from '../access/viewers.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log, LogFields } from '../log.ts';
import { stored } from '../paths.ts';
import { type Answer, type LogLine, SECRET, serve } from './api.fixture.ts';
import { createApi } from './api.ts';
import { type Audit, createAudit } from './audit.ts';
import { createLimits } from './limits.ts';
import type { Method, Route } from './route.ts';
import { teamRoutes } from './team/team-routes.ts';

export const COMPANIES = ['steel', 'paper'] as const;
export const ROLES = ['viewer', 'supervisor', 'company_admin'] as const;
type CompanyId = (typeof COMPANIES)[number];

/** What the routes under test are made of: real parts over real, empty databases. */
export interface OfficeParts {
  firestore: Firestore;
  database: LiveDatabase;
  audit: Audit;
  companies: Companies;
  viewers: Viewers;
  states: AdminStates;
  accounts: AdminAccounts;
  links: Links;
  tokens: Tokens;
  gate: Gate;
  log: Log;
  /** Epoch milliseconds: the real time, moved on by `passTime`. */
  now: () => number;
}

/** Somebody who has signed in, and asks the API. */
export type Asker = Awaited<ReturnType<ReturnType<typeof useOffice>>>['steel']['viewer'];

interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * An API over real databases, for each test its own: two companies, `steel` and `paper`, and in each
 * a viewer, a supervisor and a company_admin who have signed in (`steel_viewer` and so on). Whatever
 * an answer holds is checked against the schema that its route has for it.
 */
export function useOffice(routesOf: (parts: OfficeParts) => Route[] = teamRoutes) {
  const realtimeDatabase = useRealtimeDatabase();
  const emptyFirestore = useFirestore();

  return async function openOffice() {
    const lines: LogLine[] = [];
    let passed = 0;
    const now = () => Date.now() + passed;
    const parts = partsOf(emptyFirestore(), realtimeDatabase.emptyDatabase(), logTo(lines), now);
    const { firestore, gate, log, tokens } = parts;
    const staff = COMPANIES.flatMap((company) => ROLES.map((role) => adminOf(company, role)));
    await Promise.all([...COMPANIES.map((id) => writeCompany(firestore, id)), ...staff.map(hire)]);

    const routes = routesOf(parts);
    const limits = createLimits({ perAddress: 100_000, perToken: 100_000 });
    const app = createApi({
      routes,
      gate,
      limits,
      log,
      clock: { now },
      corsOrigins: ['https://aurora.example'],
      proxyHops: 0,
    });
    const { ask: send, port } = await serve(app, parts);

    async function hire({ id, ...admin }: AdminRecord): Promise<void> {
      await firestore.doc(stored.admin(id)).set(admin);
      await parts.states.ensure(id, stateOf({ id, ...admin }));
    }

    async function ask(method: Method, path: string, token?: string, sent: Sent = {}) {
      const answer = await send(path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(sent.body !== undefined && { 'content-type': 'application/json' }),
          ...sent.headers,
        },
        ...(sent.body !== undefined && { body: textOf(sent.body) }),
      });
      if (answer.status < 300) expectDescribed(routes, method, path, answer);
      return answer;
    }

    function askerOf(admin: AdminRecord) {
      const { token } = tokens.issue(admin);
      return {
        id: admin.id,
        token,
        get: (path: string, headers?: Sent['headers']) =>
          ask('GET', path, token, { ...(headers && { headers }) }),
        post: (path: string, body?: unknown, headers: Sent['headers'] = {}) =>
          ask('POST', path, token, { body, headers }),
        patch: (path: string, body?: unknown, headers: Sent['headers'] = {}) =>
          ask('PATCH', path, token, { body, headers }),
        delete: (path: string) => ask('DELETE', path, token),
      };
    }

    const team = (company: CompanyId) => ({
      viewer: askerOf(adminOf(company, 'viewer')),
      supervisor: askerOf(adminOf(company, 'supervisor')),
      company_admin: askerOf(adminOf(company, 'company_admin')),
    });

    return {
      ...parts,
      lines,
      port,
      routes,
      ask,
      steel: team('steel'),
      paper: team('paper'),
      passTime(milliseconds: number): void {
        passed += milliseconds;
      },
      /** All entries of the audit log, the oldest first. */
      async audited(): Promise<DocumentData[]> {
        const { docs } = await firestore.collection(stored.auditLog).get();
        const inOrder = docs.sort((a, b) =>
          a.createTime.valueOf().localeCompare(b.createTime.valueOf()),
        );
        return inOrder.map((document) => document.data());
      },
    };
  };
}

export function adminOf(company: CompanyId, role: AdminRole): AdminRecord {
  return {
    id: `${company}_${role}`,
    email: `${role}@${company}.example`,
    name: `${role} of ${company}`,
    company_id: company,
    role,
    password_hash: DUMMY_HASH,
    disabled: false,
    operator: false,
    version: 1,
  };
}

async function writeCompany(firestore: Firestore, id: CompanyId): Promise<void> {
  await firestore.doc(stored.company(id)).set({
    name: `The ${id} company`,
    time_zone: 'Asia/Kolkata',
    languages: ['en-IN'],
    emergency_number: '112',
  });
}

function partsOf(
  firestore: Firestore,
  database: LiveDatabase,
  log: Log,
  now: () => number,
): OfficeParts {
  const lazily = async () => firestore;
  const tokens = createTokens({ secrets: [SECRET], clock: { now } });
  const states = createAdminStates(database);
  const companies = createCompanies({ firestore: lazily, now });
  const viewers = createViewers({ companies, firestore: lazily, now });
  const gate = createGate({ tokens, states, companies, database, now });
  const audit = createAudit({ firestore, log });
  const forget = gate.forgetAdmin;
  const writer = createAdminWriter({ firestore, states, audit, forget, now });
  const accounts = createAdminAccounts({ firestore, states, audit, writer });
  const links = createLinks({ firestore, audit, baseUrl: 'https://aurora.example', now });
  return {
    firestore,
    database,
    audit,
    companies,
    viewers,
    states,
    accounts,
    links,
    tokens,
    gate,
    log,
    now,
  };
}

function logTo(lines: LogLine[]): Log {
  const write = (severity: string) => (message: string, fields?: LogFields) =>
    void lines.push({ ...fields, severity, message });
  return { info: write('info'), warn: write('warn'), error: write('error'), alert: write('alert') };
}

/** Text goes out as it is, so that a test can send what no JSON.stringify makes. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** That the route says of this status what it answers, and that nothing else stands in the body. */
function expectDescribed(routes: readonly Route[], method: Method, path: string, answer: Answer) {
  const address = new URL(path, 'http://office').pathname;
  const route = routes.find((each) => each.method === method && pattern(each.path).test(address));
  const described = route?.answers[answer.status];
  expect(described, `${method} ${address} answers ${answer.status}`).toBeDefined();
  if (described?.contentType) return;
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  if (described?.otherTypes?.includes(type)) return;
  if (described?.schema) expect(described.schema.parse(answer.body)).toEqual(answer.body);
  else expect(answer.text).toBe('');
  for (const name of Object.keys(described?.headers ?? {})) {
    expect(answer.headers.get(name), name).not.toBeNull();
  }
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}
