import { describe, expect, it } from 'vitest';
import { liveValue } from '../journeys/support.ts';
import { callThroughOutage } from './outage.ts';
import { expectArchivedOnce, PATIENCE, useSuite } from './support.ts';

describe('the Realtime Database away for a while', PATIENCE, () => {
  const suite = useSuite();

  it('callers are answered throughout, and everything is archived once afterwards (I1, I2)', async () => {
    const calls = await callThroughOutage(suite(), 'database', async () => {
      await expect(liveValue(suite(), 'active_calls')).rejects.toThrow('fetch failed');
    });
    await expectArchivedOnce(suite(), calls);
  });
});
