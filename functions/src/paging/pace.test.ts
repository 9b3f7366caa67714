import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

it('calls begin within the rate of the provider, whoever asks, and the first one at once', async () => {
  const clock = { now: 50_000 };
  const waits: number[] = [];
  const pace = createPace({
    perSecond: 4,
    now: () => clock.now,
    sleep: async (milliseconds) => void waits.push(milliseconds),
  });
  await Promise.all([pace(), pace(), pace()]);
  expect(waits).toEqual([250, 500]);
  clock.now += 10_000;
  await pace();
  expect(waits).toHaveLength(2);
});
