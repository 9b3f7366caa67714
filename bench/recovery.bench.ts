import { deepStrictEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Recovered, WAYS, type Way } from './recovery/plan.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * How long the journal takes to read back 200,000 messages in 10,000 conversations, against reading
 * and parsing the same total.json with JSON.parse, which is the least that any reader of it can do.
 * recovery/prepare.ts makes the files once; each recovery then runs in a process of its own, the two
 * three times in turns, and the median counts. Beside them, once: the same messages all in segments,
 * one line each, which compaction (after some seconds at the latest) lets no process in service
 * reach. CPU is the time of all threads of the process, the collector's too: what others do on the
 * machine moves it little. Checked: all ways read the same number of calls, messages and characters.
 */
const PREPARE = fileURLToPath(new URL('./recovery/prepare.ts', import.meta.url));
const MEASURE = fileURLToPath(new URL('./recovery/measure.ts', import.meta.url));
/** How often each way is measured; one round after the other. */
const ROUNDS: readonly (readonly Way[])[] = [WAYS, WAYS.slice(0, 2), WAYS.slice(0, 2)];
/** From total.json, against JSON.parse. */
const GOAL = 1.5;
const OURS: Way = 'Aurora journal, from total.json';

type Times = Pick<Recovered, 'milliseconds' | 'cpu'>;

const run = promisify(execFile);

export async function benchRecovery(): Promise<void> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'aurora-bench-'));
  try {
    await run(process.execPath, [PREPARE, directory]);
    report(await measureAll(directory));
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

async function measureAll(directory: string): Promise<Map<Way, Times[]>> {
  const samples = new Map<Way, Times[]>(WAYS.map((way) => [way, []]));
  const expected = { calls: 10_000, messages: 200_000 };
  let characters: number | undefined;
  for (const ways of ROUNDS) {
    for (const way of ways) {
      const { milliseconds, cpu, ...counted } = await measureInProcess(directory, way);
      characters ??= counted.characters;
      deepStrictEqual(counted, { ...expected, characters });
      samples.get(way)?.push({ milliseconds, cpu });
    }
  }
  return samples;
}

async function measureInProcess(directory: string, way: Way): Promise<Recovered> {
  const { stdout } = await run(process.execPath, [MEASURE, directory, way]);
  return JSON.parse(stdout);
}

function report(samples: Map<Way, Times[]>): void {
  const median = (way: Way, kind: keyof Times) =>
    percentile(samples.get(way)?.map((times) => times[kind]) ?? [], 0.5);
  const toParse = (way: Way, kind: keyof Times) => median(way, kind) / median(WAYS[0], kind);
  const rows = WAYS.map((way) => [
    way,
    String(samples.get(way)?.length),
    duration(median(way, 'milliseconds')),
    duration(median(way, 'cpu')),
    ratio(toParse(way, 'milliseconds')),
    ratio(toParse(way, 'cpu')),
  ]);
  const heading = ['recovery', 'processes', 'median', 'CPU', 'to JSON.parse', 'CPU to JSON.parse'];
  console.log(table([heading, ...rows]));
  const [time, cpu] = [toParse(OURS, 'milliseconds'), toParse(OURS, 'cpu')];
  const verdict = (value: number) => `${value <= GOAL ? 'met' : 'not met'} (${value.toFixed(2)}x)`;
  console.log(
    `\nGoal: from total.json <= ${ratio(GOAL)}: by CPU time ${verdict(cpu)}; ` +
      `by the clock, which others slow down, ${verdict(time)}.`,
  );
}
