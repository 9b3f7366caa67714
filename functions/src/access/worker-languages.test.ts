import { expect, it } from 'vitest';
import type { Log } from '../log.ts';
import { createWorkerLanguages } from './worker-languages.ts';
import type { FindWorker } from './worker-lookup.ts';

function languages(findWorker: FindWorker) {
  const told: string[] = [];
  const note = (message: string) => void told.push(message);
  const log: Log = { info: note, warn: note, error: note, alert: note };
  return { ...createWorkerLanguages({ findWorker, log }), told };
}

const settled = () => new Promise(setImmediate);

it('is not known before Firestore has answered, and is afterwards (I1)', async () => {
  const { lookUp, of } = languages(async () => ({ id: 'asha', language: 'hi-IN' }));
  lookUp('steel', '+15550100001');
  expect(of('steel', '+15550100001')).toBeUndefined();
  await settled();
  expect(of('steel', '+15550100001')).toBe('hi-IN');
});

it('is that of one company only (I6)', async () => {
  const { lookUp, of } = languages(async () => ({ id: 'asha', language: 'hi-IN' }));
  lookUp('steel', '+15550100001');
  await settled();
  expect(of('paper', '+15550100001')).toBeUndefined();
});

it('stays unknown for a withheld number, a stranger, and while Firestore is away', async () => {
  const asked: string[] = [];
  const { lookUp, of, told } = languages(async (_, number) => {
    asked.push(number);
    if (number.endsWith('2')) throw new Error('away');
    return undefined;
  });
  for (const number of ['anonymous', '+15550100001', '+15550100002']) lookUp('steel', number);
  await settled();
  expect(asked).toEqual(['+15550100001', '+15550100002']);
  expect(of('steel', '+15550100002')).toBeUndefined();
  expect(told).toHaveLength(1);
});

it('is kept of the latest callers alone', async () => {
  const { lookUp, of } = languages(async () => ({ id: 'asha', language: 'hi-IN' }));
  for (let n = 0; n <= 200; n += 1) lookUp('steel', `+1555010${1_000 + n}`);
  await settled();
  expect(of('steel', '+15550101000')).toBeUndefined();
  expect(of('steel', '+15550101200')).toBe('hi-IN');
});
