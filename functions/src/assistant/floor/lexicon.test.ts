import { describe, expect, test } from 'vitest';
import { loadManuals } from '../manual/manual.ts';
import {
  type ContextEntry,
  type HazardEntry,
  LEXICON,
  LexiconError,
  type Meaning,
  parseLexicon,
} from './lexicon.ts';
import { compareUrgency, recognize } from './recognize.ts';

/** Entries that undo what takes a danger back: their examples are dangers. */
const UNDOING: readonly Meaning[] = [
  'present',
  'not resolved',
  'turn',
  'not drill',
  'definite',
  'telling',
  'plea',
  'call for help',
  'around a call for help',
];

/** These choose a card, and change nothing about the urgency. */
const OF_WAKING: readonly Meaning[] = ['awake', 'not awake'];

function hits({ hazard, urgency }: HazardEntry, words: string): boolean {
  return recognize(words).hazards.some(
    (sighting) => sighting.hazard === hazard && compareUrgency(sighting.urgency, urgency) >= 0,
  );
}

function isCritical(words: string): boolean {
  return recognize(words).urgency === 'CRITICAL';
}

const hazardLines = (list: 'examples' | 'not') =>
  LEXICON.hazards.flatMap((entry) => entry[list].map((words) => ({ entry, words })));
const contextLines = (list: 'examples' | 'not') =>
  LEXICON.context
    .filter(({ meaning }) => !OF_WAKING.includes(meaning))
    .flatMap((entry: ContextEntry) =>
      entry[list].map((words) => ({ entry, words, undoing: UNDOING.includes(entry.meaning) })),
    );
const wakingLines = LEXICON.context
  .filter(({ meaning }) => OF_WAKING.includes(meaning))
  .flatMap(({ where, meaning, examples, not }) => [
    ...examples.map((words) => ({ where, words, awake: meaning === 'awake' })),
    ...not.map((words) => ({ where, words, awake: meaning !== 'awake' })),
  ]);

describe('an example of a hazard is recognized', () => {
  test.each(hazardLines('examples'))('$entry.where: $words', ({ entry, words }) => {
    expect(hits(entry, words)).toBe(true);
  });
});

describe('a counter-example of a hazard is not', () => {
  test.each(hazardLines('not'))('$entry.where: $words', ({ entry, words }) => {
    expect(hits(entry, words)).toBe(false);
  });
});

describe('an example of context is judged as the entry says', () => {
  test.each(contextLines('examples'))('$entry.where: $words', ({ entry, words, undoing }) => {
    if (entry.meaning === 'idiom') expect(recognize(words).urgency).toBe('NORMAL');
    else expect(isCritical(words)).toBe(undoing);
  });

  test.each(contextLines('not'))('not $entry.where: $words', ({ words, undoing }) => {
    expect(isCritical(words)).toBe(!undoing);
  });
});

describe('whoever is awake does not get the card of the unconscious, others do', () => {
  test.each(wakingLines)('$where, awake $awake: $words', ({ words, awake }) => {
    const judged = recognize(words);
    expect(judged.hazards.some(({ hazard }) => hazard === 'unconscious')).toBe(!awake);
    expect(judged.urgency).toBe('CRITICAL');
  });
});

describe('the lexicon', () => {
  test('has a hazard for every procedure of the manual, and a procedure for every hazard', () => {
    const procedures = [...loadManuals().procedures.keys()].sort();
    expect([...LEXICON.order].sort()).toEqual(procedures);
    expect([...new Set(LEXICON.hazards.map(({ hazard }) => hazard))].sort()).toEqual(procedures);
  });

  test('names no class of words that does not exist', () => {
    const entries = [...LEXICON.hazards, ...LEXICON.context];
    const texts = entries.map(
      (entry) => `${entry.phrases} ${'except' in entry ? entry.except : ''}`,
    );
    const named = texts.join(' ').matchAll(/@([a-z]+)/g);
    for (const [, name = ''] of named) expect(LEXICON.classes, name).toHaveProperty(name);
  });

  test.each(LEXICON.hazards)('has an example and a counter-example: $where', (entry) => {
    expect(entry.examples.length).toBeGreaterThan(0);
    expect(entry.not.length).toBeGreaterThan(0);
  });

  test.each([
    ['a line that is neither field nor item', '## Fire\nHazard: fire\nfire'],
    ['a list without a field', '## Fire\n- fire'],
    ['an unknown urgency', '## Fire\nHazard: fire\nUrgency: HIGH'],
    ['an unknown meaning', '## Old\nMeaning: ancient'],
    ['a hazard that hazards.md does not list', '## Fire\nHazard: fire\nUrgency: URGENT'],
    ['a field that stands twice', '## Fire\nHazard: fire\nHazard: fire'],
    ['a field before the first entry', 'Hazard: fire'],
  ])('refuses %s', (_, text) => {
    expect(() => parseLexicon(new Map([['en/x.md', text]]))).toThrow(LexiconError);
  });
});
