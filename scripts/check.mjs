import { join } from 'node:path';
import { ROOT, run } from './processes.mjs';

const tool = (name) => join(ROOT, 'node_modules', '.bin', name);

const CHECKS = [
  ['biome', ['check']],
  ['tsc', ['--noEmit', '--project', 'tsconfig.json']],
  ['tsc', ['--noEmit', '--project', 'dashboard/tsconfig.json']],
];

/** Format, lint and types of the whole repository; all are run, also when one fails. */
export async function check() {
  let worst = 0;
  for (const [name, args] of CHECKS) {
    console.log(`${name} ${args.join(' ')}`);
    worst = Math.max(worst, await run(tool(name), args));
  }
  return worst;
}
