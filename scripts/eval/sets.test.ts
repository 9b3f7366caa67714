import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Conversation,
  type Question,
  readRows,
  type Utterance,
} from '../../functions/eval/rows.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import { ownSet } from './arguments.ts';

const LANGUAGES = ['en', 'hi', 'hi-Latn', 'es'];
const pack = embeddedPack();
const read = (name: string) => readRows(ownSet(name));
const utterances = (name: string) => read(name).rows as Utterance[];
const questions = (name: string) => read(name).rows as Question[];
const conversations = read('conversations').rows as Conversation[];
const SETS = ['dev', 'unseen'];
const LEARNED = [...'abcdefghijk'].map((name) => `dev-more-${name}`).concat('dev-answers');
/** Their writers speak one language, or two. */
const OF_SOME_LANGUAGES = new Set([...'fghijk'].map((name) => `dev-more-${name}`));
const RETRIEVAL = ['retrieval-dev', 'retrieval-unseen'];

describe.each([...SETS, ...LEARNED, ...RETRIEVAL, 'conversations'])('the set %s', (name) => {
  const rows: {
    id?: string | undefined;
    lang?: string | undefined;
    category?: string | undefined;
  }[] = read(name).rows;

  test('has one id a row, which names the set', () => {
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(rows.length);
    expect(ids.filter((id) => !id?.startsWith(`${name}-`))).toEqual([]);
  });

  test('names a known language and a category in every row', () => {
    const odd = rows.filter(({ lang, category }) => !LANGUAGES.includes(lang ?? '') || !category);
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  test('has rows in every language, or in those that its writer speaks', () => {
    const spoken = new Set(rows.map(({ lang }) => lang));
    const known = LANGUAGES.filter((lang) => spoken.has(lang));
    expect([...spoken].sort()).toEqual([...known].sort());
    if (!OF_SOME_LANGUAGES.has(name)) expect(known).toEqual(LANGUAGES);
  });
});

describe.each(SETS)('the utterances of %s', (name) => {
  test('are many, of every urgency, and name their source', () => {
    const rows = utterances(name);
    expect(rows.length).toBeGreaterThanOrEqual(350);
    expect(Object.keys(Object.groupBy(rows, ({ label }) => label)).sort()).toEqual([
      'CRITICAL',
      'NORMAL',
      'URGENT',
    ]);
    expect(rows.filter(({ source }) => !source).map(({ id }) => id)).toEqual([]);
  });

  test('name hazards that have a card, and none that is not there', () => {
    const odd = utterances(name).filter(
      ({ hazard, label }) => hazard && (label === 'NORMAL' || !pack.procedures.has(hazard)),
    );
    expect(odd.map(({ id }) => id)).toEqual([]);
  });
});

describe.each(RETRIEVAL)('the questions of %s', (name) => {
  test('are many, some of them outside of the manual', () => {
    const rows = questions(name);
    expect(rows.length).toBeGreaterThanOrEqual(80);
    const outside = rows.filter(({ passages }) => passages.length === 0);
    expect(outside.length).toBeGreaterThanOrEqual(20);
    expect(outside.every(({ category }) => category === 'out-of-manual')).toBe(true);
  });

  test('name passages that exist', () => {
    const known = new Set(pack.passages.map(({ id }) => id));
    expect(
      questions(name).flatMap(({ passages }) => passages.filter((id) => !known.has(id))),
    ).toEqual([]);
  });
});

test('conversations name cards that exist, and never sink', () => {
  expect(conversations.length).toBeGreaterThanOrEqual(30);
  const order = ['NORMAL', 'URGENT', 'CRITICAL'];
  for (const { turns } of conversations) {
    const levels = turns.map(({ urgency }) => order.indexOf(urgency));
    expect(levels).toEqual(levels.toSorted());
    for (const { hazard } of turns) expect(!hazard || pack.procedures.has(hazard)).toBe(true);
  }
});

test.each([
  ['dev', 'unseen'],
  ['retrieval-dev', 'retrieval-unseen'],
  ...LEARNED.map((name) => [name, 'unseen']),
] as [string, string][])('no words stand twice, in %s and %s together', (one, other) => {
  const rows = [one, other].flatMap((name) => read(name).rows as Question[]);
  const first = new Map(rows.map(({ id, text }) => [plain(text), id] as const).reverse());
  expect(rows.filter(({ id, text }) => first.get(plain(text)) !== id).map(({ id }) => id)).toEqual(
    [],
  );
});

describe('a set that is not in its form', () => {
  test.each([
    ['', 'set.jsonl holds no rows.'],
    ['{"text":"x"}', 'set.jsonl:1: a row needs text and label'],
    ['{"text":"x","label":"HIGH"}', 'set.jsonl:1: label: '],
    ['{"text":"x","label":"NORMAL"}\n{"text":"secret words","label":1}', 'set.jsonl:2: label: '],
    ['{"text":"x","passages":["no id"]}', 'set.jsonl:1: passages.0: '],
    ['{"turns":[]}', 'set.jsonl:1: turns: '],
    ['{"text":"secret words', 'set.jsonl:1 is no JSON'],
  ])('%j is refused with its line, and without its words', (text, message) => {
    const directory = mkdtempSync(join(tmpdir(), 'aurora-eval-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'set.jsonl');
    writeFileSync(file, text);
    expect(() => readRows(file)).toThrow(message);
    expect(() => readRows(file)).not.toThrow('secret');
  });
});

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
