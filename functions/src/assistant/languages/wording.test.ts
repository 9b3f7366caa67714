import { describe, expect, it } from 'vitest';
import { english } from './english.ts';
import { everySentence, speaks, WORDINGS, wordingFor } from './wording.ts';

/** What a sentence names that must be the same in every language: numbers to fill in, and keys. */
function namedIn(sentence: string): string[] {
  return (sentence.match(/\{\w+\}|\d/g) ?? []).sort();
}

const translations = WORDINGS.filter((wording) => wording !== english);

describe('the wording of a language', () => {
  it('is found by the tag of any country; a language without one speaks English', () => {
    expect(wordingFor('es-AR').language).toBe('es');
    expect(wordingFor('hi').language).toBe('hi');
    expect(wordingFor('ta-IN').language).toBe('en');
    expect([speaks('hi-IN'), speaks('ta-IN')]).toEqual([true, false]);
  });

  it.each(translations)(
    'names the same keys and numbers as the English one: $language',
    (other) => {
      for (const [key, sentence] of Object.entries(other.sentences)) {
        const original = english.sentences[key as keyof typeof english.sentences];
        expect(namedIn(sentence), key).toEqual(namedIn(original));
      }
      for (const [key, variants] of Object.entries(other.variants)) {
        const originals = english.variants[key as keyof typeof english.variants];
        expect(variants.map(namedIn), key).toEqual(originals.map(namedIn));
      }
      expect(other.line.silent.map(namedIn)).toEqual(english.line.silent.map(namedIn));
      expect(namedIn(other.line.greeting)).toEqual(namedIn(english.line.greeting));
      expect(namedIn(other.line.offer)).toEqual(['{key}']);
      for (const line of ['calledBack', 'anybody', 'silentText', 'lostText'] as const) {
        expect(namedIn(other.line[line]), line).toEqual(namedIn(english.line[line]));
      }
    },
  );

  it.each(translations)('is not English that was left over: $language', (other) => {
    const originals = new Set(everySentence(english));
    expect(everySentence(other).filter((sentence) => originals.has(sentence))).toEqual([]);
  });

  it('is written in the script of its language', () => {
    for (const sentence of everySentence(wordingFor('hi'))) {
      expect(sentence.replace(/\{\w+\}/g, ''), sentence).toMatch(
        /^[\p{Script=Devanagari}\d\s,.?:।]+$/u,
      );
    }
  });

  it.each(WORDINGS)('is short enough for somebody in danger: $language', (wording) => {
    for (const sentence of everySentence(wording)) {
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(45);
    }
  });
});
