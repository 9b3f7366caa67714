import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMeanings, addSounds } from './meaning-features.ts';
import { createMeanings } from './meanings.ts';
import { tokenize } from './words.ts';

const meant = createMeanings(`## fire
en: fire
hi: aag
## over
en: over, out
## hall
en: hall, big hall
`);
const NEGATORS = new Set(['no', 'not', 'nahi']);

function featuresOf(text: string): Set<string> {
  const tokens = tokenize(text);
  const features = new Set<string>();
  addMeanings(features, tokens, meant(tokens), NEGATORS);
  return features;
}

describe('the features of meanings', () => {
  test.each([
    ['the fire', ['{fire}', '^{fire}', '{fire}$', 'the_{fire}']],
    [
      'fire is over',
      ['{fire}', '{over}', '{fire}+{over}', '{fire}>{over}', '{fire}_is', 'is_{over}'],
    ],
    ['over there is fire', ['{over}>{fire}', '{fire}+{over}']],
    ['no fire', ['no>{fire}']],
    ['aag nahi hai', ['{fire}', '{fire}<no']],
  ])('"%s" holds %j', (text, expected) => {
    expect([...featuresOf(text)]).toEqual(expect.arrayContaining(expected));
  });

  test.each([
    ['over there is fire', '{fire}>{over}'],
    ['no. fire', 'no>{fire}'],
    ['no one two three four five fire', 'no>{fire}'],
    ['the. fire', 'the_{fire}'],
    ['fire one two three four five over', '{fire}>{over}'],
    ['big hall', '{hall}>{hall}'],
  ])('"%s" does not hold %s', (text, feature) => {
    expect(featuresOf(text)).not.toContain(feature);
  });

  test('are none where nothing means anything, and never name a word with a meaning alone', () => {
    expect(featuresOf('what time is it')).toEqual(new Set());
    const words = fc.array(fc.constantFrom('no', 'fire', 'over', 'hall', 'big', 'x', 'not', '.'));
    fc.assert(
      fc.property(words, (said) => {
        for (const feature of featuresOf(said.join(' '))) expect(feature).toMatch(/\{\w+\}/);
      }),
    );
  });
});

describe('the features of sounds', () => {
  const soundsOf = (text: string) => {
    const features = new Set<string>();
    addSounds(features, tokenize(text));
    return features;
  };

  test('are of Hindi only, the same in either script', () => {
    expect(soundsOf('the hall is on fire')).toEqual(new Set());
    expect(soundsOf('aag lagi hai')).toEqual(soundsOf('आग लगी है'));
    expect(soundsOf('aag lagi hai').size).toBeGreaterThanOrEqual(6);
  });

  test('join no words across the end of a sentence', () => {
    expect([...soundsOf('आग. आग')].some((feature) => /_|\.\./.test(feature))).toBe(false);
  });
});
