import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { createWorkerMode, type Worker } from './worker-modes.ts';

test('by default one worker serves many requests at once, but not while it starts or ends', () => {
  const mode = createWorkerMode('default', '/tmp');
  expect(mode.shared).toBe(true);
  const states = ['CREATED', 'IDLE', 'BUSY', 'FINISHING', 'FINISHED'];
  expect(states.filter((state) => mode.mayServe(fakeWorker(state).worker))).toEqual([
    'IDLE',
    'BUSY',
  ]);
});

test('an isolated worker serves one request, and is killed by its response', () => {
  const mode = createWorkerMode('isolated', '/tmp');
  const { worker, signals } = fakeWorker('IDLE');
  expect(mode.mayServe(worker)).toBe(true);
  mode.requestStarted(worker);
  expect(signals).toEqual([]);
  mode.requestAnswered(worker);
  expect(signals).toEqual(['SIGKILL']);
  expect(mode.mayServe(worker)).toBe(false);
  expect(mode.mayServe(fakeWorker('BUSY').worker)).toBe(false);
});

test('no two isolated workers share a journal', () => {
  const mode = createWorkerMode('isolated', '/tmp/x');
  expect(mode.environment().JOURNAL_DIR).toMatch(/^\/tmp\/x\//);
  expect(mode.environment()).not.toEqual(mode.environment());
});

test('a frozen worker runs only while a request is in flight', () => {
  const mode = createWorkerMode('freeze', '/tmp');
  const { worker, signals } = fakeWorker('IDLE');
  mode.requestStarted(worker);
  mode.requestStarted(worker);
  mode.requestAnswered(worker);
  expect(signals).toEqual(['SIGCONT', 'SIGCONT']);
  mode.requestAnswered(worker);
  expect(signals.splice(0)).toEqual(['SIGCONT', 'SIGCONT', 'SIGSTOP']);
  mode.requestStarted(worker);
  expect(signals).toEqual(['SIGCONT']);
});

test('a frozen worker that is told to end is let run, so that it can', () => {
  const mode = createWorkerMode('freeze', '/tmp');
  const { worker, signals } = fakeWorker('IDLE');
  mode.requestStarted(worker);
  mode.requestAnswered(worker);
  signals.length = 0;
  worker.runtime.process.kill();
  expect(signals).toEqual(['SIGTERM', 'SIGCONT']);
});

function fakeWorker(state: string) {
  const signals: string[] = [];
  const kill = (signal = 'SIGTERM') => signals.push(signal) > 0;
  const worker: Worker = { state, runtime: { process: { kill } as unknown as ChildProcess } };
  return { worker, signals };
}
