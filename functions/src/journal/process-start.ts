import fs from 'node:fs';

const UNKNOWN = 'unknown';

/**
 * Tells two processes apart that had the same pid one after the other, which is the rule in
 * containers: pid 1 dies and comes back as pid 1. On Linux the boot's id and the start in clock
 * ticks since boot, from /proc; elsewhere only known of ourselves. Matches [0-9a-z]+.
 */
export function startOf(pid: number): string {
  const status = procStat(pid);
  if (status) return `${bootId()}t${status.startTicks}`;
  return pid === process.pid ? `e${Math.round(performance.timeOrigin)}` : UNKNOWN;
}

/**
 * Whether the process that had this pid and start is still running. Where the start of a running
 * process can't be told, it counts as the same one: the price is a directory left alone too long.
 */
export function isSameProcess(pid: number, start: string): boolean {
  if (!isRunning(pid)) return false;
  const now = startOf(pid);
  return now === UNKNOWN || now === start;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A killed child whose parent has not asked for its exit code still has its pid.
  const state = procStat(pid)?.state;
  return state !== 'Z' && state !== 'X';
}

/** Fields 3 and 22 of /proc/<pid>/stat (man 5 proc_pid_stat); field 2 may hold spaces and `)`. */
function procStat(pid: number): { state: string; startTicks: string } | undefined {
  const text = read(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields?.[0];
  const startTicks = fields?.[19];
  return state && startTicks ? { state, startTicks } : undefined;
}

function bootId(): string {
  return (
    read('/proc/sys/kernel/random/boot_id')
      ?.replaceAll(/[^0-9a-f]/g, '')
      .slice(0, 8) ?? ''
  );
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
