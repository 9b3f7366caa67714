import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { duration, percentile, ratio } from '../statistics.ts';
import { table } from '../table.ts';
import { LOADS, type Load, type Loaded } from './plan.ts';

/**
 * What loading the assistant costs a new instance: imports, manuals, lexicon, and the first turn,
 * from the built functions, each time in a process that has done nothing else yet and without what
 * Node keeps of earlier compilations. The ways run in turns, and the median counts. Checked, in
 * processes of their own: without a model nothing of the provider's library is loaded, with one it is.
 */
const LOAD = fileURLToPath(new URL('./load.ts', import.meta.url));
const ROUNDS = 7;
const PROVIDER = '@ai-sdk/openai-compatible';

const run = promisify(execFile);

export async function benchImports(): Promise<void> {
  for (const load of LOADS) {
    const { packages } = await loaded(load, 'packages');
    if (packages.includes(PROVIDER) !== (load === 'rules and models')) {
      throw new Error(`${load}: ${PROVIDER} is ${packages.includes(PROVIDER) ? '' : 'not '}loaded`);
    }
  }
  const samples = new Map<Load, Loaded[]>(LOADS.map((load) => [load, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const load of LOADS) samples.get(load)?.push(await loaded(load, 'time'));
  }
  const median = (load: Load, kind: 'milliseconds' | 'cpu' | 'megabytes') =>
    percentile(samples.get(load)?.map((one) => one[kind]) ?? [], 0.5);
  const rows = LOADS.map((load) => [
    load,
    String(samples.get(load)?.length),
    duration(median(load, 'milliseconds')),
    duration(median(load, 'cpu')),
    `${median(load, 'megabytes').toFixed(1)} MB`,
    ratio(median(load, 'milliseconds') / median('rules', 'milliseconds')),
  ]);
  console.log(
    table([
      ['loaded for the first turn', 'processes', 'median', 'CPU', 'memory', 'to the rules'],
      ...rows,
    ]),
  );
}

async function loaded(load: Load, what: 'time' | 'packages'): Promise<Loaded> {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, [LOAD, load, what], { env });
  return JSON.parse(stdout);
}
