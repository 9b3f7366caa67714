import { describe, expect, it } from 'vitest';
import { at, STARTED } from '../calls/events.fixture.ts';
import type { Log } from '../log.ts';
import type { Judged } from '../turn/on-call.ts';
import { createAfterReply, whyToPage } from './after-reply.ts';
import { PageTask } from './page-task.ts';
import type { Outcome, Wish } from './wish.ts';

const CALM: Judged = {
  started: STARTED,
  at: at(5),
  key: undefined,
  isSilent: false,
  urgency: 'NORMAL',
  rung: 'dialogue',
};
const CRITICAL: Judged = { ...CALM, urgency: 'CRITICAL', rung: 'floor' };

function setUp({ outcome = 'opened' as Outcome, enqueue = async () => {} } = {}) {
  const raised: Wish[] = [];
  const looked: string[] = [];
  const tasks: unknown[] = [];
  const errors: string[] = [];
  const clock = { now: Date.parse(at(5)) };
  const line = (message: string) => void errors.push(message);
  const log: Log = { info: line, warn: line, error: line, alert: line };
  const pager = {
    raise: async (wish: Wish) => {
      raised.push(wish);
      return outcome;
    },
    runDue: async (callId: string) => {
      looked.push(callId);
      return { stages: 0, until: clock.now + 30_000 };
    },
  };
  const afterReply = createAfterReply({
    pager: async () => pager,
    queue: async () => ({
      enqueue: async (task) => {
        tasks.push(task);
        await enqueue();
      },
    }),
    now: () => clock.now,
    log,
  });
  return { afterReply, raised, looked, tasks, errors, clock };
}

describe('what calls for people', () => {
  it.each<[string, Partial<Judged>, string | undefined]>([
    ['CRITICAL words', { urgency: 'CRITICAL', rung: 'floor' }, 'critical'],
    ['a caller who stays silent', { isSilent: true, urgency: 'URGENT' }, 'silent'],
    ['the first silence', { isSilent: true, urgency: 'NORMAL' }, undefined],
    ['key 9', { key: '9', urgency: 'URGENT', rung: 'person' }, 'asked'],
    ['no grounded answer', { rung: 'person' }, 'ungrounded'],
    ['a passage of the manual', { rung: 'passage', urgency: 'URGENT' }, undefined],
    ['small talk', {}, undefined],
  ])('%s', (_, judged, why) => {
    expect(whyToPage({ ...CALM, ...judged })).toBe(why);
  });
});

describe('a turn that calls for people', () => {
  it('begins to fetch them itself, beside the task that guarantees it', async () => {
    const { afterReply, raised, tasks } = setUp();
    await afterReply(CRITICAL);
    const raise = { why: 'critical', at: Date.parse(at(5)), started: STARTED };
    expect(tasks).toEqual([{ call_id: STARTED.call_id, raise }]);
    await expect.poll(() => raised).toMatchObject([{ callId: STARTED.call_id, ...raise }]);
  });

  it('does not wait for the pages (I1)', async () => {
    const line = () => {};
    const afterReply = createAfterReply({
      pager: () => new Promise(() => {}),
      queue: async () => ({ enqueue: async () => {} }),
      now: () => 0,
      log: { info: line, warn: line, error: line, alert: line },
    });
    await afterReply(CRITICAL);
  });

  it('is answered although the queue is away, and says so in the log', async () => {
    const { afterReply, raised, errors } = setUp({
      enqueue: () => Promise.reject(new Error('away')),
    });
    await afterReply(CRITICAL);
    await expect.poll(() => raised).toHaveLength(1);
    expect(errors).toHaveLength(1);
  });

  it('after one that did asks no database for what is known, and looks for what is overdue now and then', async () => {
    const { afterReply, raised, looked, tasks, clock } = setUp();
    const ungrounded = { ...CALM, rung: 'person' };
    await afterReply(ungrounded);
    await expect.poll(() => raised).toHaveLength(1);
    for (let turn = 0; turn < 5; turn++) await afterReply(ungrounded);
    await afterReply(CALM);
    expect([raised.length, looked.length, tasks.length]).toEqual([1, 0, 1]);
    clock.now += 16_000;
    await afterReply(CALM);
    await expect.poll(() => looked).toEqual([STARTED.call_id]);
    expect(raised).toHaveLength(1);
  });

  it('says of a question without an answer whether it was calm, and of nothing else', async () => {
    const { afterReply, raised, tasks } = setUp();
    const ungrounded = { ...CALM, rung: 'person' };
    const other = { ...STARTED, call_id: STARTED.call_id.replace(/......$/, '00000f') };
    await afterReply(ungrounded);
    await afterReply({ ...ungrounded, urgency: 'URGENT', started: other });
    await afterReply(CRITICAL);
    await expect.poll(() => raised.map(({ calm }) => calm)).toEqual([true, undefined, undefined]);
    expect(tasks.map((task) => PageTask.parse(task).raise?.calm)).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('is told again where the company wanted nobody for the first', async () => {
    const { afterReply, raised } = setUp({ outcome: 'unwanted' });
    const ungrounded = { ...CALM, rung: 'person' };
    await afterReply(ungrounded);
    await expect.poll(() => raised).toHaveLength(1);
    await afterReply(ungrounded);
    await expect.poll(() => raised).toHaveLength(2);
  });

  it('with CRITICAL words is told each time: people may have closed it meanwhile', async () => {
    const { afterReply, raised, tasks } = setUp();
    await afterReply(CRITICAL);
    await afterReply(CRITICAL);
    await expect.poll(() => raised).toHaveLength(2);
    expect(tasks).toHaveLength(2);
  });
});
