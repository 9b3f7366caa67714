import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { hi } from './hi.ts';

/** What is the same in both languages: names, and what is written in Latin letters everywhere. */
const SAME = new Set([
  'Aurora',
  'API',
  'CSV',
  'JSON',
  'SMS',
  'WhatsApp',
  'Twilio',
  'Firestore',
  'PIN',
  'E.164',
  'ID',
  'IP',
]);

type Words =
  | string
  | number
  | boolean
  | null
  | undefined
  | ((...given: unknown[]) => unknown)
  | Form;
interface Form {
  [key: string]: Words;
}

/** Every pair of texts: those of the control room, and each `{ en, hi }` that a file of texts exports. */
async function pairs(): Promise<[name: string, en: Form, hi: Form][]> {
  const names = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (name) =>
      /\.ts$/.test(name) && !/(\.test|^en|^hi|^texts|^use-texts-of|^language)\.ts$/.test(name),
  );
  const found: [string, Form, Form][] = [['en.ts', en as Form, hi as Form]];
  for (const name of names) {
    const file = (await import(join(import.meta.dirname, name))) as Record<string, unknown>;
    for (const [exported, value] of Object.entries(file)) {
      if (typeof value !== 'object' || value === null || value instanceof Map) continue;
      if (!('en' in value && 'hi' in value) || value.en instanceof Map) continue;
      found.push([`${name} ${exported}`, value.en as Form, value.hi as Form]);
    }
  }
  return found;
}

/** The leaves by their paths; a function's words for some numbers. */
function leaves(words: Words, path = ''): [path: string, words: string][] {
  if (typeof words === 'function') {
    const given = Array.from({ length: Math.max(words.length, 4) }, () => '7');
    const told: unknown = words(...given);
    return typeof told === 'string' ? [[`${path}()`, told]] : leaves(told as Words, `${path}()`);
  }
  if (typeof words === 'object' && words !== null) {
    return Object.entries(words).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
  }
  return [[path, String(words)]];
}

/** Words for what the API says in English already, by its codes: English need have none. */
const OPEN = /\.(reasons|faults)\./;
const formOf = (words: [string, string][]) =>
  words.map(([path]) => path).filter((path) => !OPEN.test(path));

describe('every text of the page', async () => {
  const all = await pairs();

  it('is found', () => {
    expect(all.length).toBeGreaterThan(5);
  });

  it.each(all)('of %s has the same form in both languages', (_, english, hindi) => {
    expect(formOf(leaves(hindi)).toSorted()).toEqual(formOf(leaves(english)).toSorted());
  });

  it.each(all)('of %s is translated', (_, english, hindi) => {
    const known = new Map(leaves(english));
    const untranslated = leaves(hindi).filter(
      ([path, words]) => words === known.get(path) && /\p{L}{2}/u.test(words) && !SAME.has(words),
    );
    expect(untranslated).toEqual([]);
  });
});
