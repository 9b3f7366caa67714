import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitConcurrency } from './concurrency.ts';

const piece = fc.record({
  isUrgent: fc.boolean(),
  turns: fc.integer({ min: 1, max: 5 }),
  fails: fc.boolean(),
});

test('never more than the limit at once, and all are done, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      async (pieces, limit) => {
        const inTurn = limitConcurrency(limit);
        let running = 0;
        let most = 0;
        const results = await Promise.allSettled(
          pieces.map(({ isUrgent, turns, fails }) =>
            inTurn(isUrgent, async () => {
              most = Math.max(most, ++running);
              for (let turn = 0; turn < turns; turn++) await Promise.resolve();
              running--;
              if (fails) throw new Error('failed');
            }),
          ),
        );
        expect(most).toBe(Math.min(limit, pieces.length));
        const statuses = pieces.map(({ fails }) => (fails ? 'rejected' : 'fulfilled'));
        expect(results.map(({ status }) => status)).toEqual(statuses);
      },
    ),
  );
});

test('what somebody waits for begins first, and each kind in its order', async () => {
  const inTurn = limitConcurrency(1);
  const begun: string[] = [];
  const begin = (name: string, isUrgent: boolean) =>
    inTurn(isUrgent, async () => void begun.push(name));
  await Promise.all([
    begin('running', false),
    begin('patient 1', false),
    begin('urgent 1', true),
    begin('patient 2', false),
    begin('urgent 2', true),
  ]);
  expect(begun).toEqual(['running', 'urgent 1', 'urgent 2', 'patient 1', 'patient 2']);
});
