import { describe, expect, it } from 'vitest';
import { toldState } from './told-state.ts';

describe('where a caller is', () => {
  it.each([
    ['Pressed 2: safe', 'over'],
    ['we are all safe now', 'over'],
    ['the ambulance is here', 'over'],
    ['it was a false alarm', 'over'],
    ['sorry wrong number', 'over'],
    ['Pressed 1: danger', 'danger'],
    ['there is a fire in hall 3', 'danger'],
    ['I am safe but there is a fire in hall 3 and two people are inside', 'danger'],
    ['ok thank you', undefined],
    ['which valve do I close', undefined],
  ])('"%s" says %s', (text, state) => {
    expect(toldState(text)).toBe(state);
  });
});
