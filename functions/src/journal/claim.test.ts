import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { claimDirectory } from './claim.ts';
import { withDirectory } from './journal.fixture.ts';
import { isSameProcess, startOf } from './process-start.ts';

const CHILD = fileURLToPath(new URL('./claim-on-signal.fixture.ts', import.meta.url));

/** Leaves a lock as another process would have. */
function leaveLock(base: string, k: number, pid: number, start: string): void {
  const directory = path.join(base, `instance-${k}`);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, `lock-${pid}-${start}-00c0ffee`), `${pid}\n`);
}

function locksIn(directory: string): string[] {
  return fs.readdirSync(directory).filter((name) => name.startsWith('lock-'));
}

describe('claiming a directory', () => {
  test('takes the first that nobody holds, and gives it back', () =>
    withDirectory((base) => {
      const claims = [1, 2, 3].map(() => claimDirectory(base));
      expect(claims.map(({ directory }) => path.basename(directory))).toEqual([
        'instance-1',
        'instance-2',
        'instance-3',
      ]);
      claims[1]?.release();
      expect(claimDirectory(base).directory).toBe(claims[1]?.directory);
    }));

  test('lets no other user of the machine look into it', () =>
    withDirectory((base) => {
      const { mode } = fs.statSync(claimDirectory(base).directory);
      // Windows keeps such rights elsewhere.
      expect(process.platform === 'win32' ? 0 : mode & 0o077).toBe(0);
    }));

  test('takes over from a process that is dead, and removes its lock', () =>
    withDirectory((base) => {
      // Beyond the largest pid that Linux or macOS gives out.
      leaveLock(base, 1, 2 ** 30, 'x1t1');
      const { directory } = claimDirectory(base);
      expect(path.basename(directory)).toBe('instance-1');
      expect(locksIn(directory)).toEqual([expect.stringContaining(`lock-${process.pid}-`)]);
    }));

  test('takes over from an earlier process that had the same pid, as in a container', () =>
    withDirectory((base) => {
      leaveLock(base, 1, process.pid, 'earlier1');
      expect(path.basename(claimDirectory(base).directory)).toBe('instance-1');
    }));

  test('leaves alone what a living process holds', () =>
    withDirectory((base) => {
      leaveLock(base, 1, process.ppid, startOf(process.ppid));
      expect(path.basename(claimDirectory(base).directory)).toBe('instance-2');
      expect(locksIn(path.join(base, 'instance-1'))).toHaveLength(1);
    }));

  test(
    'gives each of many processes that start at once after a crash its own',
    () =>
      withDirectory(async (base) => {
        for (const k of [1, 2]) leaveLock(base, k, 2 ** 30, 'x1t1');
        const children = Array.from({ length: 5 }, () =>
          spawn(process.execPath, [CHILD, base], { stdio: ['pipe', 'pipe', 'inherit'] }),
        );
        await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
        for (const { stdin } of children) stdin.write('now\n');
        const answers = await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
        for (const { stdin } of children) stdin.end();
        await Promise.all(children.map((child) => once(child, 'close')));
        expect(new Set(answers.map(String)).size).toBe(children.length);
      }),
    20_000,
  );

  test('does not take other files for locks', () =>
    withDirectory((base) => {
      fs.mkdirSync(path.join(base, 'instance-1'));
      fs.writeFileSync(path.join(base, 'instance-1', 'lock-notes.txt'), '');
      expect(path.basename(claimDirectory(base).directory)).toBe('instance-1');
    }));
});

describe('telling processes apart', () => {
  test('this process is itself, with a start that fits into a file name', () => {
    expect(startOf(process.pid)).toMatch(/^[0-9a-z]+$/);
    expect(isSameProcess(process.pid, startOf(process.pid))).toBe(true);
  });

  test('the same pid with another start is another process', () => {
    expect(isSameProcess(process.pid, 'earlier1')).toBe(false);
  });
});
