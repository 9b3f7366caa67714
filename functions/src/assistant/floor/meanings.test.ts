import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMeanings, loadMeanings, MEANINGS_FILE } from './meanings.ts';
import { soundOf } from './sounds.ts';
import { tokenize } from './words.ts';

const FILE = `# Words
Some prose, which means nothing.

## fire
en: fire, on fire
hi: aag, aag lagi
es: fuego, está ardiendo

## hot
en: fire, warm
`;
const meant = createMeanings(FILE);
const named = (text: string) =>
  meant(tokenize(text)).map(({ name, start, end }) => `${name} ${start}-${end}`);

describe('what words mean', () => {
  test.each([
    ['the hall is on fire', ['fire 3-5', 'fire 4-5', 'hot 4-5']],
    ['the hall is warm', ['hot 3-4']],
    ['hay fuego', ['fire 1-2']],
    ['está ardiendo', ['fire 0-2']],
    ['esta ardiendo', ['fire 0-2']],
    ['yahan aag lagi hai', ['fire 1-3']],
    ['यहाँ आग लगी है', ['fire 1-3']],
    ['some prose which means nothing', []],
    ['', []],
  ])('"%s": %j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test('Hindi is looked for in Hindi only', () => {
    expect(named('aag')).toEqual([]);
    expect(named('aag hai')).toEqual(['fire 0-1']);
  });

  test('names no word of objects', () => {
    expect(named('constructor toString __proto__')).toEqual([]);
  });
});

describe('the meanings that are shipped', () => {
  const shipped = loadMeanings();
  const lines = readFileSync(MEANINGS_FILE, 'utf8').split('\n');
  const sections = lines.filter((line) => line.startsWith('## '));

  test('stand once each, and every line of an entry is in a known language', () => {
    expect(new Set(sections).size).toBe(sections.length);
    const entries = lines.slice(lines.indexOf(sections[0] as string));
    expect(entries.filter((line) => line && !/^(## |(en|hi|es): .)/.test(line))).toEqual([]);
  });

  test('are found in order, each within the text and its longest there', () => {
    const words = fc.constantFrom(
      ...lines
        .filter((line) => /^(en|hi|es): /.test(line))
        .flatMap((line) => line.slice(4).split(/[,\s]+/))
        .filter(Boolean),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (said) => {
        const tokens = tokenize(said.join(' '));
        const found = shipped(tokens);
        const starts = found.map(({ start }) => start);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(tokens.length);
        }
      }),
    );
  });

  test('join the languages: what fire is called', () => {
    for (const text of ['there is a fire', 'hay fuego', 'aag lagi hai', 'आग लगी है']) {
      expect(
        shipped(tokenize(text)).map(({ name }) => name),
        text,
      ).toContain('fire');
    }
    expect(soundOf('aag')).toBe(soundOf('आग'));
  });
});
