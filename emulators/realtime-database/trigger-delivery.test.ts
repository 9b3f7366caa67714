import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Log } from './log.ts';
import { createTriggerDelivery, RETRY_DELAYS } from './trigger-delivery.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Answers with each status in turn, then with the last one again; 0 is no answer. */
async function functionsThatAnswer(...statuses: number[]) {
  const bodies: string[] = [];
  const hungUp = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const status = statuses[Math.min(bodies.length, statuses.length - 1)] ?? 200;
      bodies.push(body);
      if (status === 0) request.socket.once('close', () => hungUp.resolve());
      else response.writeHead(status).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  return { url, bodies, hungUp: hungUp.promise };
}

function recordLog() {
  const lines: { level: string; message: string; fields: unknown }[] = [];
  const log: Log = (level, message, fields) => void lines.push({ level, message, fields });
  return { log, lines };
}

test('a delivery that is accepted is made once', async () => {
  const functions = await functionsThatAnswer(204);
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log });
  delivery.deliver({ url: () => functions.url, body: 'event', fields: {} });
  await delivery.idle();
  expect(functions.bodies).toEqual(['event']);
  expect(lines).toEqual([]);
});

test('a delivery that fails is tried again until it is accepted', async () => {
  const functions = await functionsThatAnswer(503, 404, 200);
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log, retryDelays: [1, 1, 1] });
  delivery.deliver({ url: () => functions.url, body: 'event', fields: { trigger: 't' } });
  await delivery.idle();
  expect(functions.bodies).toEqual(['event', 'event', 'event']);
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
});

test('a delivery that always fails is given up with one error in the log', async () => {
  const functions = await functionsThatAnswer(500);
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log, retryDelays: [1, 1] });
  delivery.deliver({ url: () => functions.url, body: 'event', fields: { trigger: 't' } });
  await delivery.idle();
  expect(functions.bodies).toHaveLength(3);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([
    {
      level: 'error',
      message: 'trigger delivery given up: the event is lost',
      fields: { trigger: 't', failure: 'status 500', attempts: 3 },
    },
  ]);
});

test('a refused connection and an unknown address are failures like others', async () => {
  const functions = await functionsThatAnswer(200);
  const closedPort = await functionsThatAnswer(200);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const urls = [undefined, closedPort.url, functions.url];
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log, retryDelays: [1, 1] });
  delivery.deliver({ url: () => urls.shift(), body: 'event', fields: {} });
  await delivery.idle();
  expect(functions.bodies).toEqual(['event']);
  expect(lines.map(({ fields }) => fields)).toMatchObject([
    { failure: expect.stringContaining('not known') },
    { failure: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('a stop drops what is pending, under way or waiting, and is idle then', async () => {
  const hanging = await functionsThatAnswer(0);
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log, retryDelays: [3_600_000] });
  delivery.deliver({ url: () => hanging.url, body: 'hangs', fields: {} });
  delivery.deliver({ url: () => undefined, body: 'waits', fields: {} });
  const idle = delivery.idle();
  await expect.poll(() => [lines.length, hanging.bodies.length]).toEqual([1, 1]);
  delivery.stop();
  await idle;
  await hanging.hungUp;
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ level: 'warn', fields: { dropped: 2 } });
});

test('thousands of deliveries at once are all made, a bounded number at a time', async () => {
  let now = 0;
  let most = 0;
  const server = createServer((request, response) => {
    now += 1;
    most = Math.max(most, now);
    request.resume().on('end', () =>
      setImmediate(() => {
        now -= 1;
        response.end();
      }),
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  const { log, lines } = recordLog();
  const delivery = createTriggerDelivery({ log });
  for (let index = 0; index < 1000; index += 1) {
    delivery.deliver({ url: () => url, body: String(index), fields: {} });
  }
  await delivery.idle();
  expect(most).toBeLessThanOrEqual(50);
  expect(lines).toEqual([]);
});

test('the tries of one delivery span eight seconds', () => {
  expect(RETRY_DELAYS.reduce((sum, delay) => sum + delay, 0)).toBe(7750);
});
