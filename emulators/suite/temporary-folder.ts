import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PREFIX = 'aurora-';

/**
 * Gives this process and all it starts a temporary folder of their own. The emulators leave their
 * workers' sockets and the hub's locator file in the temporary folder; this way they vanish with
 * the run, two suites never meet, and what a killed run left behind is found and removed.
 * @returns the folder; it disappears when the process exits
 */
export function useOwnTemporaryFolder(): string {
  removeAbandonedFolders();
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removeAbandonedFolders(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (!owner || isRunning(Number(owner))) continue;
    rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
