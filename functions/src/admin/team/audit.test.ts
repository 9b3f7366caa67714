import { type Firestore, Timestamp } from '@google-cloud/firestore';
import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { encodeCursor } from '../cursor.ts';
import { type Asker, useOffice } from '../office.fixture.ts';

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
          who: { kind: 'admin', id: 'asha' },
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

  it.each(['who=a&action=b', 'who=a&target=b', 'action=a&target=b', 'who=a&action=b&target=c'])(
    'has no index for ?%s',
    async (query) => {
      const { steel } = await openOffice();
      expectError(await steel.company_admin.get(`/api/audit?${query}`), 400, 'unsupported_filter');
    },
  );

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
    `target=${'x'.repeat(201)}`,
  ])('is refused for ?%s', async (query) => {
    const { steel, lines } = await openOffice();
    expectError(await steel.company_admin.get(`/api/audit?${query}`), 400, 'invalid_request');
    expect(lines.every(({ severity }) => severity === 'info')).toBe(true);
  });

  it.each(['viewer', 'supervisor'] as const)('is no business of a %s', async (role) => {
    const { steel } = await openOffice();
    expectError(await steel[role].get('/api/audit'), 403, 'forbidden');
  });
});
