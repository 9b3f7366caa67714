import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Runs Vitest; the last line says `N passed, N failed`.
 * @param {string[]} flags for Vitest
 * @returns {Promise<number>} Vitest's exit code
 */
export async function test(flags) {
  const folder = mkdtempSync(join(tmpdir(), 'aurora-test-'));
  const file = join(folder, 'result.json');
  try {
    const code = await run(nodeBinary(), [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...flags,
    ]);
    console.log(summary(readResult(file), code));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * A file that could not be loaded counts as one failure, and so does a run that failed although
 * none of its tests did.
 * @param {object | undefined} result of Vitest's JSON reporter; absent when it did not get so far
 * @param {number} exitCode Vitest's
 */
export function summary(result, exitCode) {
  const passed = result?.numPassedTests ?? 0;
  const unloaded = (result?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = (result?.numFailedTests ?? 0) + unloaded;
  return `${passed} passed, ${failed === 0 && exitCode !== 0 ? 1 : failed} failed`;
}
