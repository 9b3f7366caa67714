import fc from 'fast-check';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import indexes from '../../../../firestore.indexes.json' with { type: 'json' };
import { at } from '../../calls/events.fixture.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import type { Asker } from '../office.fixture.ts';
import { callNumber, importCalls, storedCall, useCalls } from './calls.fixture.ts';
import { MOST_SCANNED } from './history.ts';
import { SUPPORTED } from './history-filters.ts';

const open = useCalls();

const VALUES = {
  urgency: 'URGENT',
  worker_id: 'worker_1',
  medium: 'Voice',
  final_action: 'drill',
  q: 'ammonia',
} as const;
type Field = keyof typeof VALUES;
const FIELDS = Object.keys(VALUES) as Field[];

/** Every set of filters that can be asked for. */
const COMBINATIONS = Array.from({ length: 2 ** FIELDS.length }, (_, bits) =>
  FIELDS.filter((_, place) => bits & (1 << place)),
);

const isSupported = (fields: readonly Field[]) =>
  SUPPORTED.some(
    (known) => known.length === fields.length && fields.every((field) => known.includes(field)),
  );

const startedAt = (seconds: number) => ({
  started_at: Timestamp.fromDate(new Date(at(seconds))),
});

async function pages(who: Asker, query: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let cursor = ''; ; ) {
    const answer = await who.get(`/api/calls?${query}${cursor && `&cursor=${cursor}`}`);
    expect(answer.status).toBe(200);
    found.push(answer.body.items.map(({ call_id }: { call_id: string }) => call_id));
    if (answer.body.next_cursor === null) return found;
    cursor = answer.body.next_cursor;
  }
}

describe('filters of the history', () => {
  it.each(COMBINATIONS.map((fields) => [fields.join('+') || 'none', fields] as const))(
    '%s: answered where an index covers them, with and without dates, else refused by name',
    async (_, fields) => {
      const office = await open();
      await importCalls(office, {
        [callNumber(1)]: { ...VALUES, search: ['ammonia'] },
        [callNumber(2)]: { worker_id: 'other', medium: 'Text' },
      });
      const query = new URLSearchParams(
        fields.map((field): [string, string] => [field, VALUES[field]]),
      );
      for (const dates of ['', '&from=2025-10-01', '&from=2025-10-01&to=2025-10-31']) {
        const answer = await office.steel.viewer.get(`/api/calls?${query}${dates}`);
        if (!isSupported(fields)) {
          expectError(answer, 400, 'unsupported_filter');
          continue;
        }
        expect(answer.status).toBe(200);
        expect(answer.body.items).toHaveLength(fields.length === 0 ? 2 : 1);
      }
    },
  );

  it('have an index each, and no index is without use', () => {
    const composite = indexes.indexes
      .filter(({ collectionGroup }) => collectionGroup === 'calls')
      .map(({ fields }) => fields.map(({ fieldPath }) => fieldPath))
      .filter((fields) => fields.at(-1) === 'started_at')
      .map((fields) => fields.slice(1, -1).sort().join('+'));
    const supported = SUPPORTED.map((fields) =>
      fields
        .map((field) => (field === 'q' ? 'search' : field))
        .sort()
        .join('+'),
    );
    // The newest calls of one incident are asked for elsewhere.
    expect(composite.sort()).toEqual([...supported, 'incident_id'].sort());
  });

  it('take days of the company and instants, both ends included', async () => {
    const office = await open();
    const zone = { '2025-10-03T23:59:59+05:30': 1, '2025-10-04T00:00:00+05:30': 2 };
    for (const [time, n] of Object.entries({ ...zone, '2025-10-04T23:59:59.999+05:30': 3 })) {
      const started_at = Timestamp.fromDate(new Date(time));
      await importCalls(office, { [callNumber(n)]: { started_at } });
    }
    const { viewer } = office.steel;
    const day = [callNumber(3), callNumber(2)];
    expect(await pages(viewer, 'from=2025-10-04&to=2025-10-04')).toEqual([day]);
    expect(await pages(viewer, 'to=2025-10-03')).toEqual([[callNumber(1)]]);
    expect(await pages(viewer, 'from=2025-10-04T00:00:00%2B05:30')).toEqual([day]);
    expect(await pages(viewer, 'from=2025-10-03T18:30:00Z&to=2025-10-03T18:30:00Z')).toEqual([
      [callNumber(2)],
    ]);
    expect(await pages(viewer, 'from=2025-10-04T00:00:00+05:30')).toEqual([day]);
  });

  it.each([
    'from=2025-02-30',
    'from=yesterday',
    'from=2025-10-05&to=2025-10-04',
    'q=a',
    'q=!!!',
    `q=${'word '.repeat(50)}`,
    'q=one%20two%203x%204x%205x%206x%207x%208x%209x%2010%2011',
    'urgency=HIGH',
    'final_action=nothing',
    'cursor=abc',
    `cursor=${Buffer.from('{"s":1,"n":1,"id":"../x"}').toString('base64url')}`,
    `cursor=${Buffer.from('{"s":1,"n":1,"id":"__x__"}').toString('base64url')}`,
    `cursor=${Buffer.from('{"s":1e300,"n":1,"id":"x"}').toString('base64url')}`,
    'limit=0',
    'limit=101',
    'urgency=URGENT&urgency=NORMAL',
  ])('that are malformed change nothing and are a 400 (I7): %s', async (query) => {
    const office = await open();
    const answer = await office.steel.viewer.get(`/api/calls?${query}`);
    expectError(answer, 400, 'invalid_request');
  });
});

describe('words in the history', () => {
  it('must all occur, in any case and accent, in transcript or notes', async () => {
    const office = await open();
    await importCalls(office, {
      [callNumber(1)]: { search: ['ammonia', 'leak', 'cafe'] },
      [callNumber(2)]: { search: ['ammonia', 'cafe'] },
      [callNumber(3)]: { search: ['leak'] },
    });
    const { viewer } = office.steel;
    expect(await pages(viewer, 'q=Ammonia%20LEAK')).toEqual([[callNumber(1)]]);
    expect((await pages(viewer, 'q=caf%C3%A9')).flat()).toHaveLength(2);
    expect(await pages(viewer, 'q=ammoni')).toEqual([[]]);
  });
});

describe('the history', () => {
  it('is paged without a gap or a double, whatever is new at once and however short the pages', async () => {
    const office = await open();
    const seconds = [0, 0, 0, 5, 5, 9, 12, 12, 20, 31];
    for (const [n, second] of seconds.entries()) {
      await importCalls(office, { [callNumber(n)]: startedAt(second) });
    }
    const whole = (await pages(office.steel.viewer, 'limit=100')).flat();
    expect(new Set(whole).size).toBe(seconds.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 11 }), async (limit) => {
        const found = await pages(office.steel.viewer, `limit=${limit}`);
        expect(found.flat()).toEqual(whole);
        expect(found.every((page) => page.length <= limit)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it('holds nothing of another company, whatever the filter (I6)', async () => {
    const office = await open();
    await importCalls(office, {
      [callNumber(1)]: { ...VALUES, urgency: 'CRITICAL', company_id: 'paper', search: ['ammonia'] },
    });
    for (const query of ['', 'q=ammonia', 'worker_id=worker_1', 'urgency=CRITICAL']) {
      expect(await pages(office.steel.company_admin, query)).toEqual([[]]);
    }
    expect(await pages(office.paper.viewer, '')).toEqual([[callNumber(1)]]);
  });

  it('holds under the policy own what is assigned, with 200 workers too (I6)', async () => {
    const office = await open();
    await office.firestore.doc(stored.company('steel')).update({ visibility: 'own' });
    const batch = office.firestore.batch();
    for (let n = 0; n < 200; n++) {
      batch.set(office.firestore.doc(stored.worker(`mine_${n}`)), {
        company_id: 'steel',
        admin_id: office.steel.supervisor.id,
      });
    }
    await batch.commit();
    await importCalls(office, {
      [callNumber(1)]: { worker_id: 'mine_150', ...startedAt(1) },
      [callNumber(2)]: { worker_id: 'theirs', ...startedAt(2) },
      [callNumber(3)]: { worker_id: 'theirs', urgency: 'CRITICAL', ...startedAt(3) },
      [callNumber(4)]: { worker_id: 'unknown', ...startedAt(4) },
      [callNumber(5)]: { worker_id: 'theirs', admin_id: 'steel_supervisor', ...startedAt(5) },
      [callNumber(6)]: { worker_id: 'mine_1', admin_id: 'another', ...startedAt(6) },
    });
    const mine = [5, 4, 3, 1].map(callNumber);
    expect((await pages(office.steel.supervisor, 'limit=2')).flat()).toEqual(mine);
    expect((await pages(office.steel.company_admin, '')).flat()).toHaveLength(6);
  });

  it('looks at a bound of calls for one page, and goes on from there', async () => {
    const office = await open();
    const batches = Math.ceil((MOST_SCANNED + 50) / 500);
    let n = 0;
    for (let batchNumber = 0; batchNumber < batches; batchNumber++) {
      const batch = office.firestore.batch();
      for (let each = 0; each < 500 && n < MOST_SCANNED + 50; each++, n++) {
        const search = n === 0 ? ['ammonia', 'leak'] : ['ammonia'];
        const document = storedCall(callNumber(n), { search, ...startedAt(n) });
        batch.set(office.firestore.doc(stored.call(callNumber(n))), document);
      }
      await batch.commit();
    }
    expect(await pages(office.steel.viewer, 'q=ammonia%20leak')).toEqual([[], [callNumber(0)]]);
  });

  it('leaves out what is malformed, logs it, and answers the rest', async () => {
    const office = await open();
    await importCalls(office, {
      [callNumber(1)]: startedAt(1),
      [callNumber(2)]: { ...startedAt(2), urgency: 'HIGH' },
      [callNumber(3)]: { started_at: 'yesterday' },
      [callNumber(4)]: startedAt(4),
    });
    await office.firestore.doc('calls/imported-by-hand').set({
      company_id: 'steel',
      ...startedAt(4),
    });
    const found = await pages(office.steel.viewer, 'limit=1');
    expect(found.flat()).toEqual([callNumber(4), callNumber(1)]);
    expect(office.lines.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
