import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys, keyProblem } from './keys.ts';
import { createPushIds } from './push-id.ts';

test('push ids are new, are keys, and sort in the order of their making', () => {
  const times = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 0.999999, noNaN: true }), (delays, random) => {
      let time = 1_700_000_000_000;
      const next = createPushIds(
        () => time,
        () => random,
      );
      const ids = delays.map((delay) => {
        time += delay;
        return next();
      });
      expect(ids.every((id) => id.length === 20 && keyProblem(id) === undefined)).toBe(true);
      expect([...new Set(ids)].sort(compareKeys)).toEqual(ids);
    }),
  );
});

test('push ids go on upwards when the clock steps back', () => {
  let time = 1_700_000_000_000;
  const next = createPushIds(
    () => time,
    () => 0.5,
  );
  const before = next();
  time -= 60_000;
  expect(compareKeys(next(), before)).toBeGreaterThan(0);
});
