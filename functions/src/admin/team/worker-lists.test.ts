import type { Firestore } from '@google-cloud/firestore';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { encodeCursor } from '../cursor.ts';
import { type Asker, useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

interface Stored {
  name: string;
  mobile_no?: string;
  company_id?: string;
  site_id?: string;
  admin_id?: string;
}

async function store(firestore: Firestore, workers: Record<string, Stored>): Promise<void> {
  const batch = firestore.batch();
  for (const [id, worker] of Object.entries(workers)) {
    const fields = { mobile_no: '+919800000000', company_id: 'steel', ...worker };
    batch.set(firestore.doc(stored.worker(id)), fields);
  }
  await batch.commit();
}

/** The ids of all pages, one list each. */
async function pages(asker: Asker, query: string): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await asker.get(`/api/workers?${query}${cursor && `&cursor=${cursor}`}`);
    found.push(body.items.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
  }
  return found;
}

describe('the list of workers', () => {
  it('goes by name, then by id, and gives each once whatever the page size', async () => {
    const { firestore, steel } = await openOffice();
    const names = ['Asha', 'Asha', 'Asha', 'Meena', 'Ravi', 'आशा', '\u{1F9D1}'];
    const workers = Object.fromEntries(names.map((name, n) => [`w${n}`, { name }]));
    await store(firestore, { ...workers, foreign: { name: 'Ben', company_id: 'paper' } });
    for (const limit of [1, 2, 3, 7, 8]) {
      const found = await pages(steel.viewer, `limit=${limit}`);
      expect(found.flat()).toEqual(names.map((_, n) => `w${n}`));
      expect(found.every((page) => page.length <= limit)).toBe(true);
    }
  });

  it('can be narrowed to a site, a supervisor, or both', async () => {
    const { firestore, steel } = await openOffice();
    await store(firestore, {
      a: { name: 'A', site_id: 's1', admin_id: 'x' },
      b: { name: 'B', site_id: 's1', admin_id: 'y' },
      c: { name: 'C', site_id: 's2', admin_id: 'x' },
      d: { name: 'D', site_id: 's1', admin_id: 'x', company_id: 'paper' },
    });
    expect(await pages(steel.viewer, 'limit=1&site_id=s1')).toEqual([['a'], ['b']]);
    expect(await pages(steel.viewer, 'admin_id=x')).toEqual([['a', 'c']]);
    expect(await pages(steel.viewer, 'site_id=s1&admin_id=x')).toEqual([['a']]);
    expect(await pages(steel.viewer, 'site_id=s3')).toEqual([[]]);
  });

  it.each([
    ['part of a name, in any case', 'KUM', ['ravi']],
    ['a name without its marks', 'andre', ['andre']],
    ['another script', 'आशा', ['asha']],
    ['the digits of a number, as people write them', '98123-45', ['ravi']],
    ['a number with its plus sign', '%2B9198', ['andre', 'asha', 'ravi']],
    ['what nobody has', 'zzz', []],
    ['a pattern, which is no pattern here', '.*', []],
    ['nothing but space', '%20', ['andre', 'asha', 'ravi']],
  ])('is searched for %s', async (_, q, ids) => {
    const { firestore, steel } = await openOffice();
    await store(firestore, {
      ravi: { name: 'Ravi Kumar', mobile_no: '+919812345678' },
      andre: { name: 'André Silva', mobile_no: '+919800000001' },
      asha: { name: 'आशा', mobile_no: '+919800000002' },
      other: { name: 'Ravi Kumar', mobile_no: '+919812345678', company_id: 'paper' },
    });
    expect((await pages(steel.viewer, `q=${q}`)).flat().sort()).toEqual(ids);
  });

  it('is searched in pages that lose and double nobody', async () => {
    const { firestore, steel } = await openOffice();
    const names = Array.from({ length: 24 }, (_, n) => (n % 3 === 0 ? `Asha ${n}` : `Ravi ${n}`));
    await store(firestore, Object.fromEntries(names.map((name, n) => [`w${n}`, { name }])));
    const asked = fc.record({ limit: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(asked, async ({ limit }) => {
        const found = (await pages(steel.viewer, `q=asha&limit=${limit}`)).flat();
        expect(new Set(found).size).toBe(found.length);
        expect(found).toHaveLength(8);
      }),
      { numRuns: 9 },
    );
  });

  it('goes on behind what one search may read', async () => {
    const { firestore, steel } = await openOffice();
    for (const part of [0, 1, 2]) {
      const some = Array.from({ length: 400 }, (_, n) => [`w${part}-${n}`, { name: `A${part}` }]);
      await store(firestore, Object.fromEntries(some));
    }
    await store(firestore, { last: { name: 'Zoe' } });
    const found = await pages(steel.viewer, 'q=zoe');
    expect(found).toEqual([[], ['last']]);
  });

  it('shows what was stored by hand, with null for what is missing', async () => {
    const { firestore, steel } = await openOffice();
    await firestore.doc(stored.worker('odd')).set({ company_id: 'steel', name: 7, site_id: ['x'] });
    expect((await steel.viewer.get('/api/workers')).body.items).toEqual([
      { id: 'odd', name: '', mobile_no: '', site_id: null, admin_id: null, language: null },
    ]);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    `cursor=${encodeCursor(['a'])}`,
    `cursor=${encodeCursor(['a', 'b/c'])}`,
    `cursor=${encodeCursor(['a', '__x__'])}`,
    `cursor=${encodeCursor(['a', { b: 1 }])}`,
    `cursor=${encodeCursor([null, 'b'])}`,
    'site_id=__proto__',
    'admin_id=a%2Fb',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
  ])('is refused for ?%s', async (query) => {
    const { steel } = await openOffice();
    expectError(await steel.viewer.get(`/api/workers?${query}`), 400, 'invalid_request');
  });

  it('goes on behind a name of the greatest length in any script', async () => {
    const { steel } = await openOffice();
    const name = '\u{1F9D1}'.repeat(60);
    for (const n of [1, 2]) {
      const added = { name, mobile_no: `+91981234567${n}` };
      expect((await steel.company_admin.post('/api/workers', added)).status).toBe(201);
    }
    expect(await pages(steel.viewer, 'limit=1')).toHaveLength(2);
  });
});
