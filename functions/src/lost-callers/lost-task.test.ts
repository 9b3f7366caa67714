import { describe, expect, it } from 'vitest';
import { CALL_ID } from '../calls/events.fixture.ts';
import { createLostTask, LostTask } from './lost-task.ts';

function setUp(time: number) {
  const done: string[] = [];
  const handle = createLostTask({
    runDue: async (callId) => void done.push(`run ${callId}`),
    wake: async (_, at) => void done.push(`wake ${at}`),
    sleep: async (milliseconds) => void done.push(`sleep ${milliseconds}`),
    now: () => time,
  });
  return { done, handle };
}

describe('a task for a lost caller', () => {
  it('does what is due', async () => {
    const { done, handle } = setUp(30_000);
    await handle({ lost: CALL_ID, due: 30_000 });
    expect(done).toEqual([`run ${CALL_ID}`]);
  });

  it('that came early queues itself again, and does nothing yet', async () => {
    const { done, handle } = setUp(10_000);
    await handle({ lost: CALL_ID, due: 30_000 });
    expect(done).toEqual(['sleep 2000', 'wake 30000']);
  });

  it('names a call by its id, and nothing else', () => {
    expect(LostTask.safeParse({ lost: '../x', due: 1 }).success).toBe(false);
    expect(LostTask.safeParse({ call_id: CALL_ID }).success).toBe(false);
  });
});
