import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../emulators/twilio/telephone.ts';
import { telephone } from '../journeys/support.ts';
import type { Suite } from '../suite.ts';
import { turnsOf } from './ledger.ts';
import { expectArchivedOnce, PATIENCE, talker, useSuite } from './support.ts';

/** Every webhook comes twice at once, and then an earlier one comes once more. */
async function callTwiceAtOnce(suite: Suite, name: string, seed: number, turns: number) {
  const call = await telephone(suite, {
    caller: talker(name, (said) => said === turns),
    chaos: { seed, probability: 1 },
  });
  expect(call.faults).toEqual([]);
  expect(call.endedBy).toBe('caller');
  expect(turnsOf(call)).toHaveLength(turns + 1);
  for (const { replies } of turnsOf(call)) expect(replies.length).toBeGreaterThanOrEqual(2);
  return call;
}

/** That every delivery on one instance heard the same. */
function expectOneReplyEach(calls: readonly CallResult[]): void {
  const different = calls.flatMap(turnsOf).filter(({ replies }) => new Set(replies).size > 1);
  expect(different).toEqual([]);
}

/** On two instances that share nothing: test/journeys/isolated.test.ts. */
describe('every webhook twice at once', PATIENCE, () => {
  const suite = useSuite();

  it('is one turn, with one reply (I3)', async () => {
    const calls = await Promise.all(
      ['Jaya', 'Kiran', 'Lata', 'Mohan'].map((name, index) =>
        callTwiceAtOnce(suite(), name, 100 + index, 8),
      ),
    );
    expectOneReplyEach(calls);
    await expectArchivedOnce(suite(), calls);
  });
});
