import { spawnSync } from 'node:child_process';
import { SuiteError } from './errors.ts';

/** What the Java emulators of firebase-tools need. */
const NEEDED = 21;

/** @throws SuiteError when there is no Java that can run the official database emulators */
export function requireJava(): void {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = error ? undefined : majorVersion(stderr);
  if (version !== undefined && version >= NEEDED) return;
  const found = version === undefined ? 'none was found on PATH' : `this is Java ${version}`;
  throw new SuiteError(
    `--official needs Java ${NEEDED} or newer, and ${found}. Install it, or start without --official.`,
  );
}

/** From the first line of `java -version`: `openjdk version "21.0.4" …`; 1.8 is 8. */
export function majorVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}
