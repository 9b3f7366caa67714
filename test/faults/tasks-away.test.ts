import { describe, expect, it } from 'vitest';
import { liveValue } from '../journeys/support.ts';
import { callThroughOutage } from './outage.ts';
import { expectArchivedOnce, PATIENCE, useSuite } from './support.ts';

describe('Cloud Tasks away for a while', PATIENCE, () => {
  // Off, so that nothing is written directly but what could not be enqueued.
  const suite = useSuite({ env: { DIRECT_WRITE: 'off' } });

  it('turns are written directly, calls end and are archived meanwhile, all of it once (I1, I2)', async () => {
    const calls = await callThroughOutage(suite(), 'tasks', async (endedMeanwhile) => {
      await expectArchivedOnce(suite(), [endedMeanwhile]);
      expect(Object.keys((await liveValue(suite(), 'active_calls')) as object)).toHaveLength(2);
    });
    await expectArchivedOnce(suite(), calls);
  });
});
