/**
 * Everything that reaches into firebase-tools. The package has no public interface for any of
 * this, so its version is pinned and firebase-tools.test.ts fails when an update moves what is
 * used here.
 *
 * The functions emulator is changed in these ways:
 * - one worker serves many requests of its function at once, as production does (worker-modes.ts);
 * - a client that goes away is passed on to the function, and a worker that dies to its client,
 *   also through Hosting;
 * - workers start a few at a time, those that a caller waits for first, so that none is given up
 *   because all are slow;
 * - a worker that can't start is killed and answered for with 500: the emulator would leave the client
 *   waiting and the process running;
 * - secrets come from the suite, and Secret Manager is never asked.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Writable } from 'node:stream';
import { limitConcurrency } from './concurrency.ts';
import type { EmulatorInstance, FunctionDefinition, LogEntry } from './emulator-types.ts';
import { SuiteError } from './errors.ts';
import type { Worker, WorkerMode } from './worker-modes.ts';

const require = createRequire(import.meta.url);

// biome-ignore-start lint/suspicious/noExplicitAny: untyped code of another package
/** Modules and the members of theirs that are used; the smoke test walks this table. */
export const USED = {
  'emulator/controller.js': ['startAll'],
  'emulator/registry.js': [
    'EmulatorRegistry.start',
    'EmulatorRegistry.stopAll',
    'EmulatorRegistry.get',
  ],
  'emulator/tasksEmulator.js': ['TaskQueueController.LISTEN_TIMEOUT'],
  'emulator/functionsRuntimeWorker.js': [
    'RuntimeWorker.prototype.request',
    'RuntimeWorker.prototype.waitForSocketReady',
    'RuntimeWorkerPool.prototype.getIdleWorker',
    'RuntimeWorkerPool.prototype.getTriggerWorkers',
    'RuntimeWorkerPool.prototype.cleanUpWorkers',
  ],
  'emulator/functionsEmulator.js': [
    'FunctionsEmulator.prototype.startRuntime',
    'FunctionsEmulator.prototype.handleHttpsTrigger',
    'FunctionsEmulator.prototype.resolveSecretEnvs',
    'FunctionsEmulator.prototype.getRuntimeEnvs',
    'FunctionsEmulator.prototype.getTriggerDefinitions',
    'FunctionsEmulator.prototype.getTriggerKey',
  ],
  'emulator/auth/server.js': ['createApp'],
  'emulator/auth/index.js': ['SingleProjectMode.WARNING'],
  'hosting/proxy.js': ['proxyRequestHandler'],
  'config.js': ['Config'],
  'rc.js': ['RC'],
  'prompt.js': ['setNonInteractive'],
  'logger.js': ['logger.add'],
} as const;

/** @throws SuiteError when a used member is not there */
export function reach(file: keyof typeof USED, member: string): any {
  let value = require(`firebase-tools/lib/${file}`);
  for (const name of member.split('.')) value = value?.[name];
  if (value === undefined) {
    throw new SuiteError(
      `firebase-tools has no ${member} in lib/${file}: install the pinned version with npm ci.`,
    );
  }
  return value;
}

const owner = (file: keyof typeof USED, name: string) => reach(file, `${name}.prototype`);
const registry = () => reach('emulator/registry.js', 'EmulatorRegistry');

export interface StartOptions {
  project: string;
  projectDirectory: string;
  /** firebase.json as it shall be seen. */
  configuration: Record<string, unknown>;
  emulators: string[];
  /** What the functions find in their environment. */
  environment: Record<string, string>;
  secrets: Record<string, string>;
  mode: WorkerMode;
  onLog(entry: LogEntry): void;
  /** Servers to be used in place of the official ones. */
  standIns: EmulatorInstance[];
}

/** Starts the emulators. @throws with firebase-tools' own error when one of them can't start. */
export async function startEmulators(options: StartOptions): Promise<void> {
  forwardLog(options.onLog);
  patchWorkers(options.mode);
  patchFunctions(options.mode, options.secrets, options.onLog);
  patchHosting();
  // In milliseconds. An idle queue is looked at every second by default, which tasks wait for.
  reach('emulator/tasksEmulator.js', 'TaskQueueController').LISTEN_TIMEOUT = 20;
  reach('prompt.js', 'setNonInteractive')(true);
  for (const standIn of options.standIns) await registry().start(standIn);

  const { project, projectDirectory } = options;
  const Config = reach('config.js', 'Config');
  const RC = reach('rc.js', 'RC');
  // Emulators find a database's namespace in this variable's host name.
  process.env.DATABASE_URL = `https://${project}-default-rtdb.firebaseio.com`;
  await reach('emulator/controller.js', 'startAll')(
    {
      project,
      projectId: project,
      cwd: projectDirectory,
      projectRoot: projectDirectory,
      config: new Config(options.configuration, { projectDir: projectDirectory }),
      rc: new RC('', {}),
      // Given, because looking up the default site would use the network.
      site: project,
      only: options.emulators.join(','),
      nonInteractive: true,
      extDevEnv: options.environment,
    },
    false,
  );
}

/** Serves the Auth emulator on a socket; resolves when it listens. */
export async function serveAuth(project: string, socketPath: string): Promise<void> {
  const warn = reach('emulator/auth/index.js', 'SingleProjectMode').WARNING;
  const app = await reach('emulator/auth/server.js', 'createApp')(project, warn);
  await new Promise<void>((resolve) => app.listen(socketPath, resolve));
}

/** Stops what is running, in firebase-tools' order: functions first, databases later. */
export async function stopEmulators(): Promise<void> {
  await registry().stopAll();
}

/** The functions that were found, with the key under which events reach each. */
export function loadedFunctions(): { key: string; definition: FunctionDefinition }[] {
  const functions = registry().get('functions');
  const byKey = new Map<string, FunctionDefinition>();
  for (const definition of (functions?.getTriggerDefinitions() ?? []) as FunctionDefinition[]) {
    byKey.set(functions.getTriggerKey(definition), definition);
  }
  return [...byKey].map(([key, definition]) => ({ key, definition }));
}

/** A server that is running, with its inside. @throws SuiteError when there is none of this name */
export function runningEmulator(name: string): any {
  const emulator = registry().get(name);
  if (!emulator) throw new SuiteError(`No ${name} emulator is running.`);
  return emulator;
}

function forwardLog(onLog: (entry: LogEntry) => void): void {
  const transport = new Writable({
    objectMode: true,
    write(entry, _encoding, done) {
      // What follows the first argument of a log call stands apart, the text among it.
      const parts = [entry.message, ...(entry[Symbol.for('splat')] ?? [])];
      const message = parts.filter((part) => typeof part === 'string').join(' ');
      onLog({ ...entry, message });
      done();
    },
  });
  // winston takes a stream for a transport of its own kind when it has this member.
  reach('logger.js', 'logger').add(Object.assign(transport, { log() {} }));
}

function patchWorkers(mode: WorkerMode): void {
  const pool = owner('emulator/functionsRuntimeWorker.js', 'RuntimeWorkerPool');
  pool.getIdleWorker = function getIdleWorker(triggerId: string, runtime: string) {
    this.cleanUpWorkers();
    const workers: Worker[] = this.getTriggerWorkers(triggerId, runtime);
    return workers.find((worker) => mode.mayServe(worker));
  };

  const worker = owner('emulator/functionsRuntimeWorker.js', 'RuntimeWorker');
  const { request, waitForSocketReady } = worker;
  worker.waitForSocketReady = async function waitForSocketReadyOrKill() {
    try {
      await waitForSocketReady.call(this);
    } catch (error) {
      this.runtime.process.kill('SIGKILL');
      throw error;
    }
  };
  worker.request = function requestWatched(...args: any[]) {
    const response = args[1];
    let answered = false;
    const onAnswered = () => {
      if (answered) return;
      answered = true;
      mode.requestAnswered(this);
    };
    mode.requestStarted(this);
    response.once('pipe', (source: any) => {
      source.once('end', onAnswered);
      source.once('close', () => {
        onAnswered();
        if (!source.complete) response.destroy();
      });
      const forwardDisconnect = () => {
        if (!response.writableFinished) source.destroy();
      };
      response.once('close', forwardDisconnect);
      if (response.destroyed) forwardDisconnect();
    });
    // The worker died before it answered, and the emulator answered for it.
    response.once('finish', onAnswered);
    response.on('error', () => {});
    return request.apply(this, args);
  };
}

/** Hosting, too, passes on a client that goes away, and survives a function that dies. */
function patchHosting(): void {
  const proxy = require('firebase-tools/lib/hosting/proxy.js');
  const original = reach('hosting/proxy.js', 'proxyRequestHandler');
  proxy.proxyRequestHandler = (...args: any[]) => {
    const handle = original(...args);
    return (request: any, response: any, next: any) => {
      response.once('pipe', (source: any) => {
        source.once('error', () => response.destroy());
        response.once('close', () => {
          if (!response.writableFinished) source.destroy();
        });
      });
      return handle(request, response, next);
    };
  };
}

function patchFunctions(
  mode: WorkerMode,
  secrets: Record<string, string>,
  onLog: (entry: LogEntry) => void,
): void {
  const functions = owner('emulator/functionsEmulator.js', 'FunctionsEmulator');

  const { startRuntime, handleHttpsTrigger, resolveSecretEnvs, getRuntimeEnvs } = functions;

  const inTurn = limitConcurrency(availableParallelism());
  const starting = new Map<string, Promise<unknown>>();
  functions.startRuntime = function startRuntimeOnce(backend: any, trigger: any) {
    const isAwaited = Boolean(trigger?.httpsTrigger && !trigger.taskQueueTrigger);
    const start = () => inTurn(isAwaited, () => startRuntime.call(this, backend, trigger));
    if (!mode.shared || !trigger) return start();
    const pending = starting.get(trigger.id) ?? start().finally(() => starting.delete(trigger.id));
    starting.set(trigger.id, pending);
    return pending;
  };

  functions.handleHttpsTrigger = async function handleToTheEnd(request: any, response: any) {
    try {
      return await handleHttpsTrigger.call(this, request, response);
    } finally {
      if (!response.headersSent && !response.destroyed) {
        response.status(500).send('The function did not start: see the log of the local suite.\n');
      }
    }
  };

  functions.getRuntimeEnvs = function getRuntimeEnvsOfMode(...args: any[]) {
    return { ...getRuntimeEnvs.apply(this, args), ...mode.environment() };
  };

  functions.resolveSecretEnvs = async function resolveLocalSecrets(backend: any, trigger: any) {
    const declared: { key: string }[] = trigger?.secretEnvironmentVariables ?? [];
    // Without declared secrets it reads functions/.secret.local and does nothing else.
    const own: Record<string, string> = await resolveSecretEnvs.call(
      this,
      { ...backend, secretEnv: [] },
      trigger && { ...trigger, secretEnvironmentVariables: [] },
    );
    const resolved = { ...own };
    for (const { key } of declared) {
      const value = own[key] ?? secrets[key];
      if (value !== undefined) resolved[key] = value;
      else {
        onLog({
          level: 'error',
          message: `The secret ${key} of ${trigger.name} has no local value: add it to functions/.secret.local.`,
        });
      }
    }
    return resolved;
  };
}
// biome-ignore-end lint/suspicious/noExplicitAny: untyped code of another package
