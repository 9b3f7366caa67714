import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getDatabase } from 'firebase-admin/database';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Log } from './log.ts';
import { createRealtimeDatabaseServer, type RealtimeDatabaseOptions } from './server.ts';

/** What only our own server has; all that production has too is in the conformance suite. */

const OWNER = { authorization: 'Bearer owner' };

async function startServer(options: RealtimeDatabaseOptions = {}) {
  const server = createRealtimeDatabaseServer({ log: () => {}, ...options });
  await server.start();
  onTestFinished(() => server.stop());
  const rest = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}/${path}`, { headers: OWNER, ...init });
  const put = (path: string, json: unknown) =>
    rest(path, { method: 'PUT', body: JSON.stringify(json) });
  return { server, rest, put };
}

/** An Admin SDK of its own on a namespace of the server. */
function connect(port: number, namespace: string) {
  const databaseURL = `http://127.0.0.1:${port}?ns=${namespace}`;
  const app = initializeApp({ projectId: 'demo-test', databaseURL }, crypto.randomUUID());
  onTestFinished(() => deleteApp(app));
  return getDatabase(app);
}

function registerTrigger(rest: (path: string, init: RequestInit) => Promise<Response>) {
  return rest('.settings/functionTriggers.json', {
    method: 'POST',
    body: JSON.stringify({
      name: 'projects/demo-test/locations/us-central1/triggers/us-central1-fn-0',
      path: 'calls/{id}',
      event: 'google.firebase.database.ref.v1.written',
      namespacePattern: '*',
    }),
  });
}

/** Plays the functions emulator: fails with each status in turn, then accepts. */
async function startFunctions(...failures: number[]) {
  const events: { url: string | undefined; type: string | undefined; ref: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { url, headers } = request;
      events.push({ url, type: headers['content-type'], ref: JSON.parse(body).ref });
      response.writeHead(failures.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, events };
}

test('what is exported can be imported again, namespaces and priorities included', async () => {
  const { server, put } = await startServer();
  await put('a.json?ns=one', { x: { '.value': 1, '.priority': 5 }, list: [1, 2] });
  await put('.json?ns=two', 'text');
  await put('gone.json?ns=three', 1);
  await put('gone.json?ns=three', null);
  const exported = server.exportJson();
  expect(exported).toEqual({
    one: { a: { x: { '.value': 1, '.priority': 5 }, list: { 0: 1, 1: 2 } } },
    two: 'text',
  });
  const other = createRealtimeDatabaseServer();
  other.importJson(JSON.parse(JSON.stringify(exported)));
  expect(other.exportJson()).toEqual(exported);
});

test('an import replaces the namespaces that it names, tells listeners, fires no trigger', async () => {
  const functions = await startFunctions();
  const { server, put, rest } = await startServer({ functionsOrigin: () => functions.origin });
  await registerTrigger(rest);
  await put('other.json?ns=kept', 1);
  const values: unknown[] = [];
  const ref = connect(server.port, 'imported').ref('calls');
  const imported = new Promise<void>((resolve) => {
    ref.on('value', (snapshot) => {
      values.push(snapshot.val());
      if (snapshot.exists()) resolve();
    });
  });
  await ref.once('value');
  server.importJson({ imported: { calls: { c1: { status: 'ACTIVE' } } } });
  await imported;
  await server.idle();
  expect(values).toEqual([null, { c1: { status: 'ACTIVE' } }]);
  expect(server.exportJson()).toEqual({
    kept: { other: 1 },
    imported: { calls: { c1: { status: 'ACTIVE' } } },
  });
  expect(functions.events).toEqual([]);
});

test('an import that can not be stored leaves the namespace as it was', async () => {
  const { server, put } = await startServer();
  await put('a.json?ns=one', 1);
  expect(() => server.importJson({ one: { 'x.y': 1 } })).toThrow(/Invalid data/);
  expect(server.exportJson()).toEqual({ one: { a: 1 } });
});

test('a trigger delivery that fails is repeated, and idle() waits for it', async () => {
  const functions = await startFunctions(503);
  const lines: string[] = [];
  const log: Log = (level, message) => void lines.push(`${level} ${message}`);
  const { server, put, rest } = await startServer({ functionsOrigin: () => functions.origin, log });
  await registerTrigger(rest);
  await put('calls/c1.json?ns=demo', { status: 'ACTIVE' });
  await server.idle();
  const event = {
    url: '/functions/projects/demo-test/triggers/us-central1-fn-0',
    type: 'application/cloudevents+json',
    ref: 'calls/c1',
  };
  expect(functions.events).toEqual([event, event]);
  expect(lines).toEqual(['warn trigger delivery failed, trying again']);
});

test('the address of the functions is asked for at each delivery', async () => {
  const first = await startFunctions();
  const second = await startFunctions();
  let origin = first.origin;
  const { server, put, rest } = await startServer({ functionsOrigin: () => origin });
  await registerTrigger(rest);
  await put('calls/c1.json?ns=demo', 1);
  await server.idle();
  origin = second.origin;
  await put('calls/c2.json?ns=demo', 1);
  await server.idle();
  expect(first.events.map(({ ref }) => ref)).toEqual(['calls/c1']);
  expect(second.events.map(({ ref }) => ref)).toEqual(['calls/c2']);
});

test('settings are closed to everybody but the owner', async () => {
  const { rest } = await startServer();
  const requests: [string, string][] = [
    ['GET', '.settings/rules.json'],
    ['PUT', '.settings/rules.json'],
    ['POST', '.settings/functionTriggers.json'],
  ];
  for (const [method, path] of requests) {
    const headers = { authorization: 'Bearer x' };
    const answer = await rest(path, { method, headers, ...(method !== 'GET' && { body: '{}' }) });
    expect([path, answer.status]).toEqual([path, 401]);
  }
});

test('what is not supported is said, not ignored', async () => {
  const { rest } = await startServer();
  const stream = await rest('a.json', { headers: { ...OWNER, accept: 'text/event-stream' } });
  expect(stream.status).toBe(501);
  const headers = { ...OWNER, 'if-match': 'null_etag' };
  const patch = await rest('a.json', { method: 'PATCH', headers, body: '{"a":1}' });
  expect([patch.status, await patch.json()]).toEqual([400, { error: expect.any(String) }]);
  expect((await rest('a')).status).toBe(404);
  expect((await rest('a', { method: 'PUT', body: '1' })).status).toBe(405);
  expect((await rest('a.json?ns=../etc')).status).toBe(400);
  expect((await rest('a%zz.json')).status).toBe(400);
  expect((await rest('a.json', { method: 'OPTIONS' })).status).toBe(405);
  expect((await rest('.settings/other.json')).status).toBe(404);
});

test('characters outside the basic plane survive the border of frames', async () => {
  const { server, put } = await startServer();
  const text = `a${'😀'.repeat(100_000)}`;
  await put('text.json?ns=demo', text);
  const snapshot = await connect(server.port, 'demo').ref('text').once('value');
  expect(snapshot.val() === text).toBe(true);
});

test.each(['no JSON', '{"t":"x"}', '{"t":"d","d":{"r":1,"a":"unknown","b":{}}}'])(
  'a WebSocket that sends %s is closed, and others go on',
  async (message) => {
    const { server } = await startServer();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/.ws?v=5&ns=demo`);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send(message));
    expect(await closed).toBe(1008);
    await connect(server.port, 'demo').ref('a').set(1);
    expect(server.exportJson()).toEqual({ demo: { a: 1 } });
  },
);

test('a WebSocket at another path is turned away', async () => {
  const { server } = await startServer();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/other?ns=demo`);
  const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
  expect(error.message).toMatch(/404/);
});

test('a write of more than 16 MB over a WebSocket is refused', async () => {
  const { server } = await startServer();
  const halves = { a: 'x'.repeat(9 * 1024 * 1024), b: 'x'.repeat(9 * 1024 * 1024) };
  const ref = connect(server.port, 'demo').ref('big');
  await expect(ref.set(halves)).rejects.toThrow(/write_too_big/i);
  expect(server.exportJson()).toEqual({});
});

test('a port that is taken is named', async () => {
  const { server } = await startServer();
  const second = createRealtimeDatabaseServer({ port: server.port });
  await expect(second.start()).rejects.toThrow(`127.0.0.1:${server.port} is taken`);
});

test('a server that was stopped has done what onDisconnect asked for, and can start again', async () => {
  const { server } = await startServer();
  const database = connect(server.port, 'demo');
  await database.ref('online').onDisconnect().set(false);
  await server.stop();
  database.goOffline();
  expect(server.exportJson()).toEqual({ demo: { online: false } });
  await server.start();
  expect((await connect(server.port, 'demo').ref('online').once('value')).val()).toBe(false);
});

test('a stop leaves no socket and no timer, with clients and failing deliveries about', async () => {
  const script = `
    import { WebSocket } from 'ws';
    import { createRealtimeDatabaseServer } from ${JSON.stringify(new URL('./server.ts', import.meta.url).href)};
    const server = createRealtimeDatabaseServer({ functionsOrigin: () => 'http://127.0.0.1:1', log: () => {} });
    await server.start();
    const origin = 'http://127.0.0.1:' + server.port;
    const headers = { authorization: 'Bearer owner', connection: 'close' };
    await fetch(origin + '/.settings/functionTriggers.json', { method: 'POST', headers, body: JSON.stringify({
      name: 'projects/p/locations/us-central1/triggers/fn-0', path: '{id}',
      event: 'google.firebase.database.ref.v1.written', namespacePattern: '*' }) });
    await (await fetch(origin + '/a.json', { method: 'PUT', headers, body: '1' })).text();
    const socket = new WebSocket('ws://127.0.0.1:' + server.port + '/.ws?v=5&ns=demo');
    await new Promise((resolve) => socket.once('message', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.stop();
    await closed;
    const left = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind));
    // Node closes handles one turn of the event loop after it was asked to.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    console.log(JSON.stringify(left()));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: import.meta.dirname },
  );
  expect(JSON.parse(stdout)).toEqual([]);
});
