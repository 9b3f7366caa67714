import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitConcurrency } from './concurrency.ts';

test('never more than the limit at once, each in its order, whatever fails', async () => {
  const works = fc.array(
    fc.record({ turns: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(works, fc.integer({ min: 1, max: 4 }), async (pieces, limit) => {
      const inTurn = limitConcurrency(limit);
      const begun: number[] = [];
      let running = 0;
      let most = 0;
      const results = await Promise.allSettled(
        pieces.map(({ turns, fails }, index) =>
          inTurn(async () => {
            begun.push(index);
            most = Math.max(most, ++running);
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            running--;
            if (fails) throw new Error('failed');
          }),
        ),
      );
      expect(most).toBe(Math.min(limit, pieces.length));
      expect(begun).toEqual(pieces.map((_, index) => index));
      const statuses = pieces.map(({ fails }) => (fails ? 'rejected' : 'fulfilled'));
      expect(results.map(({ status }) => status)).toEqual(statuses);
    }),
  );
});
