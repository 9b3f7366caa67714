import { describe, expect, test } from 'vitest';
import { PASSAGE_ID } from '../../calls/grounding.ts';
import { embeddedPack } from './embedded-pack.ts';
import { type Manuals, type Procedure, parseProcedure } from './manual.ts';
import { cardIn } from './packs.ts';
import { passagesOf } from './passages.ts';

const pack = embeddedPack();

function card(language: string): Procedure {
  const head = `id: flood\ntitle: Flood\nspoken: a flood\nurgency: CRITICAL\ndanger_to_helpers: yes\nlanguage: ${language}\nversion: 3\nsource: A guideline, 2020\nreviewed_by: A. Example, safety officer, 2026-01-05`;
  const body = `## Steps\n\n1. Step one in ${language}.\n2. Call {emergency_number} now.\n\n## Ask\n\n- Where?\n\n## Never\n\n- Never wade.\n\n## If asked\n\n### May I drive?\n\nNo.\n`;
  const name = language === 'en' ? 'flood.md' : `flood.${language}.md`;
  return parseProcedure(name, `---\n${head}\n---\n\n${body}`);
}

function packOf(...cards: Procedure[]) {
  const [english, ...others] = cards as [Procedure, ...Procedure[]];
  const manuals: Manuals = {
    procedures: new Map([['flood', english]]),
    translations: new Map([['flood', new Map(others.map((each) => [each.language, each]))]]),
    hash: '0123456789ab',
  };
  return embeddedPack(manuals);
}

describe('the passages of a card', () => {
  test('are its steps, warnings and answers, each with an id of its own', () => {
    expect(passagesOf(card('en')).map(({ id, kind, text }) => [id, kind, text])).toEqual([
      ['flood#step-1', 'step', 'Step one in en.'],
      ['flood#step-2', 'step', 'Call {emergency_number} now.'],
      ['flood#never-1', 'warning', 'Never wade.'],
      ['flood#asked-1', 'answer', 'No.'],
    ]);
  });

  test('name document, version, language, and the question that they answer', () => {
    expect(passagesOf(card('hi')).at(-1)).toEqual({
      id: 'flood#hi-asked-1',
      document: 'flood',
      title: 'Flood',
      kind: 'answer',
      question: 'May I drive?',
      text: 'No.',
      language: 'hi',
      version: 3,
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  test('have a hash that follows the words alone', () => {
    const [one, two] = [card('en'), { ...card('en'), version: 4 }].map((each) => passagesOf(each));
    expect(two?.map(({ hash }) => hash)).toEqual(one?.map(({ hash }) => hash));
    expect(one?.[0]?.hash).not.toBe(one?.[1]?.hash);
  });

  test('have ids that a grounding takes, all different, over everything that ships', () => {
    const ids = pack.passages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(PASSAGE_ID);
    expect(pack.version).toMatch(/^embedded@[0-9a-f]{12}$/);
  });
});

describe('the card of a hazard', () => {
  const flood = packOf(card('en'), card('hi'), card('es'));

  test.each([
    [['hi-IN', 'en-IN'], 'hi'],
    [['ta-IN', 'es'], 'es'],
    [['ta-IN', 'en-IN'], 'en'],
    [['en-GB', 'hi-IN'], 'en'],
    [['ta-IN'], 'en'],
    [[], 'en'],
  ])('for %j is spoken in %s', (languages, language) => {
    expect(cardIn(flood, 'flood', languages)?.language).toBe(language);
  });

  test('is in English where nobody has reviewed it in another language', () => {
    expect(cardIn(pack, 'fire', ['hi-IN'])).toBe(pack.procedures.get('fire'));
  });

  test('is none for a hazard that no manual knows', () => {
    expect(cardIn(pack, 'dragon', ['en'])).toBeUndefined();
  });
});
