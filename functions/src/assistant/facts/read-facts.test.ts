import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Facts } from '../../calls/model.ts';
import { ANSWERS, EXAMPLES } from './read-facts.examples.fixture.ts';
import { type FactsContext, readFacts } from './read-facts.ts';
import { wordsOf } from './said.ts';

const AT = '2025-10-04T14:30:00+05:30';
const asked = (question?: string): FactsContext => ({
  turn: 3,
  at: AT,
  language: 'en-IN',
  question,
});

/** Told values as they are; guesses with a question mark. */
const inShort = (facts: Facts) =>
  Object.fromEntries(
    Object.entries(facts).map(([kind, { value, confidence }]) => [
      kind,
      confidence < 0.5 ? `${value}?` : value,
    ]),
  );

describe('readFacts', () => {
  it.each(Object.entries(EXAMPLES))('reads "%s"', (words, facts) => {
    expect(inShort(readFacts(words, asked()))).toEqual(facts);
  });

  it.each(ANSWERS)('reads, asked %s, "%s"', (question, words, facts) => {
    expect(inShort(readFacts(words, asked(question)))).toEqual(facts);
  });

  it('tells from which turn a fact is, and that it was read from words', () => {
    expect(readFacts('in hall 3', asked())).toEqual({
      where: { value: 'hall 3', confidence: 0.9, turn: 3, at: AT, by: 'words' },
    });
  });

  it('takes the hazard from the floor', () => {
    const { hazard } = readFacts('help', { ...asked(), hazard: 'fire' });
    expect(hazard).toMatchObject({ value: 'fire', by: 'words' });
  });

  it('leaves a number without a country code as its digits where the country is unknown', () => {
    const { callback } = readFacts('call me on 98765 43210', { turn: 1, at: AT });
    expect(callback).toMatchObject({ value: '9876543210' });
  });

  it('yields facts that have their schema, in the words that were said, for any text (I7)', () => {
    const pieces = [...Object.keys(EXAMPLES), ...ANSWERS.map(([, words]) => words)];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom(...pieces.flatMap((line) => line.split(' '))), { maxLength: 40 })
        .map((words) => words.join(' ')),
    );
    const question = fc.constantFrom(undefined, 'where', 'injured', 'trapped', 'callback', 'x');
    fc.assert(
      fc.property(text, question, (words, asking) => {
        const facts = Facts.parse(readFacts(words, asked(asking)));
        if (facts.where) expect(words.toWellFormed()).toContain(facts.where.value);
        expect(facts.injured?.value ?? '0').toMatch(/^(several|\d{1,4})$/);
        expect(facts.trapped?.value ?? '0').toMatch(/^(several|\d{1,4})$/);
        expect(facts.callback?.value ?? '1234567').toMatch(/^\+?\d{7,15}$/);
        expect(readFacts(words, asked(asking))).toEqual(facts);
      }),
    );
  });

  it('looks at a bounded part of the longest text', () => {
    const long = 'in hall 3 two people are hurt and call nine eight seven '.repeat(20_000);
    expect(wordsOf(long).at(-1)?.end).toBeLessThanOrEqual(2_000);
    expect(Facts.safeParse(readFacts(long, asked('where'))).success).toBe(true);
  });
});
