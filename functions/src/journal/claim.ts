import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AuroraError } from '../errors.ts';
import { isSameProcess, startOf } from './process-start.ts';

const LOCK = /^lock-([0-9]+)-([0-9a-z]+)-[0-9a-f]{8}$/;
const MOST_WRITERS = 1_000;

export interface Claim {
  directory: string;
  release(): void;
}

/**
 * Gives the caller the first `instance-<k>` under `base` that no living process holds, so that
 * each directory has one writer and the journal that a dead process left is read by the next.
 * Only for processes of one machine (or container): a lock names a process of this one.
 *
 * A lock's name holds everything (pid, process start, random), so it appears whole and at once.
 * Every claimant creates a lock of its own and then looks whether any other is alive: of two that
 * race, at least one sees the other and moves on. With one shared lock file, a claimant that
 * removes a stale lock could remove the fresh one that another has just put in its place.
 */
export function claimDirectory(base: string): Claim {
  for (let k = 1; k <= MOST_WRITERS; k += 1) {
    const directory = path.join(base, `instance-${k}`);
    // For nobody else's eyes: it holds what callers said.
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    const lock = claim(directory);
    if (lock) return { directory, release: () => fs.rmSync(lock, { force: true }) };
  }
  throw new AuroraError(
    503,
    'journal_no_directory',
    `All ${MOST_WRITERS} journal directories are in use: stop other processes or use another base.`,
  );
}

/** The path of our lock, or undefined where somebody else holds the directory. */
function claim(directory: string): string | undefined {
  if (locks(directory).some(isAlive)) return undefined;
  const own = `lock-${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString('hex')}`;
  const ownPath = path.join(directory, own);
  fs.writeFileSync(ownPath, `${process.pid}\n`, { flag: 'wx' });
  const others = locks(directory).filter((name) => name !== own);
  if (others.some(isAlive)) {
    fs.rmSync(ownPath, { force: true });
    return undefined;
  }
  for (const stale of others) fs.rmSync(path.join(directory, stale), { force: true });
  return ownPath;
}

function locks(directory: string): string[] {
  return fs.readdirSync(directory).filter((name) => LOCK.test(name));
}

function isAlive(lock: string): boolean {
  const [, pid, start] = LOCK.exec(lock) ?? [];
  return isSameProcess(Number(pid), start ?? '');
}
