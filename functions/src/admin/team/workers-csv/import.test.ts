import type { Firestore } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { stored } from '../../../paths.ts';
import { expectError } from '../../api.fixture.ts';
import { type OfficeParts, useOffice } from '../../office.fixture.ts';
import { teamRoutes } from '../team-routes.ts';

const openOffice = useOffice();

const IMPORT = '/api/workers/import';
const HEAD = 'name,mobile_no,site,language,supervisor\n';

const numberOf = (n: number) => `+9198${String(n).padStart(8, '0')}`;
const many = (count: number) =>
  `name,mobile_no\n${Array.from({ length: count }, (_, n) => `Worker ${n},${numberOf(n)}\n`).join('')}`;

async function workersIn(firestore: Firestore, company = 'steel') {
  const { docs } = await firestore.collection(stored.workers).get();
  return docs.map((document) => document.data()).filter(({ company_id }) => company_id === company);
}

describe('an import', () => {
  it('tells with dry_run what it would do, and does nothing', async () => {
    const { steel, firestore, audited } = await openOffice();
    const { body: site } = await steel.company_admin.post('/api/sites', { name: 'Paint shop' });
    const known = { name: 'Asha', mobile_no: numberOf(1) };
    const { body: asha } = await steel.company_admin.post('/api/workers', known);
    const entries = (await audited()).length;
    const csv = `${HEAD}Asha,${numberOf(1)},paint shop,,\nRavi,${numberOf(2)},,hi-IN,supervisor@steel.example\nBad,12,,,\n`;
    const { body, status } = await steel.company_admin.post(IMPORT, { csv, dry_run: true });
    expect(status).toBe(200);
    expect(body.totals).toEqual({ rows: 3, create: 1, change: 1, unchanged: 0, faulty: 1 });
    expect(body.rows).toMatchObject([
      {
        line: 2,
        outcome: 'change',
        worker_id: asha.id,
        changes: [{ field: 'site', before: '', after: 'Paint shop' }],
      },
      { line: 3, outcome: 'create', worker_id: null },
      { line: 4, outcome: 'faulty', faults: [{ field: 'mobile_no', code: 'invalid_number' }] },
    ]);
    expect(body.faulty_csv).toContain('"Bad","12"');
    expect(site.id).toBeTruthy();
    expect(await workersIn(firestore)).toEqual([{ ...known, company_id: 'steel' }]);
    expect(await audited()).toHaveLength(entries);
  });

  it('stores what it told, with an entry for each worker and one for all', async () => {
    const { steel, firestore, audited } = await openOffice();
    const { body: site } = await steel.company_admin.post('/api/sites', { name: 'Paint shop' });
    const { body: asha } = await steel.company_admin.post('/api/workers', {
      name: 'Asha',
      mobile_no: numberOf(1),
      language: 'hi-IN',
    });
    const before = (await audited()).length;
    const csv = `${HEAD}Asha Verma,${numberOf(1)},Paint shop,,\nRavi,${numberOf(2)},,en-IN,supervisor@steel.example\n`;
    const { body } = await steel.company_admin.post(IMPORT, { csv, dry_run: false });
    expect(body.applied).toEqual({ created: 1, changed: 1, unchanged: 0, complete: true });
    const workers = await workersIn(firestore);
    expect(workers).toHaveLength(2);
    expect(workers).toContainEqual({
      name: 'Asha Verma',
      mobile_no: numberOf(1),
      company_id: 'steel',
      site_id: site.id,
    });
    expect(workers).toContainEqual({
      name: 'Ravi',
      mobile_no: numberOf(2),
      company_id: 'steel',
      language: 'en-IN',
      admin_id: 'steel_supervisor',
    });
    const entries = (await audited()).slice(before);
    expect(entries).toHaveLength(3);
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'worker.changed', target: asha.id, before: asha }),
    );
    expect(entries.at(-1)).toMatchObject({
      action: 'workers.imported',
      target: 'steel',
      who: { kind: 'admin', id: 'steel_company_admin' },
      after: { created: 1, changed: 1, unchanged: 0, complete: true, rows: 2, faulty: 0 },
    });
  });

  it('claims the numbers of those it adds, so that nobody else can be given one', async () => {
    const { steel, firestore } = await openOffice();
    await steel.company_admin.post(IMPORT, { csv: many(250), dry_run: false });
    const { docs } = await firestore.collection(stored.workerNumbers).get();
    expect(docs).toHaveLength(250);
    const workers = await firestore.collection(stored.workers).get();
    expect(new Set(docs.map((claim) => claim.get('worker_id')))).toEqual(
      new Set(workers.docs.map(({ id }) => id)),
    );
    const taken = { name: 'Other', mobile_no: numberOf(7) };
    expectError(await steel.company_admin.post('/api/workers', taken), 409, 'number_taken');
  });

  it('can be repeated: nobody is doubled, and nothing changes', async () => {
    const { steel, firestore, audited } = await openOffice();
    await steel.company_admin.post(IMPORT, { csv: many(120), dry_run: false });
    const entries = (await audited()).length;
    const { body } = await steel.company_admin.post(IMPORT, { csv: many(120), dry_run: false });
    expect(body.totals).toMatchObject({ create: 0, change: 0, unchanged: 120 });
    expect(body.applied).toEqual({ created: 0, changed: 0, unchanged: 0, complete: true });
    expect(await workersIn(firestore)).toHaveLength(120);
    expect(await audited()).toHaveLength(entries + 1);
  });

  it('by two people at once doubles nobody either', async () => {
    const { steel, firestore } = await openOffice();
    const csv = many(150);
    const answers = await Promise.all(
      [1, 2].map(() => steel.company_admin.post(IMPORT, { csv, dry_run: false })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const workers = await workersIn(firestore);
    expect(new Set(workers.map(({ mobile_no }) => mobile_no)).size).toBe(150);
    expect(workers).toHaveLength(150);
  });

  it('with faulty rows stores nothing, unless they are to be left out', async () => {
    const { steel, firestore } = await openOffice();
    const csv = `${HEAD}Ravi,${numberOf(2)},,,\nBad,12,,,\n`;
    const refused = await steel.company_admin.post(IMPORT, { csv, dry_run: false });
    expectError(refused, 409, 'faulty_rows');
    expect(await workersIn(firestore)).toEqual([]);
    const body = { csv, dry_run: false, skip_faulty: true };
    const taken = await steel.company_admin.post(IMPORT, body);
    expect(taken.body.applied).toMatchObject({ created: 1, complete: true });
    expect((await workersIn(firestore)).map(({ name }) => name)).toEqual(['Ravi']);
  });

  it.each([
    ['"', 'malformed_csv'],
    ['name\nRavi', 'missing_columns'],
    ['', 'no_rows'],
  ])('of a file that can’t be read is refused: %j', async (rest, code) => {
    const { steel } = await openOffice();
    const csv = rest === '"' ? `${HEAD}"Ravi` : rest;
    for (const dry_run of [true, false]) {
      const { status, body } = await steel.company_admin.post(IMPORT, { csv, dry_run });
      expect([status, body.error.code]).toEqual([400, code]);
    }
  });

  it('of more than a megabyte is refused', async () => {
    const { steel } = await openOffice();
    const csv = `${HEAD}${'x'.repeat(1_000_001)}`;
    const refused = await steel.company_admin.post(IMPORT, { csv, dry_run: true });
    expectError(refused, 413, 'file_too_large');
    const huge = await steel.company_admin.post(IMPORT, {
      csv: 'x'.repeat(2_100_000),
      dry_run: true,
    });
    expectError(huge, 413, 'body_too_large');
  });

  it('is for a company_admin, and so is the export', async () => {
    const { steel, firestore } = await openOffice();
    for (const role of ['viewer', 'supervisor'] as const) {
      for (const dry_run of [true, false]) {
        const asked = { csv: many(1), dry_run };
        expectError(await steel[role].post(IMPORT, asked), 403, 'forbidden');
      }
      expectError(await steel[role].get('/api/workers/export'), 403, 'forbidden');
    }
    expect(await workersIn(firestore)).toEqual([]);
  });

  it('knows and changes nothing of another company (I6)', async () => {
    const { steel, paper, firestore } = await openOffice();
    const { body: site } = await paper.company_admin.post('/api/sites', { name: 'Paper hall' });
    await paper.company_admin.post('/api/workers', { name: 'Theirs', mobile_no: numberOf(1) });
    const csv = `${HEAD}Mine,${numberOf(1)},,,\nA,${numberOf(2)},Paper hall,,\nB,${numberOf(3)},${site.id},,\nC,${numberOf(4)},,,supervisor@paper.example\nD,${numberOf(5)},,,paper_supervisor\n`;
    const preview = await steel.company_admin.post(IMPORT, { csv, dry_run: true });
    expect(preview.body.rows.map((row: { outcome: string }) => row.outcome)).toEqual([
      'create',
      ...Array(4).fill('faulty'),
    ]);
    await steel.company_admin.post(IMPORT, { csv, dry_run: false, skip_faulty: true });
    expect((await workersIn(firestore, 'paper')).map(({ name }) => name)).toEqual(['Theirs']);
    expect((await paper.company_admin.get('/api/workers/export')).text).not.toContain('Mine');
  });
});

describe('an export', () => {
  it('is a file that says the same when it is imported again, and the audit log notes it', async () => {
    const { steel, firestore, audited } = await openOffice();
    const { body: site } = await steel.company_admin.post('/api/sites', { name: '=Gate; @2' });
    const worker = (id: string, fields: object) =>
      firestore.doc(stored.worker(id)).set({ company_id: 'steel', ...fields });
    await worker('a', { name: '=1+1', mobile_no: numberOf(1), site_id: site.id });
    await worker('b', { name: 'Ra\u202evi', mobile_no: numberOf(2), admin_id: 'steel_supervisor' });
    await worker('c', { name: 'आशा "A", B', mobile_no: numberOf(3), language: 'hi-IN' });
    await worker('d', { name: 'Gone', mobile_no: numberOf(4), site_id: 'gone', admin_id: 'gone' });
    await worker('e', { name: 'By hand', mobile_no: '98-000' });
    const { text, headers } = await steel.company_admin.get('/api/workers/export');
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    expect(headers.get('content-disposition')).toMatch(/filename="workers-\d{4}-\d\d-\d\d\.csv"/);
    expect((await audited()).at(-1)).toMatchObject({
      action: 'workers.exported',
      after: { workers: 5 },
    });
    const saved = text.slice(1).replaceAll('","', '";"').replaceAll('\r\n', '\n');
    for (const csv of [text, saved]) {
      const { body } = await steel.company_admin.post(IMPORT, { csv, dry_run: true });
      expect(body.totals).toEqual({ rows: 5, create: 0, change: 0, unchanged: 5, faulty: 0 });
    }
  });
});

describe('an import that breaks off', () => {
  /** Gives the route a Firestore whose transactions fail from the `n`th on, until it is mended. */
  function failing() {
    let left = Number.POSITIVE_INFINITY;
    const wrap = (firestore: Firestore): Firestore =>
      new Proxy(firestore, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (name !== 'runTransaction') {
            return typeof value === 'function' ? value.bind(target) : value;
          }
          return (...given: Parameters<Firestore['runTransaction']>) => {
            left--;
            if (left < 0) return Promise.reject(new Error('away'));
            return target.runTransaction(...given);
          };
        },
      });
    return {
      wrap,
      failAfter(transactions: number): void {
        left = transactions;
      },
    };
  }

  const { wrap, failAfter } = failing();
  const openFailing = useOffice((parts: OfficeParts) =>
    teamRoutes({ ...parts, firestore: wrap(parts.firestore) }),
  );

  it('tells how far it came, and goes on from there when it is repeated', async () => {
    const { steel, firestore, audited } = await openFailing();
    failAfter(2);
    const csv = many(350);
    const broken = await steel.company_admin.post(IMPORT, { csv, dry_run: false });
    expect([broken.status, broken.body.error.code]).toEqual([503, 'unavailable']);
    expect(broken.body.error.message).toContain('200 workers were added');
    expect(broken.body.error.details.applied).toEqual({
      created: 200,
      changed: 0,
      unchanged: 0,
      complete: false,
    });
    expect(await workersIn(firestore)).toHaveLength(200);
    expect((await audited()).at(-1)).toMatchObject({
      action: 'workers.imported',
      after: { created: 200, complete: false },
    });

    failAfter(Number.POSITIVE_INFINITY);
    const again = await steel.company_admin.post(IMPORT, { csv, dry_run: false });
    expect(again.body.totals).toMatchObject({ create: 150, unchanged: 200 });
    expect(again.body.applied).toMatchObject({ created: 150, complete: true });
    expect(await workersIn(firestore)).toHaveLength(350);
  });
});

describe('an import that takes long', () => {
  let passed = 0;
  const openSlow = useOffice((parts: OfficeParts) => {
    // Each look at the clock is four seconds later than the one before.
    const now = () => {
      passed += 4_000;
      return passed;
    };
    return teamRoutes({ ...parts, now });
  });

  it('answers in time with what it has done, and goes on when it is repeated', async () => {
    const { steel, firestore } = await openSlow();
    const csv = many(450);
    const created: number[] = [];
    for (let complete = false; !complete; ) {
      const { body } = await steel.company_admin.post(IMPORT, { csv, dry_run: false });
      created.push(body.applied.created);
      complete = body.applied.complete;
    }
    expect(created).toEqual([200, 200, 50]);
    expect(await workersIn(firestore)).toHaveLength(450);
  });
});
