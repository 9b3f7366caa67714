import jwt from 'jsonwebtoken';
import type { AdminRole } from '../access/admin-record.ts';
import { stateOf } from '../access/admin-state.ts';
import type { VisibilityPolicy } from '../access/companies.ts';
import { createTokens } from '../access/tokens.ts';
import { adminOf } from '../admin/office.fixture.ts';
import { callFields } from '../archive/document.ts';
import { hashOf } from '../assistant/manual/passages.ts';
import { conversationId, messageId } from '../calls/ids.ts';
import type { Call, Message, StoredMessage } from '../calls/model.ts';
import { isoInZone } from '../calls/times.ts';
import { live, stored } from '../paths.ts';
import { SECRET, type Served } from './served.fixture.ts';

/** Two companies with people and calls of every kind, for generated tests. */

export const COMPANIES = ['steel', 'paper'] as const;
export type CompanyId = (typeof COMPANIES)[number];
const ROLES = ['viewer', 'supervisor', 'company_admin'] as const;

/** What makes somebody see a call, or not. */
export const KINDS = [
  'of my worker',
  'of another worker',
  'of an unknown caller',
  'critical',
  'held by somebody',
] as const;
export type Kind = (typeof KINDS)[number];

const PLACES = ['live', 'archived'] as const;
export type Place = (typeof PLACES)[number];

export interface WorldCall {
  id: string;
  company: CompanyId;
  kind: Kind;
  place: Place;
}

const ZONE = 'Asia/Kolkata';
const START = Date.parse('2026-11-20T09:00:00Z');

/** One call of each kind, company and place; each says something that no other call does. */
export const CALLS: readonly WorldCall[] = COMPANIES.flatMap((company, c) =>
  PLACES.flatMap((place, p) =>
    KINDS.map((kind, k) => {
      const serial = c * 100 + p * 10 + k;
      const time = `0903${String(10 + k)}`;
      const id = `call_1555010${String(1000 + serial)}_20261120_${time}_0a${String(serial).padStart(4, '0')}`;
      return { id, company, kind, place };
    }),
  ),
);

export function wordOf({ company, kind, place }: WorldCall): string {
  return `word${company}${place}${KINDS.indexOf(kind)}`;
}

export interface Person {
  id: string;
  company: CompanyId;
  role: AdminRole;
  /** Whether the workers `of my worker` are this supervisor's. */
  hasWorkers: boolean;
  token: string;
}

const tokens = createTokens({ secrets: [SECRET], clock: { now: () => Date.now() } });

function person(company: CompanyId, role: AdminRole, hasWorkers = false): Person {
  const id = hasWorkers ? `${company}_guardian` : `${company}_${role}`;
  return { id, company, role, hasWorkers, token: tokens.issue({ id }).token };
}

/** In each company one of each role, and a supervisor who has workers. */
export const PEOPLE: readonly Person[] = COMPANIES.flatMap((company) => [
  ...ROLES.map((role) => person(company, role)),
  person(company, 'supervisor', true),
]);

export function personOf(company: CompanyId, role: AdminRole): Person {
  const found = PEOPLE.find((one) => one.company === company && one.role === role);
  if (!found) throw new Error('Nobody has this role.');
  return found;
}

/** Tokens that must open nothing, by what is wrong with them. */
export function badTokens(): Record<string, string | undefined> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'aurora',
    aud: 'aurora-supervisors',
    sub: 'steel_company_admin',
    jti: '00000000-0000-4000-8000-000000000001',
    at: now * 1_000,
    iat: now,
    exp: now + 3_600,
  };
  const sign = (changed: object, secret = SECRET) => jwt.sign({ ...claims, ...changed }, secret);
  return {
    none: undefined,
    garbage: 'garbage',
    'an API key that is none': `aurora_${'0'.repeat(20)}_${'a'.repeat(43)}`,
    expired: sign({ iat: now - 7_200, at: (now - 7_200) * 1_000, exp: now - 3_600 }),
    'signed with another secret': sign({}, 'another-secret-of-forty-characters-or-so'),
    'signed by nobody': jwt.sign(claims, '', { algorithm: 'none' }),
    'for somebody else': sign({ aud: 'others' }),
    'of nobody here': sign({ sub: 'nobody' }),
    revoked: sign({ jti: REVOKED }),
    'from before a sign-out everywhere': sign({ sub: 'steel_left', at: now * 1_000 - 60_000 }),
    'of somebody who is disabled': sign({ sub: 'steel_disabled' }),
  };
}

const REVOKED = '00000000-0000-4000-8000-00000000dead';

/** What people dial to reach the company. */
export function numberOf(company: CompanyId): string {
  return company === 'steel' ? '+15550100002' : '+15550100003';
}

/** Writes all of it into the empty databases. */
export async function populate(served: Served): Promise<void> {
  const firestore = served.firestore();
  const database = served.database();
  const put = (path: string, value: unknown) => database.create(path, value);
  const writes: Promise<unknown>[] = [
    put(live.revokedToken(REVOKED), { expires_at: Date.now() + 3_600_000 }),
  ];
  for (const company of COMPANIES) {
    writes.push(
      firestore.doc(stored.company(company)).set({ name: company, time_zone: ZONE }),
      ...manualOf(company).map(([path, fields]) => firestore.doc(path).set(fields)),
      firestore.doc(stored.site(company, `${company}_site`)).set({ name: `Site of ${company}` }),
      firestore.doc(stored.number(numberOf(company))).set({ company_id: company }),
      ...(['mine', 'other'] as const).map((whose, index) =>
        firestore.doc(stored.worker(`${company}_${whose}`)).set({
          name: `Worker ${whose} of ${company}`,
          mobile_no: `+1555010${company === 'steel' ? 3 : 4}00${index}`,
          company_id: company,
          ...(whose === 'mine' && { admin_id: `${company}_guardian` }),
        }),
      ),
    );
  }
  const left = { ...adminOf('steel', 'supervisor'), id: 'steel_left', email: 'left@steel.example' };
  const disabled = { ...left, id: 'steel_disabled', email: 'd@steel.example', disabled: true };
  const staff = PEOPLE.map(({ id, company, role }) => ({
    ...adminOf(company, role),
    id,
    email: `${id}@example.com`,
  }));
  for (const { id, ...admin } of [...staff, left, disabled]) {
    const state = stateOf({ id, ...admin });
    writes.push(
      firestore.doc(stored.admin(id)).set(admin),
      put(live.adminState(id), id === left.id ? { ...state, not_before: Date.now() } : state),
    );
  }
  for (const call of CALLS) writes.push(...writesOf(call, served));
  await Promise.all(writes);
}

/** A draft of a guide that only this company has. */
function manualOf(company: CompanyId): [path: string, fields: object][] {
  const text = `---\nid: ${company}-guide\ntitle: Guide\nsource: Us\n---\n\nThe gate of ${company} is open.\n`;
  const author = {
    id: `${company}_somebody`,
    name: 'Somebody',
    role: 'supervisor',
    at: new Date(),
  };
  const draft = {
    company_id: company,
    version: 1,
    status: 'draft',
    kind: 'guide',
    title: 'Guide',
    source: 'Us',
    hash: hashOf(text),
    passages: 1,
    authors: [author],
    approved: null,
    published: null,
    withdrawn: null,
    text,
  };
  const id = `${company}-guide.en`;
  return [
    [stored.manual(company, id), { company_id: company, version: 1, published_version: null }],
    [stored.manualVersion(company, id, 1), draft],
  ];
}

export async function setPolicy(served: Served, visibility: VisibilityPolicy): Promise<void> {
  await Promise.all(
    COMPANIES.map((id) => served.firestore().doc(stored.company(id)).update({ visibility })),
  );
}

function writesOf(call: WorldCall, served: Served): Promise<unknown>[] {
  const conversation = conversationId(call.id);
  const said = messageOf(call);
  const { id, ...message } = said;
  if (call.place === 'archived') {
    const written = new Date(START + 120_000);
    const fields = { ...callFields(fieldsOf(call), [said]), timestamp: written };
    return [
      served
        .firestore()
        .doc(stored.call(call.id))
        .set({ final_action: null, admin_notes: null, ...fields, resolved_at: written }),
      served
        .firestore()
        .doc(stored.conversation(conversation))
        .set({ call_id: call.id, messages: [said], archived_at: written, total_messages: 1 }),
      served.database().create(live.tombstone(call.id), { archived_at: iso(120_000) }),
    ];
  }
  const words: StoredMessage = message;
  return [
    served.database().create(live.call(call.id), fieldsOf(call)),
    served
      .database()
      .create(live.conversation(conversation), { call_id: call.id, messages: { [id]: words } }),
  ];
}

function messageOf(call: WorldCall): Message {
  return {
    id: messageId({ n: 1, random: 'abcdef0123' }, 'user'),
    role: 'user',
    content: `I say ${wordOf(call)} now`,
    timestamp: iso(10_000),
    sources: '',
  };
}

function fieldsOf(call: WorldCall): Call {
  const { id, company, kind, place } = call;
  const isCritical = kind === 'critical';
  const by = { kind: 'aurora' as const, turn: 1, at: iso(10_000) };
  return {
    worker_id: workerOf(company, kind),
    mobile_no: `+${id.split('_')[1]}`,
    conversation_id: conversationId(id),
    urgency: isCritical ? 'CRITICAL' : 'NORMAL',
    urgency_by: isCritical ? { ...by, raised: { CRITICAL: by } } : by,
    status: place === 'live' ? 'ACTIVE' : 'ENDED',
    timestamp: iso(0),
    medium: 'Text',
    last_message_at: iso(10_000),
    company_id: company,
    facts: {
      where: { value: wordOf(call), confidence: 0.9, turn: 1, at: iso(10_000), by: 'words' },
    },
    ...(place === 'archived' && { ended_at: iso(60_000), end_reason: 'completed' }),
    ...(kind === 'held by somebody' && {
      owner: { kind: 'supervisor' as const, id: `${company}_somebody`, epoch: 1 },
    }),
  };
}

function workerOf(company: CompanyId, kind: Kind): string {
  if (kind === 'of my worker') return `${company}_mine`;
  return kind === 'of an unknown caller' ? 'unknown' : `${company}_other`;
}

function iso(millisecondsAfterStart: number): string {
  return isoInZone(START + millisecondsAfterStart, ZONE);
}
