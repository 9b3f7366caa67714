import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Harness, NAMESPACE, readValue } from './harness.ts';

interface Answer {
  s: string;
  d: unknown;
}

/** A client of the WebSocket protocol without the SDK. */
async function openSocket(host: string, authorization?: string) {
  const socket = new WebSocket(`ws://${host}/.ws?v=5&ns=${NAMESPACE}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const answers = new Map<number, (answer: Answer) => void>();
  const pushes: unknown[] = [];
  const hello = new Promise<{ h: string; v: string }>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString());
      if (message.t === 'c') resolve(message.d.d);
      else if (message.d.a) pushes.push(message.d.b.d);
      else answers.get(message.d.r)?.(message.d.b);
    });
  });
  let number = 0;
  return {
    hello: await hello,
    /** What listeners were told so far. */
    pushes,
    sendRaw: (text: string) => socket.send(text),
    request: (action: string, body: unknown): Promise<Answer> =>
      new Promise((resolve) => {
        number += 1;
        answers.set(number, resolve);
        socket.send(JSON.stringify({ t: 'd', d: { r: number, a: action, b: body } }));
      }),
    close: () => new Promise<void>((resolve) => socket.once('close', () => resolve()).close()),
  };
}

/** A token whose claims say everything and whose signature says nothing. */
function forgedToken(claims: object): string {
  const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

const DENIED = 'Permission denied';
const NO_TOKEN = 'Could not parse auth token.';

/** Who it is, its token, and what REST answers. */
const STRANGERS: [string, string | undefined, string][] = [
  ['no token', undefined, DENIED],
  ['another token', 'somebody', NO_TOKEN],
  ['a token that begins like the owner’s', 'owner2', NO_TOKEN],
  [
    'a forged user',
    forgedToken({ sub: 'u1', user_id: 'u1', iss: 'https://securetoken.google.com' }),
    NO_TOKEN,
  ],
];

export function registerAccessTests(harness: Harness): void {
  describe.concurrent('access without the owner’s token', () => {
    test.for(STRANGERS)('REST denies %s', async ([, token, error]) => {
      const path = harness.newPath();
      const headers: Record<string, string> =
        token === undefined ? {} : { authorization: `Bearer ${token}` };
      for (const method of ['GET', 'PUT', 'PATCH', 'POST', 'DELETE']) {
        const json = method === 'GET' || method === 'DELETE' ? undefined : { a: 1 };
        const answer = await harness.rest(`${path}.json`, { method, headers, json });
        expect([method, answer.status]).toEqual([method, 401]);
        expect(await answer.json()).toEqual({ error });
      }
      const nonsense = await harness.rest(`${path}.json`, { method: 'PUT', headers, body: '{' });
      expect(nonsense.status).toBe(401);
      expect(await readValue(harness.connect().ref(path))).toBeNull();
    });

    test.for(STRANGERS)('WebSockets deny %s', async ([, token]) => {
      const path = harness.newPath();
      const socket = await openSocket(harness.host, token && `Bearer ${token}`);
      expect((await socket.request('q', { p: path, h: '' })).s).toBe('permission_denied');
      expect((await socket.request('p', { p: path, d: 1 })).s).toBe('permission_denied');
      expect((await socket.request('m', { p: path, d: { a: 1 } })).s).toBe('permission_denied');
      await socket.close();
      expect(await readValue(harness.connect().ref(path))).toBeNull();
    });

    test('an administrator who acts as a user has that user’s rights', async () => {
      const ref = harness.connect({ authOverride: { uid: 'u1' } }).ref(harness.newPath());
      await expect(ref.set(1)).rejects.toThrow(/PERMISSION_DENIED/i);
      await expect(ref.once('value')).rejects.toThrow(/permission_denied/i);
    });
  });

  describe.concurrent('the WebSocket protocol', () => {
    test('greets with version 5 and the host that was asked for', async () => {
      const socket = await openSocket(harness.host);
      expect(socket.hello).toMatchObject({ v: '5', h: harness.host });
      await socket.close();
    });

    test('takes keepalives, and messages in frames', async () => {
      const path = harness.newPath();
      const socket = await openSocket(harness.host, 'Bearer owner');
      await socket.request('gauth', { cred: 'owner' });
      socket.sendRaw('0');
      const message = JSON.stringify({ t: 'd', d: { r: 99, a: 'p', b: { p: path, d: 'framed' } } });
      socket.sendRaw('3');
      for (const part of [message.slice(0, 5), message.slice(5, 20), message.slice(20)]) {
        socket.sendRaw(part);
      }
      socket.sendRaw('0');
      expect(await socket.request('g', { p: path, q: {} })).toEqual({ s: 'ok', d: 'framed' });
      await socket.close();
    });

    test('pushes a change before it acknowledges it, and no more after the listener ends', async () => {
      const path = harness.newPath();
      const socket = await openSocket(harness.host, 'Bearer owner');
      await socket.request('gauth', { cred: 'owner' });
      await socket.request('q', { p: path, h: '' });
      await socket.request('p', { p: path, d: 1 });
      const whenAcknowledged = socket.pushes.at(-1);
      await socket.request('n', { p: path });
      await socket.request('p', { p: path, d: 2 });
      await socket.request('g', { p: path, q: {} });
      expect(whenAcknowledged).toBe(1);
      expect(socket.pushes).not.toContain(2);
      await socket.close();
    });

    test('answers datastale when the compared hash is not that of the data', async () => {
      const path = harness.newPath();
      const socket = await openSocket(harness.host, 'Bearer owner');
      await socket.request('gauth', { cred: 'owner' });
      expect((await socket.request('p', { p: path, d: 1, h: 'other' })).s).toBe('datastale');
      expect((await socket.request('p', { p: path, d: 1, h: '' })).s).toBe('ok');
      expect((await socket.request('p', { p: path, d: 2, h: '' })).s).toBe('datastale');
      await socket.close();
    });
  });
}
