import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { WorkerModeName } from './options.ts';

/** A process that serves one function, as firebase-tools knows it. */
export interface Worker {
  state: string;
  runtime: { process: ChildProcess };
}

/** What decides about the workers: who takes a request, and what happens around it. */
export interface WorkerMode {
  /** Whether one worker per function is enough, however many requests come at once. */
  shared: boolean;
  mayServe(worker: Worker): boolean;
  /** What a new worker finds in its environment besides the settings. */
  environment(): Record<string, string>;
  requestStarted(worker: Worker): void;
  /** The response has left the worker as a whole. */
  requestAnswered(worker: Worker): void;
}

/**
 * - default: one worker per function serves any number of requests at once, as an instance of the
 *   deployed platform does. (The emulator by itself starts a process for each concurrent request.)
 * - isolated: each request gets a process that never served another, with a journal of its own,
 *   and that dies with its response: what an instance that vanishes would lose is lost.
 * - freeze: as default, but a worker without a request in flight is stopped: what is left to be
 *   done after a response stays undone until the next request, as the platform may do.
 * @param folder where isolated workers have their journals
 */
export function createWorkerMode(name: WorkerModeName, folder: string): WorkerMode {
  if (name === 'isolated') return isolatedWorkers(folder);
  if (name === 'freeze') return frozenWorkers();
  return sharedWorkers();
}

function sharedWorkers(): WorkerMode {
  return {
    shared: true,
    mayServe: (worker) => worker.state === 'IDLE' || worker.state === 'BUSY',
    environment: () => ({}),
    requestStarted() {},
    requestAnswered() {},
  };
}

function isolatedWorkers(folder: string): WorkerMode {
  const used = new WeakSet<Worker>();
  return {
    shared: false,
    mayServe: (worker) => worker.state === 'IDLE' && !used.has(worker),
    environment: () => ({ JOURNAL_DIR: path.join(folder, 'journals', randomUUID()) }),
    requestStarted: (worker) => void used.add(worker),
    requestAnswered: (worker) => void worker.runtime.process.kill('SIGKILL'),
  };
}

function frozenWorkers(): WorkerMode {
  const inFlight = new WeakMap<Worker, number>();
  return {
    ...sharedWorkers(),
    requestStarted(worker) {
      if (!inFlight.has(worker)) thawWhenTerminated(worker.runtime.process);
      inFlight.set(worker, (inFlight.get(worker) ?? 0) + 1);
      worker.runtime.process.kill('SIGCONT');
    },
    requestAnswered(worker) {
      const left = (inFlight.get(worker) ?? 1) - 1;
      inFlight.set(worker, left);
      if (left === 0) worker.runtime.process.kill('SIGSTOP');
    },
  };
}

/** A stopped process keeps SIGTERM for later: whoever ends it must also let it run. */
function thawWhenTerminated(child: ChildProcess): void {
  const kill = child.kill.bind(child);
  child.kill = (signal) => {
    const sent = kill(signal);
    if (signal === undefined || signal === 'SIGTERM') kill('SIGCONT');
    return sent;
  };
}
