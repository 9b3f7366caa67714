import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Log, LogFields } from '../../log.ts';
import type { Output } from '../llm/output.ts';
import { guard } from './breaker.ts';
import { Stopped } from './hedge.ts';

const PROMPT = { system: 'rules', user: '{}' };
const CHOICE = { urgency: 'NORMAL' } as Output;
const OPTIONS = { failures: 3, restFor: 10_000, restAtMost: 10_000 };
const alive = new AbortController().signal;

let lines: [string, LogFields | undefined][];
let asked: number;
let answer: () => Output;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  lines = [];
  asked = 0;
  answer = () => CHOICE;
  return () => void vi.useRealTimers();
});

function guarded() {
  const line = (text: string, fields?: LogFields) => void lines.push([text, fields]);
  const log: Log = { info: line, warn: line, error: line, alert: line };
  const model = {
    name: 'test-model',
    ask: async () => {
      asked += 1;
      return answer();
    },
  };
  return guard(model, { log, now: Date.now, breaker: OPTIONS });
}

async function fail(model: ReturnType<typeof guarded>, times: number, error: unknown) {
  answer = () => {
    throw error;
  };
  for (let at = 0; at < times; at += 1) await model.ask(PROMPT, alive).catch(() => {});
}

describe('a model that fails', () => {
  test('is left out after a few failures in a row, and then costs nothing', async () => {
    const model = guarded();
    await fail(model, 3, new Error('down'));
    await expect(model.ask(PROMPT, alive)).rejects.toThrow();
    expect(asked).toBe(3);
    expect(lines.at(-1)?.[0]).toContain('left out');
  });

  test('is not left out when it answers in between', async () => {
    const model = guarded();
    await fail(model, 2, new Error('down'));
    answer = () => CHOICE;
    await model.ask(PROMPT, alive);
    await fail(model, 2, new Error('down'));
    expect(model.available(true)).toBe(true);
  });

  test('is tried again after its rest, and is back when it answers', async () => {
    const model = guarded();
    await fail(model, 3, new Error('down'));
    vi.advanceTimersByTime(60_000);
    answer = () => CHOICE;
    expect(await model.ask(PROMPT, alive)).toBe(CHOICE);
    expect(model.available(true)).toBe(true);
  });

  test('is not tried again on a critical call', async () => {
    const model = guarded();
    await fail(model, 3, new Error('down'));
    vi.advanceTimersByTime(60_000);
    expect(model.available(true)).toBe(false);
    expect(model.available(false)).toBe(true);
  });

  test('is tried again by one call only', async () => {
    const model = guarded();
    await fail(model, 3, new Error('down'));
    vi.advanceTimersByTime(60_000);
    answer = () => CHOICE;
    const trial = model.ask(PROMPT, alive);
    expect(model.available(false)).toBe(false);
    await trial;
  });

  test('rests as long as the provider asks for', async () => {
    const model = guarded();
    const busy = { statusCode: 429, responseHeaders: { 'retry-after': '30' } };
    await fail(model, 1, Object.assign(new Error('busy'), busy));
    expect(model.available(false)).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(model.available(false)).toBe(true);
  });
});

describe('an attempt that was stopped', () => {
  test('counts when the model was too slow', async () => {
    const model = guarded();
    await fail(model, 3, new Stopped('too_slow'));
    expect(model.available(true)).toBe(false);
  });

  test.each(['not_needed', 'caller_gone'] as const)('says nothing when %s', async (code) => {
    const model = guarded();
    await fail(model, 5, new Stopped(code));
    expect(model.available(true)).toBe(true);
    expect(lines).toEqual([]);
  });
});

test('what is logged of a failure is what it was, not what was said', async () => {
  const model = guarded();
  const error = Object.assign(new Error('you said: my name is Asha'), {
    statusCode: 500,
    requestBodyValues: { messages: ['my name is Asha'] },
    responseBody: 'my name is Asha',
  });
  await fail(model, 1, error);
  expect(lines).toEqual([
    [
      'A language model gave no choice.',
      {
        metric: 'model_failed',
        model: 'test-model',
        reason: 'refused',
        status: 500,
        milliseconds: 0,
      },
    ],
  ]);
});
