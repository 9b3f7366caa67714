import { expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';

it('does each item once, in order, and never more than so many at a time', async () => {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item);
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
  });
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});
