import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, csvOf } from './csv.ts';
import { escapeHtml, harmless, harmlessJson } from './harmless.ts';

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', "'", ';', ',', 'a', '\u202e', '\u200b'],
        ...['<', '>', '&', '\u0000', '\u001b[2J', '\ufeff', '＝', '\u2028'],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** RFC 4180, as a spreadsheet reads it. */
function parse(csv: string, separator = ','): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => void rows.at(-1)?.push(cell);
  for (let at = 0; at < csv.length; at += 1) {
    const character = csv[at] ?? '';
    if (quoted && character === '"' && csv[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === separator) {
      end();
      cell = '';
    } else if (!quoted && character === '\r' && csv[at + 1] === '\n') {
      end();
      cell = '';
      rows.push([]);
      at += 1;
    } else cell += character;
  }
  return rows.slice(0, -1);
}

const CALCULATES = /^[\s"]*[=+\-@\t\r＝＋－＠]/u;

describe('a CSV file', () => {
  it('has as many records and cells as were written, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words, words), { minLength: 1 }), (rows) => {
        const read = parse(csvOf(rows).slice(1));
        expect(read.map((row) => row.length)).toEqual(rows.map(() => 3));
      }),
    );
  });

  it('holds no cell that calculates, nor after a semicolon', () => {
    fc.assert(
      fc.property(words, (text) => {
        const [[cell = ''] = []] = parse(`${cellOf(text)}\r\n`);
        for (const part of cell.split(';')) expect(part).not.toMatch(CALCULATES);
        expect(cellOf(text)).not.toMatch(/[\r\n\t]/);
      }),
    );
  });

  it.each([
    '=HYPERLINK("http://evil.example")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '  =1',
    '"=1',
    "'=1",
    '＝1',
    'yes;=cmd()',
  ])('writes %j as text', (text) => {
    expect(cellOf(text)).toMatch(/^"(yes;)?'/);
  });

  it('leaves plain words, names and numbers as they are', () => {
    expect(cellOf('a fire, in hall 3; "north" – आग')).toBe('"a fire, in hall 3; ""north"" – आग"');
    expect(cellOf(12)).toBe('"12"');
    expect(cellOf(null)).toBe('""');
  });
});

describe('words in a page', () => {
  it('are text, and never markup nor the end of a quoted value', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`]/);
      }),
    );
    expect(escapeHtml('<script>alert(1)</script>')).toBe(
      '&#60;script&#62;alert(1)&#60;/script&#62;',
    );
    expect(escapeHtml('&lt;')).toBe('&#38;lt;');
  });
});

describe('harmless words', () => {
  it('show what would act on a line or hide in it', () => {
    expect(harmless('a\u202eb\u200b\u001b[31m\u0000')).toBe(
      'a⟨U+202E⟩b⟨U+200B⟩⟨U+001B⟩[31m⟨U+0000⟩',
    );
    expect(harmless('one\r\ntwo\rthree')).toBe('one\ntwo\nthree');
    expect(harmless('half \ud83d')).toBe('half \ufffd');
  });

  it('keep Hindi, emoji made of several, and right-to-left words', () => {
    for (const text of ['क्‍ष में आग', '👩‍🚒 👍🏽', 'حريق في القاعة', 'אש']) {
      expect(harmless(text)).toBe(text);
    }
  });

  it('are the same value in JSON, and nothing is hidden in its text', () => {
    fc.assert(
      fc.property(words, (text) => {
        const json = harmlessJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u);
      }),
    );
  });
});
