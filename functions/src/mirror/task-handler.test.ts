import { describe, expect, it } from 'vitest';
import { message, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createTaskHandler } from './task-handler.ts';

function setUp(apply: (events: CallEvent[]) => Promise<void>) {
  const dead: { payload: unknown; reason: string }[] = [];
  const identified: CallEvent[][] = [];
  const flushed: number[] = [];
  const { log, lines } = recordingLog();
  const handle = createTaskHandler({
    apply,
    identify: async (events) => void identified.push(events),
    deadLetters: async () => ({
      record: async (payload, reason) => void dead.push({ payload, reason }),
    }),
    flush: async () => void flushed.push(lines.length),
    now: () => Date.parse(STARTED.at) + 2_500,
    log,
  });
  return { handle, dead, identified, lines, flushed };
}

describe('the mirror task', () => {
  it('applies the events that it carries', async () => {
    const applied: CallEvent[][] = [];
    const { handle, dead, identified } = setUp(async (events) => void applied.push(events));
    await handle({ events: [STARTED] });
    expect(applied).toEqual([[STARTED]]);
    expect(identified).toEqual([[STARTED]]);
    expect(dead).toEqual([]);
  });

  it.each([
    ['a retryable fault', new AuroraError(503, 'database_away', 'Away.')],
    ['an unknown fault', new TypeError('what')],
  ])('fails on %s, so that Cloud Tasks runs it again (I2)', async (_, fault) => {
    const { handle, dead, identified } = setUp(() => Promise.reject(fault));
    await expect(handle({ events: [STARTED] })).rejects.toBe(fault);
    expect(dead).toEqual([]);
    expect(identified).toEqual([]);
  });

  it('puts events that no retry can bring home among the dead letters, and is done', async () => {
    const fault = new AuroraError(404, 'call_unknown', 'Unknown.', { retryable: false });
    const { handle, dead } = setUp(() => Promise.reject(fault));
    await handle({ events: [STARTED] });
    expect(dead).toEqual([{ payload: { events: [STARTED] }, reason: 'call_unknown' }]);
  });

  it('is measured from its newest event to the write, and written before it is done', async () => {
    const { handle, lines, flushed } = setUp(async () => {});
    const words = message(1, 'user', 'fire', 1);
    await handle({ events: [STARTED, words] });
    const measured = { metric: 'task_applied', outcome: 'in_time', milliseconds: 1_500 };
    expect(lines.map(({ fields }) => fields)).toEqual([measured]);
    expect(flushed).toEqual([1]);
  });

  it.each([
    ['failed', new AuroraError(503, 'database_away', 'Away.')],
    ['waiting', new AuroraError(503, 'call_not_live_yet', 'Not yet.')],
  ])('is counted as %s where it is to be repeated', async (outcome, fault) => {
    const { handle, lines, flushed } = setUp(() => Promise.reject(fault));
    await expect(handle({ events: [STARTED] })).rejects.toBe(fault);
    expect(lines).toMatchObject([{ fields: { metric: 'task_failed', outcome } }]);
    expect(flushed).toEqual([1]);
  });

  it('measures the way that a probe has come, and applies nothing', async () => {
    const { handle, lines, dead } = setUp(() => Promise.reject(new Error('must not be applied')));
    await handle({ probe: new Date(Date.parse(STARTED.at)).toISOString() });
    expect(lines).toMatchObject([{ fields: { metric: 'probe_arrived', milliseconds: 2_500 } }]);
    expect(dead).toEqual([]);
  });

  it.each([
    undefined,
    null,
    {},
    { events: [] },
    { events: [{ type: 'x' }] },
    { events: [{ ...STARTED, call_id: '../x' }] },
  ])('records a task without its schema and applies nothing: %j (I7)', async (data) => {
    const { handle, dead } = setUp(() => Promise.reject(new Error('must not be applied')));
    await handle(data);
    expect(dead).toHaveLength(1);
  });
});
