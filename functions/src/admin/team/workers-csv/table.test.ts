import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../exports/csv.ts';
import { COLUMNS, columnOf } from './columns.ts';
import { MOST_ROWS, readTable } from './table.ts';

const ASHA = 'Asha,+919800000001';

describe('a file of workers', () => {
  it.each([
    ['commas', 'name,mobile_no\nAsha,+919800000001\n'],
    ['semicolons', 'name;mobile_no\nAsha;+919800000001\n'],
    ['tabs', 'name\tmobile_no\nAsha\t+919800000001\n'],
    ['a mark in front', '\ufeffname,mobile_no\nAsha,+919800000001\n'],
    ['the line ends of Windows', 'name,mobile_no\r\nAsha,+919800000001\r\n'],
    ['the line ends of an old Macintosh', 'name,mobile_no\rAsha,+919800000001'],
    ['no line end behind the last row', `name,mobile_no\n${ASHA}`],
    ['everything in quotation marks', '"name","mobile_no"\n"Asha","+919800000001"\n'],
    ['a word of Excel about the delimiter', 'sep=;\nname;mobile_no\nAsha;+919800000001\n'],
    ['other words over the columns', ' Full Name , Mobile No. \nAsha,+919800000001\n'],
    ['words over the columns in Hindi', 'नाम,मोबाइल नंबर\nAsha,+919800000001\n'],
    ['columns in another order', 'Phone,NAME\n+919800000001,Asha\n'],
    ['empty lines', '\nname,mobile_no\n\n,\nAsha,+919800000001\n\n\n'],
  ])('is read with %s', async (_, csv) => {
    const { rows } = await readTable(csv);
    expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'Asha', mobile_no: '+919800000001' }]);
  });

  it('knows the lines of its rows, though a cell goes over several', async () => {
    const csv = 'name,mobile_no\r\n"Asha\r\nVerma",1\r\n\r\nRavi,2\r\n';
    const { rows } = await readTable(csv);
    expect(rows.map(({ line, cells }) => [line, cells.name])).toEqual([
      [2, 'Asha\nVerma'],
      [5, 'Ravi'],
    ]);
  });

  it('has columns that mean nothing here, which are told', async () => {
    const table = await readTable('id,name,Blood group,mobile_no\n1,Asha,O+,+919800000001');
    expect(table.ignored).toEqual(['id', 'Blood group']);
    expect(table.columns).toEqual(['name', 'mobile_no']);
  });

  it('leaves what a short row does not say, and tells of one that is too long', async () => {
    const { rows } = await readTable('name,mobile_no,site\nAsha,1\nRavi\nMeena,3,A,x\nOmar,4,B,');
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'Asha', mobile_no: '1' },
      { name: 'Ravi', mobile_no: '' },
      { name: 'Meena', mobile_no: '3', site: 'A' },
      { name: 'Omar', mobile_no: '4', site: 'B' },
    ]);
    expect(rows.map(({ isTooLong }) => isTooLong)).toEqual([false, false, true, false]);
  });

  it.each([
    ['no_rows', ''],
    ['no_rows', '\n\n'],
    ['no_rows', 'name,mobile_no\n'],
    ['missing_columns', ASHA],
    ['missing_columns', `name,site\n${ASHA}`],
    ['duplicate_columns', `name,mobile,phone\n${ASHA},1`],
    ['malformed_csv', `name,mobile_no\n"Asha,+919800000001\nRavi,2\n`],
    ['malformed_csv', `name,mobile_no\n"Asha" Verma,+919800000001\nRavi,2\n`],
    ['too_many_rows', `name,mobile_no\n${'Asha,1\n'.repeat(MOST_ROWS + 1)}`],
    ['file_too_large', `name,mobile_no\n${'A'.repeat(1_000_000)},1`],
  ])('is refused as %s', async (code, csv) => {
    await expect(readTable(csv)).rejects.toMatchObject({ code });
  });

  it('says from which line on it cannot be read', async () => {
    const csv = 'name,mobile_no\nAsha,1\n\n"Ravi,2\nMeena,3\n';
    await expect(readTable(csv)).rejects.toMatchObject({ details: { line: 4 } });
  });

  it('of as many rows as may be is read whole', async () => {
    const csv = `name,mobile_no\n${'Asha,1\n'.repeat(MOST_ROWS)}`;
    expect((await readTable(csv)).rows).toHaveLength(MOST_ROWS);
  });

  it('that we write ourselves is read as it was written', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^[^\p{C}\s]/u.test(text));
    const row = fc.tuple(cell, cell, cell, cell, cell);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const { rows: read } = await readTable(csvOf([[...COLUMNS], ...rows]));
        expect(read).toHaveLength(rows.length);
        expect(read.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 2));
      }),
    );
  });

  it('is read or refused with a code, whatever it holds', async () => {
    const piece = fc.oneof(
      fc.constantFrom('"', ',', ';', '\n', '\r\n', '\ufeff', 'name', 'mobile_no', '\0', '=1'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        await readTable(`name,mobile_no\n${pieces.join('')}`).catch((error) => {
          expect(error).toMatchObject({ status: 400, code: expect.any(String) });
        });
      }),
    );
  });
});

describe('the words over columns', () => {
  it('are known without case, spaces and punctuation', () => {
    expect(['Mobile_No', 'mobile no.', 'MOBILE-NO', '"mobile_no"'].map(columnOf)).toEqual(
      Array(4).fill('mobile_no'),
    );
    expect([...COLUMNS].map(columnOf)).toEqual(COLUMNS);
    expect(columnOf('blood group')).toBeUndefined();
  });
});
