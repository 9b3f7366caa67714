import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDS, type Counts, createCounters, quantile, together } from './counters.ts';

const NOON = Date.parse('2026-11-27T12:00:00Z');
const MINUTE = 60_000;

function setUp() {
  const clock = { at: NOON };
  return { clock, ...createCounters({ now: () => clock.at }) };
}

describe('the counters of a process', () => {
  it('keep each minute’s metrics apart by their outcome', () => {
    const { clock, count, take } = setUp();
    count({ metric: 'task_applied', outcome: 'in_time', milliseconds: 90 });
    count({ metric: 'task_applied', outcome: 'in_time', milliseconds: 100 });
    count({ metric: 'dead_letter' });
    clock.at += MINUTE;
    count({ metric: 'dead_letter' });
    expect(take()).toEqual([
      [
        NOON,
        {
          'task_applied:in_time': { count: 2, parts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], longest: 100 },
          dead_letter: { count: 1 },
        },
      ],
      [NOON + MINUTE, { dead_letter: { count: 1 } }],
    ]);
  });

  it('count the rung of a turn and Twilio’s code beside the metric', () => {
    const { count, take } = setUp();
    count({
      metric: 'webhook_answered',
      outcome: 'ok',
      milliseconds: 20,
      rung: 'card',
      rung_milliseconds: 3,
    });
    count({ metric: 'delivery_failed', outcome: 'message', code: '30003' });
    expect(Object.keys(take()[0]?.[1] ?? {}).sort()).toEqual([
      'code:30003',
      'delivery_failed:message',
      'rung:card',
      'webhook_answered:ok',
    ]);
  });

  it('are taken with all that they hold, once for each change, and again where they are given back', () => {
    const { count, take, giveBack } = setUp();
    count({ metric: 'direct_write' });
    expect(take()).toHaveLength(1);
    expect(take()).toEqual([]);
    count({ metric: 'direct_write' });
    const [taken] = take();
    expect(taken?.[1]).toEqual({ direct_write: { count: 2 } });
    giveBack(NOON);
    expect(take()).toEqual([taken]);
  });

  it('do not grow without bounds, whatever is counted', () => {
    const { clock, count, take } = setUp();
    for (let code = 0; code < 300; code++) {
      count({ metric: 'delivery_failed', code: String(10_000 + code) });
    }
    count({ metric: 'delivery_failed', code: '../../x' });
    const names = Object.keys(take()[0]?.[1] ?? {});
    expect(names).toHaveLength(100);
    expect(names.every((name) => /^[a-z0-9_:-]+$/.test(name))).toBe(true);
    for (let minute = 0; minute < 500; minute++) {
      clock.at += MINUTE;
      count({ metric: 'direct_write' });
    }
    expect(take().length).toBeLessThanOrEqual(60);
  });
});

const line = fc.record({
  metric: fc.constantFrom('task_applied' as const, 'webhook_answered' as const),
  outcome: fc.constantFrom('ok', 'failed'),
  milliseconds: fc.integer({ min: 0, max: 1_000_000 }),
});

function countsOf(lines: Parameters<ReturnType<typeof createCounters>['count']>[0][]): Counts {
  const { count, take } = setUp();
  for (const each of lines) count(each);
  return take()[0]?.[1] ?? {};
}

describe('counts of several processes', () => {
  it('come to what one process would have counted', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (a, b) => {
        expect(together([countsOf(a), countsOf(b)])).toEqual(countsOf([...a, ...b]));
      }),
    );
  });
});

describe('the time within which 95 of 100 were done', () => {
  it('is nothing where nothing was timed', () => {
    expect(quantile({ count: 3 }, 0.95)).toBeNull();
  });

  it('is never less than the truth, and at most the bound above it', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(times, (all) => {
        const counts = countsOf(
          all.map((milliseconds) => ({ metric: 'probe_arrived', milliseconds })),
        );
        const told = quantile(counts.probe_arrived ?? { count: 0 }, 0.95) ?? -1;
        const sorted = all.toSorted((a, b) => a - b);
        const truth = sorted[Math.ceil(0.95 * all.length) - 1] ?? 0;
        expect(told).toBeGreaterThanOrEqual(truth);
        const above = BOUNDS.find((bound) => truth <= bound) ?? Number.POSITIVE_INFINITY;
        expect(told).toBeLessThanOrEqual(above);
      }),
    );
  });
});
