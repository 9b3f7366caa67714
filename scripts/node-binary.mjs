import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, ROOT } from './processes.mjs';

const WANTED_MAJOR = 24;

/** The Node that everything but npm runs under. @throws Failure when it was not installed */
export function nodeBinary() {
  const installed = join(ROOT, 'node_modules', '.bin', 'node');
  if (existsSync(installed)) return installed;
  if (Number.parseInt(process.versions.node, 10) === WANTED_MAJOR) return process.execPath;
  throw new Failure(
    `Node ${WANTED_MAJOR} is missing: it comes with the npm package 'node', whose install script did not run.\n` +
      'If npm is set to ignore install scripts, run: npm rebuild node --ignore-scripts=false\n' +
      `Or use Node ${WANTED_MAJOR} as the machine's own.`,
  );
}
