import { describe, expect, it } from 'vitest';
import { STARTED } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createTaskHandler } from './task-handler.ts';

const silentLog: Log = { info() {}, warn() {}, error() {}, alert() {} };

function setUp(apply: (events: CallEvent[]) => Promise<void>) {
  const dead: { payload: unknown; reason: string }[] = [];
  const identified: CallEvent[][] = [];
  const handle = createTaskHandler({
    apply,
    identify: async (events) => void identified.push(events),
    deadLetters: async () => ({
      record: async (payload, reason) => void dead.push({ payload, reason }),
    }),
    log: silentLog,
  });
  return { handle, dead, identified };
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
