import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CARDS_FILE, cardValues, type LearnedCards, likeliestCard, loadCards } from './cards.ts';
import { LEXICON } from './lexicon.ts';
import { featuresOf } from './opinion.ts';
import { recognize } from './recognize.ts';
import { recognizeByRules } from './rules.ts';
import { WEIGHTS_FILE } from './weights.ts';

const LEARNED: LearnedCards = {
  hazards: ['burns', 'fire'],
  weights: new Map([
    ['flame', [0, 20]],
    ['skin', [20, 0]],
  ]),
};

describe('the card that is chosen', () => {
  test.each([
    ['flame', 'fire'],
    ['skin', 'burns'],
  ])('for "%s" is %s, likelier than not', (word, hazard) => {
    const choice = likeliestCard(LEARNED, cardValues(new Set([word]), 'CRITICAL'));
    expect(choice.hazard).toBe(hazard);
    expect(choice.probability).toBeGreaterThan(0.5);
  });

  test('is unsure where nothing is known', () => {
    expect(likeliestCard(LEARNED, cardValues(new Set(['flurb']), 'URGENT')).probability).toBe(0.5);
  });

  test('is told by words, sounds, meanings and pairs of them only, whose size is always the same', () => {
    const of = new Set([
      'fire',
      '=ag',
      '{fire}',
      '{fire}+{hall}',
      '~fir',
      'the_fire',
      'no>fire',
      '%past',
    ]);
    const values = cardValues(of, 'CRITICAL');
    expect([...values.keys()]).toEqual(['fire', '=ag', '{fire}', '{fire}+{hall}', '!CRITICAL']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (words) => {
        const some = cardValues(new Set(words), 'URGENT');
        some.delete('!URGENT');
        expect(Math.hypot(...some.values())).toBeCloseTo(5);
      }),
    );
  });
});

describe('the cards that were learned', () => {
  const cards = loadCards();

  test('are cards of hazards that exist, with a weight each in every row', () => {
    expect(cards.hazards.filter((hazard) => !LEXICON.order.includes(hazard))).toEqual([]);
    const lengths = new Set([...cards.weights.values()].map(({ length }) => length));
    expect([...lengths]).toEqual([cards.hazards.length]);
  });

  test('are with the other weights small enough to be loaded quickly', () => {
    const bytes = [CARDS_FILE, WEIGHTS_FILE].reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });

  test('are probabilities, whatever is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const features = featuresOf(recognizeByRules(text));
        const { probability } = likeliestCard(cards, cardValues(features, 'CRITICAL'));
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('are not asked for a bare call for help', () => {
    expect(recognize('please help me').hazards).toEqual([]);
  });
});
