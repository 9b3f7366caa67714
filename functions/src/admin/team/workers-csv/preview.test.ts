import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkerView } from '../worker-records.ts';
import { readNumbers } from './cells.ts';
import { createDirectory } from './directory.ts';
import { writeWorkers } from './export-route.ts';
import { faultyFile, previewOf, totalsOf } from './preview.ts';
import { readTable } from './table.ts';

const directory = createDirectory(
  [
    { id: 'paint', name: 'Paint shop' },
    { id: 'gate1', name: 'Gate' },
    { id: 'gate2', name: 'gate' },
  ],
  [{ id: 'sup', email: 'Shift@steel.example' }],
);

const asha: WorkerView = {
  id: 'asha',
  name: 'Asha',
  mobile_no: '+919800000001',
  site_id: 'paint',
  admin_id: 'sup',
  language: 'hi-IN',
};

async function preview(csv: string, workers: readonly WorkerView[] = [asha]) {
  return previewOf((await readTable(csv)).rows, workers, {
    directory,
    numberOf: readNumbers(undefined),
  });
}

async function oneRow(cells: string, head = 'name,mobile_no,site,language,supervisor') {
  const [row] = await preview(`${head}\n${cells}`);
  if (!row) throw new Error('There is no row.');
  return row;
}

describe('a row', () => {
  it('of a number that nobody has is a new worker', async () => {
    const row = await oneRow('Ravi, 0091 98000 00002 ,,,'.replace('0091', '+91'));
    expect(row).toMatchObject({
      outcome: 'create',
      fields: { name: 'Ravi', mobile_no: '+919800000002', site_id: null },
      values: { name: 'Ravi', mobile_no: '+919800000002', site: '', language: '', supervisor: '' },
    });
  });

  it('of a number that is known changes what differs, with before and after', async () => {
    const row = await oneRow('Asha Verma,+91 98000-00001,GATE1,en_in,'.replace('GATE1', 'gate1'));
    expect(row).toMatchObject({ outcome: 'change', known: { id: 'asha' }, faults: [] });
    expect(row.changes).toEqual([
      { field: 'name', before: 'Asha', after: 'Asha Verma' },
      { field: 'site', before: 'Paint shop', after: 'gate1' },
      { field: 'language', before: 'hi-IN', after: 'en-IN' },
      { field: 'supervisor', before: 'Shift@steel.example', after: '' },
    ]);
  });

  it('leaves what its file has no column for', async () => {
    const row = await oneRow('Asha Verma,+919800000001', 'name,mobile_no');
    expect(row.changes).toEqual([{ field: 'name', before: 'Asha', after: 'Asha Verma' }]);
  });

  it.each([
    ['the site by its name, in any case', 'Asha,+919800000001, paint  SHOP ,hi-IN,sup'],
    ['the site and the supervisor by id', 'Asha,+919800000001,paint,hi-IN,sup'],
    [
      'the supervisor by the address, in any case',
      'Asha,+919800000001,paint,hi-IN,SHIFT@steel.example',
    ],
    ['the number as people write it', 'Asha,+91 (98000) 00001,paint,hi-IN,sup'],
    ['an apostrophe before the number', "Asha,'+919800000001,paint,hi-IN,sup"],
  ])('that names %s changes nothing', async (_, cells) => {
    expect(await oneRow(cells)).toMatchObject({ outcome: 'unchanged', changes: [] });
  });

  it.each([
    ['missing', 'name', ',+919800000002,,,'],
    ['missing', 'mobile_no', 'Ravi,,,,'],
    ['too_long', 'name', `${'A'.repeat(121)},+919800000002,,,`],
    ['invalid_number', 'mobile_no', 'Ravi,9800000002,,,'],
    ['invalid_number', 'mobile_no', 'Ravi,none,,,'],
    ['number_shortened', 'mobile_no', 'Ravi,9.198E+11,,,'],
    ['unknown_site', 'site', 'Ravi,+919800000002,Moon,,'],
    ['ambiguous_site', 'site', 'Ravi,+919800000002,GATE,,'],
    ['unknown_supervisor', 'supervisor', 'Ravi,+919800000002,,,nobody@steel.example'],
    ['invalid_language', 'language', 'Ravi,+919800000002,,Hindi please,'],
    ['formula', 'name', '=HYPERLINK(0),+919800000002,,,'],
    ['formula', 'name', ' @SUM(1),+919800000002,,,'],
    ['hidden_character', 'name', 'Ra\u202evi,+919800000002,,,'],
    ['hidden_character', 'name', 'Ra\u0007vi,+919800000002,,,'],
    ['hidden_character', 'mobile_no', 'Ravi,\u202a+919800000002\u202c,,,'],
    ['hidden_character', 'name', '"Ra\nvi",+919800000002,,,'],
    ['too_many_cells', 'row', 'Ravi,+919800000002,,,,Kumar'],
  ])('is faulty: %s in %s', async (code, field, cells) => {
    const row = await oneRow(cells);
    expect(row).toMatchObject({ outcome: 'faulty', fields: {}, changes: [] });
    expect(row.faults).toEqual([{ field, code, message: expect.stringMatching(/^The .+\.$/) }]);
  });

  it('tells all that is wrong with it at once', async () => {
    const row = await oneRow(',12,Moon,Hindi please,nobody');
    expect(row.faults.map(({ field }) => field)).toEqual([
      'name',
      'mobile_no',
      'site',
      'language',
      'supervisor',
    ]);
  });

  it('whose number others have too is faulty, as they are', async () => {
    const rows = await preview(
      'name,mobile_no\nA,+919800000002\nB,+919800000003\nC,+91 98000 00002\nD,x\nE,x\n',
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'faulty',
      'create',
      'faulty',
      'faulty',
      'faulty',
    ]);
    expect(rows[0]?.faults[0]).toMatchObject({
      code: 'duplicate_in_file',
      message: 'The number stands in line 4 too. Keep one of them.',
    });
    expect(totalsOf(rows)).toEqual({ rows: 5, create: 1, change: 0, unchanged: 0, faulty: 4 });
  });

  it('whose number several workers have is faulty', async () => {
    const rows = await preview('name,mobile_no\nAsha,+919800000001\n', [
      asha,
      { ...asha, id: 'b' },
    ]);
    expect(rows[0]?.faults[0]?.code).toBe('number_held_twice');
  });

  it('takes Hindi names with their joiners', async () => {
    const name = 'क्‍षमा शर्मा';
    expect(await oneRow(`${name},+919800000002,,,`)).toMatchObject({
      outcome: 'create',
      values: { name },
    });
  });
});

describe('the file of the faulty rows', () => {
  it('has them as they were, with what is wrong, and can be brought again once mended', async () => {
    const rows = await preview('mobile_no,name,site\n12,Ravi,Moon\n+919800000003,Meena,\n');
    const file = faultyFile(rows) ?? '';
    const again = await preview(file);
    expect(again).toHaveLength(1);
    expect(again[0]?.faults.map(({ code }) => code)).toEqual(['invalid_number', 'unknown_site']);
    expect(file).toContain('"Ravi","12","Moon","","","2","The number must be');
    expect(file.match(/\r\n/g)).toHaveLength(2);
  });

  it('is none where no row is faulty', async () => {
    expect(faultyFile(await preview('name,mobile_no\nMeena,+919800000003\n'))).toBeNull();
  });
});

describe('what is exported', () => {
  /** Whatever an API of ours, or somebody by hand, has stored. */
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('=1+1', "'=1+1", '-Ravi', 'a; =b', '⟨U+202E⟩', 'Ra\u202evi', 'a\tb', '"', ','),
    fc.constantFrom('Gate', 'paint', 'Paint shop', ' ', "''@x"),
  );
  const worker = fc.record({
    id: fc.uuid(),
    name: text
      .map((name) => `W${name}`)
      .chain((name) => fc.constantFrom(name, name.slice(1) || 'W')),
    mobile_no: fc.integer({ min: 0, max: 99_999 }).map((n) => `+9198${String(n).padStart(8, '0')}`),
    site_id: fc.option(fc.constantFrom('paint', 'gate1', 'gate2', 'gone')),
    admin_id: fc.option(fc.constantFrom('sup', 'gone')),
    language: fc.option(fc.constantFrom('en-IN', 'hi-IN', 'xx-odd-1')),
  });
  const workers = fc.uniqueArray(worker, {
    selector: ({ mobile_no }) => mobile_no,
    minLength: 1,
    maxLength: 15,
  });

  it('and imported again changes nobody', async () => {
    await fc.assert(
      fc.asyncProperty(workers, async (all) => {
        const rows = await preview(writeWorkers(all, directory), all);
        expect(rows.map(({ outcome }) => outcome)).toEqual(all.map(() => 'unchanged'));
      }),
    );
  });

  it('can be imported where nobody is, and makes the same workers', async () => {
    const plain = workers.map((all) =>
      all.map((each, at) => ({
        ...each,
        id: '',
        name: ['=1+1', 'Asha', "O'Neil", '-Ravi', 'आशा', 'a; =b'][at % 6] ?? '',
        site_id: each.site_id === 'gone' ? null : each.site_id,
        admin_id: each.admin_id === 'gone' ? null : each.admin_id,
        language: 'hi-IN',
      })),
    );
    await fc.assert(
      fc.asyncProperty(plain, async (all) => {
        const rows = await preview(writeWorkers(all, directory), []);
        const byNumber = (a: { mobile_no?: string }, b: { mobile_no?: string }) =>
          (a.mobile_no ?? '') < (b.mobile_no ?? '') ? -1 : 1;
        expect(rows.map(({ fields }) => ({ ...fields, id: '' })).sort(byNumber)).toEqual(
          all.toSorted(byNumber),
        );
      }),
    );
  });
});
