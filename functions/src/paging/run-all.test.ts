import { describe, expect, it } from 'vitest';
import { ended } from '../calls/events.fixture.ts';
import { live } from '../paths.ts';
import { CALL_ID, usePaging } from './paging.fixture.ts';

const setUp = usePaging();

describe('what is due', () => {
  it('is done by the schedule for all chains, and closed ones are forgotten', async () => {
    const { pager, start, apply, pass, rung, store, database } = setUp();
    await start();
    await pager.raise({ callId: CALL_ID, why: 'critical' });
    pass(31);
    expect(await pager.runAll()).toBe(1);
    expect(rung).toHaveLength(8);
    await apply([ended(60)]);
    pass(60);
    await pager.runAll();
    expect((await store.read(CALL_ID))?.closed?.reason).toBe('call_over');
    const { etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    pass(11 * 60);
    await pager.runAll();
    expect(await store.read(CALL_ID)).toBeUndefined();
  });
});
