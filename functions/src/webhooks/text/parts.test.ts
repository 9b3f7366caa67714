import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gsmLength } from './gsm.ts';
import { partsOf } from './parts.ts';

const CHANNELS = ['sms', 'whatsapp'] as const;

/** Sentences of words of several scripts, numbers among them, and what no sentence is. */
const word = fc.oneof(
  fc.constantFrom(
    'fire',
    'hall',
    'Get',
    'out',
    'आग',
    'लगी',
    'है',
    'ahí',
    '👷🏽',
    '{valve}',
    'don’t',
  ),
  fc.constantFrom('112', '+91 98765 43210', '3.5', '+15550100911'),
  fc.stringMatching(/^[a-zA-Z]{1,30}$/),
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 90 }), fc.constantFrom('.', '!', '?', '।', ''))
  .map(([words, end]) => words.join(' ') + end);
const prose = fc.array(sentence, { maxLength: 30 }).map((all) => all.join(' '));
const anything = fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 3_000 }));

const unnumbered = (parts: readonly string[]) =>
  parts.map((part) => (parts.length > 1 ? part.replace(/^\d+\/\d+ /, '') : part));

describe('the parts of a text', () => {
  it('join back to its words, in order', () => {
    fc.assert(
      fc.property(prose, fc.constantFrom(...CHANNELS), (text, channel) => {
        const marks = channel === 'sms' ? text.replaceAll('’', "'") : text;
        expect(unnumbered(partsOf(text, channel)).join(' ')).toBe(marks.trim());
      }),
    );
  });

  it('keep every character of anything, and cut no surrogate', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const parts = partsOf(text, 'whatsapp');
        const bare = (of: string) => of.replace(/\s+/g, '');
        expect(bare(unnumbered(parts).join(''))).toBe(bare(text.toWellFormed()));
        for (const part of parts) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });

  it('hold the limits of each channel, numbers and all', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const part of partsOf(text, 'whatsapp'))
          expect(part.length).toBeLessThanOrEqual(1_600);
        for (const part of partsOf(text, 'sms')) {
          const places = gsmLength(part);
          if (places === undefined) expect(part.length).toBeLessThanOrEqual(268);
          else expect(places).toBeLessThanOrEqual(306);
        }
      }),
    );
  });

  it('are never empty, and say how many they are', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...CHANNELS), (text, channel) => {
        const parts = partsOf(text, channel);
        parts.forEach((part, at) => {
          expect(part.trim()).not.toBe('');
          if (parts.length > 1) expect(part.startsWith(`${at + 1}/${parts.length} `)).toBe(true);
        });
      }),
    );
  });

  it('end with a sentence where each fits', () => {
    const step = 'Close the valve that is marked in red, then walk to the gate.';
    const text = Array.from({ length: 12 }, () => step).join(' ');
    const parts = unnumbered(partsOf(text, 'sms'));
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part).toMatch(/gate\.$/);
  });

  it('end with a line where each fits, so that no step of a card is cut in two', () => {
    const step = 'Feel a closed door with the back of your hand. If it is hot, take another way.';
    const text = Array.from({ length: 9 }, () => step).join('\n');
    const parts = unnumbered(partsOf(text, 'sms'));
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part).toMatch(/another way\.$/);
    expect(parts.join('\n')).toBe(text);
  });

  it('cut no telephone number in two, though its groups are apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 230, max: 310 }), (length) => {
        const text = `${'go '.repeat(length / 3)}+91 98765 43210 now`;
        expect(partsOf(text, 'sms').some((part) => part.includes('+91 98765 43210'))).toBe(true);
      }),
    );
  });

  it('are one where the text is short, without a number', () => {
    expect(partsOf('Get out now. Call 112.', 'sms')).toEqual(['Get out now. Call 112.']);
    expect(partsOf('', 'sms')).toEqual([]);
  });

  it('are in the plain alphabet where only quotation marks and dashes are not', () => {
    const text = `“Don’t go back” – wait… ${'a'.repeat(250)}`;
    expect(partsOf(text, 'sms')).toHaveLength(1);
    expect(partsOf(text, 'whatsapp')[0]).toContain('“Don’t');
  });
});
