import { type Firestore, Timestamp } from '@google-cloud/firestore';
import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { encodeCursor } from '../cursor.ts';
import { type Asker, useOffice } from '../office.fixture.ts';
import { readAudit, writeAudit } from './audit-export.ts';
import { createAuditNames } from './audit-names.ts';
import type { AuditSearch } from './audit-search.ts';

const openOffice = useOffice();

async function store(firestore: Firestore, entries: Record<string, object>): Promise<void> {
  for (const [id, entry] of Object.entries(entries)) {
    await firestore.doc(`${stored.auditLog}/${id}`).set({
      company_id: 'steel',
      action: 'worker.changed',
      target: 'w1',
      who: { kind: 'admin', id: 'asha' },
      before: { name: 'A' },
      after: { name: 'B' },
      from: { ip: '203.0.113.7', user_agent: 'curl' },
      request_id: 'r1',
      at: Timestamp.fromDate(new Date('2025-10-04T09:00:00Z')),
      ...entry,
    });
  }
}

const at = (iso: string) => ({ at: Timestamp.fromDate(new Date(iso)) });

async function ids(asker: Asker, query: string): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await asker.get(`/api/audit?${query}${cursor && `&cursor=${cursor}`}`);
    found.push(body.items.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
  }
  return found;
}

describe('the audit log', () => {
  it('shows who did what, when and from where, in the company’s time', async () => {
    const { firestore, steel } = await openOffice();
    await store(firestore, { one: {} });
    expect((await steel.company_admin.get('/api/audit')).body).toEqual({
      items: [
        {
          id: 'one',
          at: '2025-10-04T14:30:00+05:30',
          action: 'worker.changed',
          target: 'w1',
          target_name: 'B',
          who: { kind: 'admin', id: 'asha' },
          who_name: null,
          before: { name: 'A' },
          after: { name: 'B' },
          from: { ip: '203.0.113.7', user_agent: 'curl' },
          request_id: 'r1',
        },
      ],
      next_cursor: null,
    });
  });

  it('is not longer for having been read', async () => {
    const { steel, audited } = await openOffice();
    await steel.company_admin.get('/api/audit');
    expect(await audited()).toEqual([]);
  });

  it('goes from the newest to the oldest, each once, also where times are the same', async () => {
    const { firestore, steel } = await openOffice();
    const same = { at: new Timestamp(1_759_568_400, 123_456_000) };
    await store(firestore, { a: same, b: same, c: same, d: at('2025-10-05T00:00:00Z'), e: {} });
    for (const limit of [1, 2, 5]) {
      const found = await ids(steel.company_admin, `limit=${limit}`);
      expect(found.flat()).toEqual(['d', 'c', 'b', 'a', 'e']);
    }
  });

  it('is the own company’s alone (I6)', async () => {
    const { firestore, steel, paper } = await openOffice();
    await store(firestore, { mine: {}, theirs: { company_id: 'paper' } });
    expect(await ids(steel.company_admin, '')).toEqual([['mine']]);
    expect(await ids(paper.company_admin, 'target=w1')).toEqual([['theirs']]);
  });

  it('can be narrowed by who, action or target, each with a period', async () => {
    const { firestore, steel } = await openOffice();
    await store(firestore, {
      a: { ...at('2025-10-03T18:29:59Z'), target: 'w2' },
      b: { ...at('2025-10-03T18:30:00Z'), who: { kind: 'api_key', id: 'k1' } },
      c: { ...at('2025-10-04T18:29:59Z'), action: 'site.removed' },
      d: at('2025-10-04T18:30:00Z'),
    });
    const list = async (query: string) => (await ids(steel.company_admin, query)).flat();
    expect(await list('who=k1')).toEqual(['b']);
    expect(await list('action=site.removed')).toEqual(['c']);
    expect(await list('target=w2')).toEqual(['a']);
    const day = 'from=2025-10-04&to=2025-10-04';
    expect(await list(day)).toEqual(['c', 'b']);
    expect(await list(`${day}&limit=1`)).toEqual(['c', 'b']);
    expect(await list(`${day}&who=asha`)).toEqual(['c']);
    expect(await list(`${day}&action=worker.changed`)).toEqual(['b']);
    expect(await list(`${day}&target=w1`)).toEqual(['c', 'b']);
    expect(await list('from=2025-10-04T18:30:00Z')).toEqual(['d']);
    expect(await list('to=2025-10-03T18:30:00Z&who=k1')).toEqual(['b']);
  });

  it('is narrowed by who, action and target together', async () => {
    const { firestore, steel } = await openOffice();
    const people = ['asha', 'ravi'].flatMap((id) =>
      ['worker.changed', 'site.removed'].flatMap((action) =>
        ['w1', 'w2'].map((target) => ({ who: { kind: 'admin', id }, action, target })),
      ),
    );
    await store(
      firestore,
      Object.fromEntries(
        people.map((entry) => [
          `${entry.who.id}-${entry.action.slice(0, 4)}-${entry.target}`,
          entry,
        ]),
      ),
    );
    const list = async (query: string) => (await ids(steel.company_admin, query)).flat();
    expect(await list('who=asha&action=site.removed')).toEqual(['asha-site-w2', 'asha-site-w1']);
    expect(await list('who=asha&target=w1')).toEqual(['asha-work-w1', 'asha-site-w1']);
    expect(await list('action=site.removed&target=w1&limit=1')).toEqual([
      'ravi-site-w1',
      'asha-site-w1',
    ]);
    const all = 'who=ravi&action=worker.changed&target=w2';
    expect(await list(all)).toEqual(['ravi-work-w2']);
    expect(await list(`${all}&from=2025-10-04&to=2025-10-04`)).toEqual(['ravi-work-w2']);
    expect(await list(`${all}&from=2025-10-05`)).toEqual([]);
  });

  it('names people, keys and what was done to whom, of the own company alone (I6)', async () => {
    const { firestore, steel } = await openOffice();
    const { id } = steel.supervisor;
    const who = { kind: 'admin', id };
    await firestore.doc(stored.worker('theirs')).set({ company_id: 'paper', name: 'Secret Roy' });
    await firestore.doc(stored.site('steel', 's1')).set({ name: 'Mill 2' });
    const nothing = { before: null, after: null };
    await store(firestore, {
      a: { who, action: 'session.started', target: id, ...nothing },
      b: { who, action: 'site.changed', target: 's1', ...nothing },
      c: { who, action: 'worker.export', target: 'theirs', ...nothing },
      d: {
        who: { kind: 'operator', id: '../x' },
        action: 'worker.export',
        target: '../y',
        ...nothing,
      },
    });
    const { items } = (await steel.company_admin.get('/api/audit')).body;
    const names = items.map((item: Record<string, unknown>) => [item.who_name, item.target_name]);
    expect(names).toEqual([
      [null, null],
      ['supervisor of steel', null],
      ['supervisor of steel', 'Mill 2'],
      ['supervisor of steel', 'supervisor of steel'],
    ]);
  });

  it('names people who were removed as they were named then, of the own company alone (I6)', async () => {
    const { firestore, steel, paper } = await openOffice();
    const gone = { target: 'gone', before: { name: 'Lena Roy' }, after: null };
    await store(firestore, {
      a: { who: { kind: 'admin', id: 'gone' } },
      b: { action: 'admin.removed', ...gone },
      c: { who: { kind: 'admin', id: 'gone' }, company_id: 'paper' },
    });
    expect(await ids(steel.company_admin, 'q=lena')).toEqual([['b', 'a']]);
    expect((await paper.company_admin.get('/api/audit')).body.items[0].who_name).toBeNull();
  });

  it('is searched by beginnings of words of names, ids, addresses and fields', async () => {
    const { firestore, steel } = await openOffice();
    await store(firestore, {
      a: { after: { name: 'Lenä Roy', site_id: 'mill-2' } },
      b: { who: { kind: 'admin', id: steel.supervisor.id }, target: 'w77' },
      c: { from: { ip: '198.51.100.9', user_agent: 'x' }, after: { tags: [{ deep: 'Forklift' }] } },
    });
    const list = async (q: string) => (await ids(steel.company_admin, `q=${q}`)).flat();
    expect(await list('lena')).toEqual(['a']);
    expect(await list('ro%20LEN')).toEqual(['a']);
    expect(await list('mill')).toEqual(['a']);
    expect(await list('supervisor%20of')).toEqual(['b']);
    expect(await list('w77')).toEqual(['b']);
    expect(await list('198.51.100')).toEqual(['c']);
    expect(await list('fork')).toEqual(['c']);
    expect(await list('changed')).toEqual(['c', 'b', 'a']);
    expect(await list('lena%20fork')).toEqual([]);
    expect(await list('ena')).toEqual([]);
  });

  it('is sifted page by page, each entry once', async () => {
    const { firestore, steel } = await openOffice();
    const entries = [...'abcdefgh'].map((id, n) => [id, { target: n % 2 ? 'mill' : 'gate' }]);
    await store(firestore, Object.fromEntries(entries));
    for (const limit of [1, 2, 4]) {
      const found = await ids(steel.company_admin, `q=mil&limit=${limit}`);
      expect(found.flat()).toEqual(['h', 'f', 'd', 'b']);
    }
  });

  it('never shows a secret, should one ever have been written', async () => {
    const { firestore, steel } = await openOffice();
    const secrets = { password_hash: 'x', totp_secret: 'x', deep: [{ link_hash: 'x', kind: 'y' }] };
    await store(firestore, { a: { before: secrets, after: { name: 'B', secret: 'x' } } });
    const { items } = (await steel.company_admin.get('/api/audit')).body;
    expect(items[0]).toMatchObject({ before: { deep: [{ kind: 'y' }] }, after: { name: 'B' } });
    expect(JSON.stringify(items)).not.toContain('"x"');
  });

  it.each([
    'limit=0',
    'cursor=x',
    `cursor=${encodeCursor(['a', 0, 'b'])}`,
    `cursor=${encodeCursor([1e300, 0, 'b'])}`,
    `cursor=${encodeCursor([1, -1, 'b'])}`,
    `cursor=${encodeCursor([1, 0, 'a/b'])}`,
    'who=',
    'who=a&who=b',
    'from=yesterday',
    'from=2025-10-05&to=2025-10-04',
    'q=',
    'q=a',
    `q=${'x'.repeat(201)}`,
    `target=${'x'.repeat(201)}`,
  ])('is refused for ?%s', async (query) => {
    const { steel, lines } = await openOffice();
    expectError(await steel.company_admin.get(`/api/audit?${query}`), 400, 'invalid_request');
    expect(lines.every(({ severity }) => severity === 'info')).toBe(true);
  });

  it.each(['viewer', 'supervisor'] as const)('is no business of a %s', async (role) => {
    const { steel } = await openOffice();
    expectError(await steel[role].get('/api/audit'), 403, 'forbidden');
    expectError(await steel[role].get('/api/audit/export'), 403, 'forbidden');
  });
});

describe('the audit log as a file', () => {
  it('holds what fits the filters, disarmed, and is noted', async () => {
    const { firestore, steel, audited } = await openOffice();
    await store(firestore, {
      a: { after: { name: '=HYPERLINK("http://x")' }, target: '+15550100002' },
      b: { action: 'site.removed' },
      c: { company_id: 'paper' },
    });
    const answer = await steel.company_admin.get('/api/audit/export?action=worker.changed');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="audit-log-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(answer.headers.get('x-export-complete')).toBe('true');
    const [head, first, ...others] = answer.text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(head).toContain('"at","who","action","target","before","after","ip"');
    expect(first).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(first).toContain(`"'+15550100002"`);
    expect(others).toEqual([]);
    const noted = (await audited()).find(({ action }) => action === 'audit.exported');
    expect(noted).toMatchObject({
      target: 'audit_log',
      who: { kind: 'admin', id: steel.company_admin.id },
      after: { entries: 1, filters: { action: 'worker.changed' } },
    });
  });

  it('holds the newest where there are too many, and says that more may fit', async () => {
    const { firestore } = await openOffice();
    const names = ['e', 'd', 'c', 'b', 'a'];
    await store(firestore, Object.fromEntries(names.map((id) => [id, { request_id: `r-${id}` }])));
    const search: AuditSearch = {
      firestore,
      names: createAuditNames(firestore, 'steel'),
      companyId: 'steel',
      timeZone: 'Asia/Kolkata',
      filters: {},
      period: {},
    };
    expect((await readAudit(search)).complete).toBe(true);
    const cut = await readAudit(search, 3);
    expect(cut.complete).toBe(false);
    const lines = writeAudit(cut).trimEnd().split('\r\n');
    expect(lines.map((line) => /"(r-\w)"/.exec(line)?.[1])).toEqual([
      undefined,
      'r-e',
      'r-d',
      'r-c',
      undefined,
    ]);
    expect(lines.at(-1)).toContain('These are the newest 3 entries; more may fit');
  });
});
