import { describe, expect, it } from 'vitest';
import { createPageTask } from './page-task.ts';
import { CALL_ID, usePaging, WITH_NUMBER } from './paging.fixture.ts';

const setUp = usePaging();

describe('what is due', () => {
  it('is done by a task; one that came early queues itself again after a pause', async () => {
    const { pager, start, pass, rung, queue, queued, now, log } = setUp();
    await start();
    const slept: number[] = [];
    const task = createPageTask({
      pager,
      queue,
      now,
      log,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        pass(milliseconds / 1_000);
      },
    });
    const raise = { why: 'critical', at: now(), started: WITH_NUMBER } as const;
    await task({ call_id: CALL_ID, raise });
    expect(rung).toHaveLength(4);
    const until = queued[0]?.at ?? 0;
    let runs = 0;
    for (; rung.length === 4 && runs < 100; runs++) await task(queued.at(-1)?.task);
    expect(rung).toHaveLength(8);
    expect(Math.max(...slept)).toBeLessThanOrEqual(2_000);
    expect(runs).toBeLessThan(20);
    expect(now()).toBeGreaterThanOrEqual(until);
    const before = queued.length;
    await task({ call_id: CALL_ID, due: until });
    expect(queued).toHaveLength(before);
  });

  it('that is no task of ours is told and dropped, not repeated for a day (I7)', async () => {
    const { pager, queue, now, log, lines } = setUp();
    const task = createPageTask({ pager, queue, now, log, sleep: async () => {} });
    await task({ call_id: '../active_calls' });
    expect(lines).toHaveLength(1);
  });
});
