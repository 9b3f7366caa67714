import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** One process for each core: a schedule takes a few milliseconds of pure computation. */
const PROCESSES = Math.max(1, Math.min(4, availableParallelism()));
const SCHEDULES = 8_000;
const EACH = Math.ceil(SCHEDULES / PROCESSES);

it(`finds no violation in ${SCHEDULES} schedules`, { timeout: 600_000 }, async () => {
  const from = Array.from({ length: PROCESSES }, (_, index) => index * EACH);
  const runs = await Promise.all(from.map(explore));
  console.log(runs.map(({ output }) => output.trimEnd()).join('\n'));
  expect(runs.flatMap(({ output }) => output.match(/^seed .*/gm) ?? [])).toEqual([]);
  expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
});

function explore(from: number): Promise<{ code: number | null; output: string }> {
  const command = fileURLToPath(new URL('explore.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=64', command, '--from', String(from), '--schedules', String(EACH)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data));
  child.stderr.on('data', (data: Buffer) => (output += data));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
