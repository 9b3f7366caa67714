import { expect, it } from 'vitest';
import { doChores } from './chores.ts';
import { recordingLog } from './upkeep.fixture.ts';

it('says what there was to do, and nothing where there was nothing', async () => {
  const { log, lines } = recordingLog();
  const chores = [
    { run: async () => 2, done: 'Calls were ended.' },
    { run: async () => 0, done: 'Never said.' },
    { run: async () => 3 },
  ];
  await doChores(chores, log);
  expect(lines).toEqual([{ severity: 'warn', message: 'Calls were ended.', fields: { count: 2 } }]);
});

it('does every chore although one fails, and fails then', async () => {
  const { log, lines } = recordingLog();
  const done: string[] = [];
  const chores = [
    { run: () => Promise.reject(new Error('no secret')) },
    {
      run: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        done.push('second');
        return 1;
      },
      done: 'Something.',
    },
  ];
  await expect(doChores(chores, log)).rejects.toThrow('Chores that failed: 1.');
  expect(done).toEqual(['second']);
  expect(lines.map(({ severity }) => severity)).toEqual(['error', 'warn']);
});
