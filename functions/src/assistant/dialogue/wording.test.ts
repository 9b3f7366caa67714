import { describe, expect, test } from 'vitest';
import { promisesHelp, VARIANTS, WORDING } from './wording.ts';

describe('a promise of help', () => {
  test.each([
    'Help is on the way.',
    'The ambulance is coming.',
    'Somebody will come to you soon.',
    'They are on their way.',
    'I have sent the fire brigade.',
    'Stay there until help arrives.',
    'Wait until the ambulance gets there.',
    'A supervisor will be with you in a minute.',
    'Your supervisor is already coming.',
    'The rescue team has been dispatched.',
  ])('is found in "%s"', (text) => {
    expect(promisesHelp(text)).toBe(true);
  });

  test.each([
    'I have marked this call for your supervisors.',
    'Send somebody for the defibrillator.',
    'Hit the fire alarm on your way, and call 112 from outside.',
    'Push until it comes out.',
    'Close the valve only if it is on your way out.',
  ])('is not seen in "%s"', (text) => {
    expect(promisesHelp(text)).toBe(false);
  });

  test('is in none of the fixed sentences', () => {
    for (const text of [...Object.values(WORDING), ...Object.values(VARIANTS).flat()]) {
      expect(promisesHelp(text), text).toBe(false);
    }
  });
});
