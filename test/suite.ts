import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningSuite } from '../emulators/suite/launch.ts';
import type { WorkerModeName } from '../emulators/suite/options.ts';
import type { OutageAnswer, StoppableServer } from '../emulators/suite/outages.ts';
import type { Ports } from '../emulators/suite/ports.ts';

/** What a test needs to know of a suite that another process runs. */
export interface SuiteAddress {
  /** Hosting: the address from which everything is reached. */
  baseUrl: string;
  project: string;
  ports: Ports;
  /** Where the suite keeps its databases and the journal of the `twilio` worker. */
  stateDir: string;
}

export interface Suite extends SuiteAddress {
  /** Everything it has printed so far, by line. */
  logs(): string[];
  /** Runs a scheduled function now and waits for its end. @throws when it fails */
  tick(schedule: string): Promise<void>;
  /** Takes a server away as an outage does; what it holds stays. Resolves when nobody listens. */
  stopServer(name: StoppableServer): Promise<void>;
  startServer(name: StoppableServer): Promise<void>;
  /** The process that serves a function now; undefined where none does, or it only starts. */
  workerPid(functionName: string): Promise<number | undefined>;
  /** Resolves when the process is gone. May be called more than once. */
  stop(): Promise<void>;
}

export interface SuiteStart {
  mode?: WorkerModeName;
  /** Settings and secrets for the functions, in place of the local ones. */
  env?: Record<string, string>;
  /** With the demo's past calls and its live one; default: without. */
  demo?: boolean;
  /** The folder of firebase.json; default: this repository. */
  projectDirectory?: string;
}

const LAUNCHER = path.resolve(import.meta.dirname, '../emulators/suite.ts');

/**
 * Starts a suite of its own on free ports, with empty databases in a temporary folder.
 * @throws with what it printed when it ends, or something in it does not answer, before it is ready
 */
export async function startSuite(options: SuiteStart = {}): Promise<Suite> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'suite-state-'));
  const child = launch(options, stateDir);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface(stream).on('line', (line) => lines.push(line));
  }
  const gone = once(child, 'exit');

  async function stop(): Promise<void> {
    child.kill('SIGINT');
    await gone;
    await rm(stateDir, { recursive: true, force: true });
  }

  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as RunningSuite),
    gone.then(() => undefined),
  ]);
  if (!ready || ready.problems.length > 0) {
    await stop();
    throw new Error(`The suite is not ready:\n${lines.join('\n')}`);
  }
  const { baseUrl, project, ports } = ready;
  const ask = outageRequests(child);
  return {
    baseUrl,
    project,
    ports,
    stateDir,
    logs: () => [...lines],
    tick: (schedule) => tick({ project, ports }, schedule),
    stopServer: async (server) => void (await ask({ type: 'stop', server })),
    startServer: async (server) => void (await ask({ type: 'start', server })),
    workerPid: async (name) => (await ask({ type: 'worker-pid', function: name })).pid,
    stop,
  };
}

/** Asks the launcher, and resolves to its answer. @throws when it could not do it, or is gone */
function outageRequests(child: ChildProcess) {
  let last = 0;
  return (request: object): Promise<OutageAnswer> => {
    const id = ++last;
    return new Promise((resolve, reject) => {
      const gone = () => settle(() => reject(new Error('The suite has ended.')));
      const answered = (answer: OutageAnswer) => {
        if (answer.id !== id) return;
        settle(() => (answer.error ? reject(new Error(answer.error)) : resolve(answer)));
      };
      function settle(how: () => void): void {
        child.off('message', answered);
        child.off('exit', gone);
        how();
      }
      child.on('message', answered);
      child.once('exit', gone);
      child.send({ ...request, id }, (error) => error && settle(() => reject(error)));
    });
  };
}

/** Runs a scheduled function of any suite now and waits for its end. @throws when it fails */
export async function tick(
  { project, ports }: Pick<SuiteAddress, 'project' | 'ports'>,
  schedule: string,
): Promise<void> {
  // The emulator numbers the triggers of each generation of the code; the first is 0.
  const key = `us-central1-${schedule}-0`;
  const url = `http://127.0.0.1:${ports.functions}/functions/projects/${project}/triggers/${key}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-CloudScheduler-ScheduleTime': new Date().toISOString() },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${schedule} failed with ${response.status}: ${text}`);
}

function launch(options: SuiteStart, stateDir: string): ChildProcess {
  const { mode = 'default', env = {}, demo = false, projectDirectory } = options;
  // The runner's own variables would make the functions believe that they are unit tests.
  const { NODE_ENV: _, VITEST: __, NODE_OPTIONS: ___, ...environment } = process.env;
  return fork(
    LAUNCHER,
    [
      ...['--ports', 'free', '--state', stateDir],
      ...(demo ? [] : ['--bare']),
      ...(mode === 'default' ? [] : [`--${mode}`]),
      ...(projectDirectory ? ['--project', projectDirectory] : []),
      ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ],
    { env: environment, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
}
