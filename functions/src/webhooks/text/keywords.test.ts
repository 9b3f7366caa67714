import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordOf } from './keywords.ts';

const TWILIOS = 'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START YES UNSTOP HELP INFO';

describe('a keyword', () => {
  it.each([
    ['STOP', { command: 'stop', byTwilio: true }],
    [' stop \n', { command: 'stop', byTwilio: true }],
    ['Stop.', { command: 'stop', byTwilio: true }],
    ['Unstop', { command: 'start', byTwilio: true }],
    ['help', { command: 'help', byTwilio: true }],
    ['AYUDA', { command: 'help', byTwilio: false }],
    ['मदद', { command: 'help', byTwilio: false }],
    ['Baja', { command: 'stop', byTwilio: false }],
    ['बंद करें', { command: 'stop', byTwilio: false }],
  ])('is %j', (body, keyword) => {
    expect(keywordOf(body)).toEqual(keyword);
  });

  it.each(['stop the machine', 'STOP!', 'help me', 'it will not stop', 'end of hall 3', '', ' . '])(
    'is not %j',
    (body) => {
      expect(keywordOf(body)).toBeUndefined();
    },
  );

  it('is found in every case, with space around it, and never with words beside it', () => {
    const word = fc.constantFrom(...TWILIOS.split(' '));
    const space = fc.stringMatching(/^[ \t\n]{0,4}$/);
    const other = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(word, space, space, other, (keyword, before, after, beside) => {
        const cased = [...keyword].map((letter, at) => (at % 2 ? letter.toLowerCase() : letter));
        expect(keywordOf(before + cased.join('') + after)).toEqual(keywordOf(keyword));
        expect(keywordOf(`${keyword} ${beside}`)).toBeUndefined();
        expect(keywordOf(`${beside} ${keyword}`)).toBeUndefined();
      }),
    );
  });

  it('is none or one of three, for anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        expect(['stop', 'start', 'help', undefined]).toContain(keywordOf(body)?.command);
      }),
    );
  });
});
