import { describe, expect, it } from 'vitest';
import { NewPassword, passwordFault } from '../../../functions/src/access/password-policy.ts';
import { passwordTexts } from '../texts/password.ts';
import { endOf, faultOf, hintOf } from './password-words.ts';

const { en, hi } = passwordTexts;

describe('what was typed', () => {
  it.each([
    ['', '', '0 of at least 12'],
    ['x'.repeat(11), 'x'.repeat(11), '11 of at least 12'],
    ['x'.repeat(12), 'y'.repeat(12), 'not the same'],
  ])('%j and %j: says what is wrong', (password, repeated, words) => {
    expect(faultOf(password, repeated, en)).toContain(words);
  });

  it('is fine when it is long enough and the same twice', () => {
    expect(faultOf('x'.repeat(12), 'x'.repeat(12), en)).toBeUndefined();
  });
});

describe('the outcome in words', () => {
  it('says how to go on, or whom to ask', () => {
    expect(endOf({ kind: 'done' }, en)).toMatchObject({
      tone: 'good',
      headline: 'Your password is set',
    });
    expect(endOf({ kind: 'link_invalid' }, en).explanation).toContain('Ask whoever sent it');
  });

  it.each([
    [1, 'a second'],
    [45, '45 seconds'],
    [60, 'a minute'],
    [61, '2 minutes'],
    [900, '15 minutes'],
  ])('tells a wait of %d s as %s', (seconds, words) => {
    expect(hintOf({ kind: 'too_many_tries', seconds }, en)).toContain(`in ${words}.`);
  });

  it('gives the reason of a refusal, and never leaves silence unexplained', () => {
    const reason = 'must not be your name';
    expect(hintOf({ kind: 'password_refused', reason }, en)).toBe(`The password ${reason}.`);
    expect(hintOf({ kind: 'silent' }, en)).toContain('Check your connection');
    expect(hintOf({ kind: 'unexpected', status: 503 }, en)).toContain('503');
    expect(hintOf({ kind: 'done' }, en)).toBeUndefined();
  });

  it('gives every reason of the API in Hindi, too', () => {
    const lengths = ['short', 'x'.repeat(1_025)].map(
      (password) => NewPassword.safeParse(password).error?.issues[0]?.message,
    );
    const person = { name: 'Asha Verma the First', email: 'asha@example.com' };
    for (const reason of [...lengths, passwordFault(person.name, person)]) {
      expect(reason).toMatch(/^must/);
      expect(hintOf({ kind: 'password_refused', reason: reason ?? '' }, hi)).not.toMatch(/must/);
    }
  });
});
