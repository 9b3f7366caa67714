import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';

/**
 * Remembers every process that this one starts, whoever starts it, so that none outlives it:
 * firebase-tools gives no hold on the process that reads the function definitions, and forgets
 * workers that start while it shuts down.
 */
export function watchChildren() {
  const alive = new Set<ChildProcess>();
  subscribe('child_process', (message) => {
    const child = (message as { process: ChildProcess }).process;
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    child.once('error', () => {
      if (child.pid === undefined) alive.delete(child);
    });
  });

  /** SIGKILL, because a stopped or busy process would not answer anything gentler. */
  function kill(): void {
    for (const child of alive) child.kill('SIGKILL');
  }

  return {
    kill,
    /** Kills them all and waits until the system has buried them. */
    async bury(): Promise<void> {
      const graves = [...alive].map((child) => once(child, 'exit'));
      kill();
      await Promise.all(graves);
    },
  };
}

export type Children = ReturnType<typeof watchChildren>;
