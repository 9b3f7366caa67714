import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Projects of vitest.config.ts, step by step: first those that fill both cores by themselves, then,
 * side by side, three groups that wait for much of their time, for pages, timers and processes.
 */
export const STEPS = [
  [['unit', 'conformance', 'explorer', 'deploy', 'isolated']],
  [['journeys'], ['people', 'own-suite'], ['office']],
];

/**
 * Runs Vitest; the last line says `N passed, N failed`.
 * @param {string[]} flags for Vitest, which then runs once, with these; none: everything
 * @returns {Promise<number>} its exit code; of several the first that is not 0
 */
export async function test(flags) {
  const folder = mkdtempSync(join(tmpdir(), 'aurora-test-'));
  const runs = [];
  try {
    for (const step of flags.length > 0 ? [[undefined]] : STEPS) {
      const output = step.length > 1 ? 'beside' : 'shared';
      const done = step.map(async (projects, i) => {
        const file = join(folder, `${runs.length}-${i}.json`);
        const chosen = projects?.flatMap((project) => ['--project', project]) ?? flags;
        return { code: await vitest(file, chosen, output), result: readResult(file) };
      });
      runs.push(...(await Promise.all(done)));
    }
    if (runs.length > 1) for (const name of failures(runs)) console.log(`FAILED  ${name}`);
    console.log(summary(runs));
    return runs.find(({ code }) => code !== 0)?.code ?? 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(file, flags, output) {
  const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...flags];
  return run(nodeBinary(), ['node_modules/vitest/vitest.mjs', 'run', ...args], { output });
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What failed, a line each, since what Vitest says of it stands far above where it ran several times.
 * @param {{ result: object | undefined }[]} runs
 */
export function failures(runs) {
  return runs
    .flatMap(({ result }) => result?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [name];
      return failed.map(({ fullName }) => `${name}  ${fullName}`);
    });
}

/**
 * A file that could not be loaded counts as one failure, and so does a run that failed although
 * none of its tests did.
 * @param {{ code: number, result: object | undefined }[]} runs exit code and what Vitest's JSON
 *   reporter wrote; absent when it did not get so far
 */
export function summary(runs) {
  let passed = 0;
  let failed = 0;
  for (const { code, result } of runs) {
    passed += result?.numPassedTests ?? 0;
    const unloaded = (result?.testResults ?? []).filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    const told = (result?.numFailedTests ?? 0) + unloaded;
    failed += told === 0 && code !== 0 ? 1 : told;
  }
  return `${passed} passed, ${failed} failed`;
}
