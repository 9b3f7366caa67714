import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCompactionSchedule } from './compaction-schedule.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp({ duration = 0, fails = (): boolean => false } = {}) {
  const startedAt: number[] = [];
  const begin = performance.now();
  const errors: unknown[] = [];
  const schedule = createCompactionSchedule({
    limits: { compactAfter: 250, compactAtLatest: 5_000 },
    onError: (error) => errors.push(error),
    compact: async () => {
      startedAt.push(Math.round(performance.now() - begin));
      if (duration > 0) await new Promise((resolve) => setTimeout(resolve, duration));
      if (fails()) throw new Error('disk full');
    },
  });
  /** Touches it every 100 ms, so that it is never quiet. */
  async function keepTouching(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      schedule.touched();
      await vi.advanceTimersByTimeAsync(100);
    }
  }
  return { schedule, startedAt, errors, keepTouching };
}

describe('compaction', () => {
  test('does not start when nothing was appended', async () => {
    const { startedAt } = setUp();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(startedAt).toEqual([]);
  });

  test('starts once when appends pause', async () => {
    const { schedule, startedAt } = setUp();
    schedule.touched();
    await vi.advanceTimersByTimeAsync(200);
    schedule.touched();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(startedAt).toEqual([450]);
  });

  test('starts at the latest after five seconds when they do not', async () => {
    const { startedAt, keepTouching } = setUp();
    await keepTouching(9_000);
    expect(startedAt).toEqual([5_000]);
  });

  test('takes at most about a twentieth of the time', async () => {
    const { startedAt, keepTouching } = setUp({ duration: 1_000 });
    await keepTouching(100_000);
    const duty = (startedAt.length * 1_000) / 100_000;
    expect(startedAt.length).toBeGreaterThan(3);
    expect(duty).toBeLessThanOrEqual(0.06);
  });

  test('tries again after a failure, later each time, also when nothing more is appended', async () => {
    const { schedule, startedAt, errors } = setUp({ fails: () => startedAt.length < 3 });
    schedule.touched();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(startedAt).toEqual([250, 10_250, 30_250]);
    expect(errors).toHaveLength(2);
  });

  test('stops only after the one that runs, and starts no other', async () => {
    const { schedule, startedAt } = setUp({ duration: 1_000 });
    schedule.touched();
    await vi.advanceTimersByTimeAsync(300);
    schedule.touched();
    let stopped = false;
    const stop = schedule.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(900);
    expect(stopped).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await stop;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(startedAt).toEqual([250]);
  });
});
