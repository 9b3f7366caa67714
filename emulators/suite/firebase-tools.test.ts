import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reach, USED } from './firebase-tools.ts';

const require = createRequire(import.meta.url);
const repository = path.resolve(import.meta.dirname, '../..');

/** Milliseconds; loading firebase-tools takes seconds on a busy machine. */
const LOADING = 60_000;

test('the installed version is the pinned one', () => {
  const { devDependencies } = JSON.parse(
    readFileSync(path.join(repository, 'package.json'), 'utf8'),
  ) as { devDependencies: Record<string, string> };
  const installed = require('firebase-tools/package.json') as { version: string };
  expect(devDependencies['firebase-tools']).toBe(installed.version);
});

describe('every member that is used exists', () => {
  const members = Object.entries(USED).flatMap(([file, names]) =>
    names.map((name) => [file as keyof typeof USED, name] as const),
  );
  test.each(members)('%s %s', { timeout: LOADING }, (file, name) => {
    expect(reach(file, name)).toBeDefined();
  });

  test('and one that does not is missed by name', () => {
    expect(() => reach('rc.js', 'RC.prototype.vanished')).toThrow(/no RC.prototype.vanished/);
  });
});

/** Our changes hold only as long as these functions do what they do in this way. */
describe('what is changed is still built as the changes expect', () => {
  const pool = 'emulator/functionsRuntimeWorker.js';
  const functions = 'emulator/functionsEmulator.js';
  test.each([
    [pool, 'RuntimeWorkerPool.prototype.readyForWork', 'this.getIdleWorker(triggerId, runtime)'],
    [pool, 'RuntimeWorkerPool.prototype.submitRequest', 'this.getIdleWorker(triggerId, runtime)'],
    [pool, 'RuntimeWorker.prototype.waitForSocketReady', 'this.isSocketReady()'],
    [functions, 'FunctionsEmulator.prototype.startRuntime', 'await worker.waitForSocketReady()'],
    [pool, 'RuntimeWorker.prototype.request', 'request(req, resp, body, debug)'],
    [pool, 'RuntimeWorker.prototype.request', '_resp.pipe(resp)'],
    [functions, 'FunctionsEmulator.prototype.handleHttpsTrigger', 'pool.readyForWork('],
    [functions, 'FunctionsEmulator.prototype.handleHttpsTrigger', 'await this.startRuntime('],
    [functions, 'FunctionsEmulator.prototype.handleHttpsTrigger', 'await pool.submitRequest('],
    [
      functions,
      'FunctionsEmulator.prototype.startRuntime',
      'this.getRuntimeEnvs(backend, trigger)',
    ],
    [functions, 'FunctionsEmulator.prototype.startRuntime', 'this.resolveSecretEnvs(backend, tri'],
    [functions, 'FunctionsEmulator.prototype.getRuntimeEnvs', '...backend.env'],
    [functions, 'FunctionsEmulator.prototype.resolveSecretEnvs', 'trigger?.secretEnvironmentVaria'],
    ['emulator/controller.js', 'startAll', '...options.extDevEnv'],
    ['emulator/tasksEmulator.js', 'TaskQueueController.prototype.listen', '.LISTEN_TIMEOUT'],
    ['emulator/tasksEmulator.js', 'TaskQueueController.prototype.listen', 'this.listenId = setT'],
    ['emulator/tasksEmulator.js', 'TaskQueueController.prototype.start', 'this.listen()'],
    ['emulator/tasksEmulator.js', 'TasksEmulator.prototype.start', 'this.destroyServer = '],
    ['emulator/tasksEmulator.js', 'TasksEmulator.prototype.stop', 'this.controller.stop()'],
    [functions, 'FunctionsEmulator.prototype.startRuntime', 'this.workerPools['],
    ['hosting/proxy.js', 'proxyRequestHandler', 'proxyRes.body.pipe(res)'],
    ['hosting/functionsProxy.js', 'functionsProxy', 'proxy_1.proxyRequestHandler)('],
  ])('%s %s has %s', { timeout: LOADING }, (file, member, text) => {
    let value = require(`firebase-tools/lib/${file}`);
    for (const name of member.split('.')) value = value[name];
    expect(String(value)).toContain(text);
  });

  test('a worker needs nothing of the module that it is not given but this function', () => {
    const file = require.resolve('firebase-tools/lib/emulator/functionsEmulatorRuntime.js');
    const uses = readFileSync(file, 'utf8').match(/functionsEmulatorShared_1\.\w+/g);
    expect(new Set(uses)).toEqual(new Set(['functionsEmulatorShared_1.findModuleRoot']));
  });

  test('the definitions of functions can be read without opening a port', () => {
    const file = require.resolve('firebase-tools/lib/deploy/functions/runtimes/node/index.js');
    expect(readFileSync(file, 'utf8')).toContain('FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH');
  });

  test('idle queues are looked at every second unless told otherwise', { timeout: LOADING }, () => {
    expect(reach('emulator/tasksEmulator.js', 'TaskQueueController').LISTEN_TIMEOUT).toBe(1000);
  });
});
