import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent, at, STARTED } from '../calls/events.fixture.ts';
import type { Call } from '../calls/model.ts';
import { reduce } from '../calls/reduce.ts';
import { WHY } from './chain.ts';
import { pageSpeech, pageText } from './words.ts';

const call = reduce({}, [STARTED]).call as Call;
const fact = (value: string, confidence = 0.9) =>
  ({ value, confidence, turn: 1, at: at(1), by: 'words' }) as const;
const url = 'https://aurora.example';

describe('what a page tells', () => {
  it('is one line that two segments hold, whatever is known of the call', () => {
    const told = fc.record({
      why: fc.constantFrom(...WHY),
      where: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      hazard: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      reason: fc.string({ unit: 'binary', maxLength: 500 }),
      worker: fc.option(fc.string({ unit: 'binary', maxLength: 200 }), { nil: undefined }),
      number: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(told, ({ why, where, hazard, reason, worker, number }) => {
        const known = { ...call, facts: { where: fact(where), hazard: fact(hazard) } };
        const words = { chain: { why, reason }, call: known, worker };
        const text = pageText(words, { number, url });
        expect(text.length).toBeLessThan(460);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(text).toContain(number > 1 ? `Reply 1 ${number} to accept` : 'Reply 1 to accept');
      }),
    );
  });

  it('is never what the caller said, nor their number', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        const { call: known, conversation } = reduce({}, [STARTED, ...events]);
        const words = { chain: { why: 'critical' as const }, call: known, worker: undefined };
        const text = `${pageText(words, { number: 1, url })} ${pageSpeech(words)}`;
        expect(text).not.toContain('5550100001');
        for (const { content } of Object.values(conversation?.messages ?? {})) {
          if (content.length > 8) expect(text).not.toContain(content);
        }
      }),
    );
  });

  it('names the place only where it is sure, and the worker by name', () => {
    const guessed = { ...call, facts: { where: fact('hall 3', 0.4), hazard: fact('fire') } };
    const words = { chain: { why: 'silent' as const }, call: guessed, worker: 'Meena Iyer' };
    const text = pageText(words, { number: 1, url });
    expect(text).toContain('the caller says nothing, fire. Caller: Meena Iyer.');
    expect(text).not.toContain('hall 3');
  });

  it('can be told where the call cannot be read', () => {
    const words = { chain: { why: 'critical' as const }, call: undefined, worker: undefined };
    expect(pageSpeech(words)).toBe(
      'This is Aurora, the safety line. Critical call: a call for help. Caller: number withheld.',
    );
  });
});
