import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { VisibilityPolicy } from '../access/companies.ts';
import { live } from '../paths.ts';
import { type Asking, ask } from './ask.fixture.ts';
import { addressOf, headersOf, type Operation, operationsOf } from './operations.fixture.ts';
import { useServed } from './served.fixture.ts';
import {
  CALLS,
  COMPANIES,
  type CompanyId,
  PEOPLE,
  type Person,
  personOf,
  populate,
  setPolicy,
  type WorldCall,
  wordOf,
} from './world.fixture.ts';

/**
 * Two companies, every call of theirs, everybody who may ask, and every operation on calls, under both
 * policies (I6). What is expected is said anew here, and not by the function that decides.
 */
const served = useServed();
let operations: Operation[];

beforeAll(async () => {
  await populate(served);
  const { body } = await ask(served, '/api/openapi.json');
  operations = operationsOf(body);
});

const askAs = (person: Person, path: string, asking: Asking = {}) =>
  ask(served, path, { ...asking, token: person.token });

function isSeen(person: Person, call: WorldCall, policy: VisibilityPolicy): boolean {
  if (person.company !== call.company) return false;
  if (policy === 'company' || person.role === 'company_admin') return true;
  switch (call.kind) {
    case 'of my worker':
      return person.hasWorkers;
    case 'of another worker':
      return false;
    case 'held by somebody':
      // Nobody holds a call that is over.
      return call.place === 'live';
    case 'critical':
    case 'of an unknown caller':
      return true;
  }
}

/** What is a well-formed request of each operation on one call, and changes little. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/call/{call_id}': { admin_notes: 'seen' },
  'POST /api/call/{call_id}/ack': undefined,
  'POST /api/call/{call_id}/dispatch': { who: 'fire brigade', what: 'to gate 3' },
  'POST /api/call/{call_id}/end': {},
  'POST /api/call/{call_id}/takeover': {},
  'POST /api/call/{call_id}/lease': { epoch: 1 },
  'POST /api/call/{call_id}/release': { reason: 'it is settled' },
  'POST /api/call/{call_id}/transfer': { to: 'steel_supervisor' },
  'POST /api/call/{call_id}/page': { reason: 'somebody to gate 3' },
  'POST /api/call/{call_id}/message': { content: 'Stay where you are.' },
  'POST /api/call/{call_id}/join': { mode: 'listen' },
  'POST /api/call/{call_id}/join/mode': { mode: 'listen' },
  'POST /api/call/{call_id}/join/leave': undefined,
  'POST /api/call/{call_id}/join/aurora': { speaks: true },
  'PUT /api/call/{call_id}/hold': { reason: 'the inspector asks' },
  'DELETE /api/call/{call_id}/hold': undefined,
};

describe.each(['company', 'own'] as const)('under the policy `%s`', (policy) => {
  // Settings are believed for ten seconds, so each policy has people of its own time.
  beforeAll(async () => {
    await setPolicy(served, policy);
    const isInForce = async () => expect(await policiesAsSeen()).toEqual([policy, policy]);
    await vi.waitFor(isInForce, { timeout: 20_000, interval: 500 });
  }, 30_000);

  const readers = () =>
    operations.filter(({ method, path }) => method === 'GET' && isOfOneCall(path));

  it.each(PEOPLE.map((person) => [person.id, person] as const))(
    '%s reads and streams just those calls that are to be seen',
    async (_, person) => {
      expect(readers().map(({ path }) => path)).toContain(
        '/api/conversation/{conversation_id}/stream',
      );
      for (const operation of readers()) {
        const answers = await Promise.all(
          CALLS.map(async (call) => {
            const path = addressOf(operation.path, call.company, call);
            const { status, text } = await askAs(person, path);
            return [wordOf(call), status, text.includes(wordOf(call)) || text.includes(call.id)];
          }),
        );
        const expected = CALLS.map((call) => {
          const seen = isSeen(person, call, policy);
          return [wordOf(call), seen ? 200 : 404, seen];
        });
        expect([operation.path, answers]).toEqual([operation.path, expected]);
      }
    },
  );

  it.each(PEOPLE.map((person) => [person.id, person] as const))(
    '%s finds in lists, in the live list and by search just those calls',
    async (_, person) => {
      const expected = (place: WorldCall['place']) =>
        CALLS.filter((call) => call.place === place && isSeen(person, call, policy))
          .map(idOf)
          .sort();
      expect(idsIn(await askAs(person, '/api/calls/active'))).toEqual(expected('live'));
      expect(idsIn(await askAs(person, '/api/calls/stream'))).toEqual(expected('live'));
      expect(idsIn(await askAs(person, '/api/calls'))).toEqual(expected('archived'));
      for (const call of CALLS.filter(({ place }) => place === 'archived')) {
        const found = await askAs(person, `/api/calls?q=${wordOf(call)}`);
        expect(idsIn(found)).toEqual(isSeen(person, call, policy) ? [call.id] : []);
      }
    },
  );

  it.each(PEOPLE.map((person) => [person.id, person] as const))(
    '%s can do nothing to a call that is not to be seen, and learns nothing of it',
    async (_, person) => {
      const changes = operations.filter(
        ({ method, path }) => method !== 'GET' && isOfOneCall(path),
      );
      expect(changes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
        Object.keys(BODIES).sort(),
      );
      const before = served.everything();
      for (const operation of changes) {
        for (const call of CALLS.filter((one) => !isSeen(person, one, policy))) {
          const answer = await askAs(person, addressOf(operation.path, call.company, call), {
            method: operation.method,
            headers: headersOf(operation),
            body: BODIES[`${operation.method} ${operation.path}`],
          });
          const what = `${operation.method} ${operation.path} on ${wordOf(call)}`;
          expect([403, 404], what).toContain(answer.status);
          expect(answer.text).not.toContain(wordOf(call));
        }
      }
      expect(served.everything()).toBe(before);
    },
  );
});

describe('what a company has', () => {
  const owned = () => operations.filter(({ path }) => path.includes('{') && !isOfOneCall(path));

  it.each(COMPANIES)('of %s cannot be read, changed or removed by the other', async (company) => {
    const other = personOf(company === 'steel' ? 'paper' : 'steel', 'company_admin');
    expect(owned().length).toBeGreaterThan(10);
    const before = served.everything();
    for (const operation of owned()) {
      const answer = await askAs(other, addressOf(operation.path, company), {
        method: operation.method,
        headers: headersOf(operation),
        body: OFFICE_BODIES[`${operation.method} ${operation.path}`],
      });
      const what = `${operation.method} ${operation.path}`;
      expect([what, answer.status]).toEqual([what, 404]);
    }
    expect(served.everything()).toBe(before);
  });

  it.each(COMPANIES)('of %s is what its lists hold, and nothing of the other', async (company) => {
    const other: CompanyId = company === 'steel' ? 'paper' : 'steel';
    const lists = operations.filter(
      ({ method, path, isPublic }) =>
        method === 'GET' && !isPublic && !path.includes('{') && path !== FOR_OPERATORS,
    );
    expect(lists.length).toBeGreaterThan(7);
    for (const { path } of lists) {
      const asked = `${path}${QUERIES[path] ?? ''}`;
      const { status, text } = await askAs(personOf(company, 'company_admin'), asked);
      expect([path, status]).toEqual([path, 200]);
      expect([path, text.includes(other)]).toEqual([path, false]);
    }
  });
});

describe('how the installation is doing', () => {
  it.each(PEOPLE.map((person) => [person.id, person] as const))(
    'is not told to %s, who is no operator',
    async (_, person) => {
      expect((await askAs(person, FOR_OPERATORS)).status).toBe(403);
    },
  );

  it('is told to an operator, without a word of any company', async () => {
    const admin = personOf('steel', 'company_admin');
    const path = live.adminState(admin.id);
    const { value, etag } = await served.database().read(path);
    const state = { ...(value as object), operator: true };
    expect(await served.database().compareAndSet(path, etag, state)).toEqual({ done: true });
    const answer = await vi.waitFor(
      async () => {
        const told = await askAs(admin, FOR_OPERATORS);
        expect(told.status).toBe(200);
        return told;
      },
      { timeout: 20_000, interval: 500 },
    );
    expect(answer.body.areas.length).toBeGreaterThan(4);
    for (const company of COMPANIES) expect(answer.text).not.toContain(company);
    for (const call of CALLS) expect(answer.text).not.toContain(wordOf(call));
  }, 30_000);
});

/** The one address that is no company's. */
const FOR_OPERATORS = '/api/operations';

/** Well-formed requests for what is another company's. */
const OFFICE_BODIES: Record<string, unknown> = {
  'PATCH /api/numbers/{number}': { languages: ['en-IN'] },
  'PATCH /api/workers/{worker_id}': { name: 'Mine now' },
  'POST /api/workers/{worker_id}/erase': { confirm: 'Worker other of steel' },
  'PATCH /api/sites/{site_id}': { name: 'Mine now' },
  'PATCH /api/admins/{admin_id}': { name: 'Mine now' },
  'POST /api/admins/{admin_id}/link': {},
  'PATCH /api/manuals/{manual_id}': { text: 'Mine now' },
  'POST /api/manuals/{manual_id}/approve': { hash: '0123456789ab' },
  'POST /api/manuals/{manual_id}/withdraw': { reason: 'Mine now' },
  'POST /api/manuals/{manual_id}/try': { text: 'where is the gate' },
};

/** Of what has no answer without one. */
const QUERIES: Record<string, string> = { '/api/company/retention': '?days=30' };

function isOfOneCall(path: string): boolean {
  return path.includes('{call_id}') || path.includes('{conversation_id}');
}

function idOf({ id }: WorldCall): string {
  return id;
}

function idsIn({ body }: { body: { items: { call_id: string }[] } }): string[] {
  return body.items.map(({ call_id }) => call_id).sort();
}

/** Of each company, by what those who have no workers get to see. */
async function policiesAsSeen(): Promise<VisibilityPolicy[]> {
  return Promise.all(
    COMPANIES.map(async (company) => {
      const seen = idsIn(await askAs(personOf(company, 'viewer'), '/api/calls/active'));
      const all = CALLS.filter((call) => call.company === company && call.place === 'live');
      return seen.length === all.length ? 'company' : 'own';
    }),
  );
}
