import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hedged, type Stopped } from './hedge.ts';

const BUDGETS = { hedgeAfter: 900, giveUpAfter: 2_500 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An attempt that answers, or fails, after so many milliseconds, and says why it was stopped. */
function attempt(milliseconds: number, answer: string | Error) {
  const seen = { started: 0, stopped: undefined as string | undefined };
  const run = (signal: AbortSignal) => {
    seen.started += 1;
    return new Promise<string>((resolve, reject) => {
      setTimeout(() => {
        if (typeof answer === 'string') resolve(answer);
        else reject(answer);
      }, milliseconds);
      signal.addEventListener('abort', () => {
        seen.stopped ??= (signal.reason as Stopped).code;
        reject(signal.reason);
      });
    });
  };
  return { run, seen };
}

const race = (attempts: ReturnType<typeof attempt>[], caller?: AbortSignal) =>
  hedged(
    attempts.map(({ run }) => run),
    BUDGETS,
    caller,
  );

describe('of two attempts', () => {
  test('a quick first one is alone', async () => {
    const [first, second] = [attempt(300, 'first'), attempt(300, 'second')];
    const answer = race([first, second]);
    await vi.runAllTimersAsync();
    expect(await answer).toBe('first');
    expect(second.seen.started).toBe(0);
  });

  test('a slow first one is raced, and stopped when it loses', async () => {
    const [first, second] = [attempt(2_000, 'first'), attempt(300, 'second')];
    const answer = race([first, second]);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(await answer).toBe('second');
    expect(first.seen.stopped).toBe('too_slow');
  });

  test('the second is stopped when the slow first one answers after all', async () => {
    const [first, second] = [attempt(1_000, 'first'), attempt(1_000, 'second')];
    const answer = race([first, second]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toBe('first');
    expect(second.seen.stopped).toBe('not_needed');
  });

  test('the second starts at once when the first fails', async () => {
    const [first, second] = [attempt(10, new Error('no')), attempt(10, 'second')];
    const answer = race([first, second]);
    await vi.advanceTimersByTimeAsync(20);
    expect(await answer).toBe('second');
  });

  test('a second that fails leaves the first its time', async () => {
    const [first, second] = [attempt(2_000, 'first'), attempt(10, new Error('no'))];
    const answer = race([first, second]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toBe('first');
  });

  test('none is waited for when both have failed', async () => {
    const answer = race([attempt(10, new Error('no')), attempt(10, new Error('no'))]);
    await vi.advanceTimersByTimeAsync(20);
    expect(await answer).toBeUndefined();
  });

  test('none is waited for when the time is up', async () => {
    const [first, second] = [attempt(60_000, 'first'), attempt(60_000, 'second')];
    const answer = race([first, second]);
    await vi.advanceTimersByTimeAsync(BUDGETS.giveUpAfter);
    expect(await answer).toBeUndefined();
    expect([first.seen.stopped, second.seen.stopped]).toEqual(['too_slow', 'too_slow']);
  });

  test('both are stopped when the caller is gone', async () => {
    const caller = new AbortController();
    const [first, second] = [attempt(60_000, 'first'), attempt(60_000, 'second')];
    const answer = race([first, second], caller.signal);
    await vi.advanceTimersByTimeAsync(1_000);
    caller.abort();
    expect(await answer).toBeUndefined();
    expect([first.seen.stopped, second.seen.stopped]).toEqual(['caller_gone', 'caller_gone']);
  });

  test('none starts for a caller who is gone already', async () => {
    const first = attempt(10, 'first');
    expect(await race([first], AbortSignal.abort())).toBeUndefined();
    expect(first.seen.started).toBe(0);
  });

  test('no timer is left when it is over', async () => {
    const answer = race([attempt(0, 'first'), attempt(0, 'second')]);
    await vi.advanceTimersByTimeAsync(0);
    await answer;
    expect(vi.getTimerCount()).toBe(0);
  });
});
