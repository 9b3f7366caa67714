import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { STARTED } from '../calls/events.fixture.ts';
import { createEmulatorTaskQueue } from './emulator-tasks.ts';

let server: Server;
afterEach(() => server.close());

async function queueThatAnswers(status: number, received: { path?: string; body?: string }) {
  server = createServer(async (request, response) => {
    received.path = request.url ?? '';
    received.body = Buffer.concat(await request.toArray()).toString();
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createEmulatorTaskQueue<object>({
    host,
    projectId: 'p',
    region: 'r',
    name: 'mirror',
    deadline: 1_000,
  });
}

describe('the emulator task queue', () => {
  it('hands the events over in the form that a task function takes', async () => {
    const received: { path?: string; body?: string } = {};
    const queue = await queueThatAnswers(200, received);
    await queue.enqueue({ events: [STARTED] });
    expect(received.path).toBe('/projects/p/locations/r/queues/mirror/tasks');
    const { body, headers } = JSON.parse(received.body ?? '').task.httpRequest;
    expect(headers).toEqual({ 'Content-Type': 'application/json' });
    expect(JSON.parse(Buffer.from(body, 'base64').toString())).toEqual({
      data: { events: [STARTED] },
    });
  });

  it('tells when a task is due, though the emulator runs it at once', async () => {
    const received: { path?: string; body?: string } = {};
    const queue = await queueThatAnswers(200, received);
    await queue.enqueue({ call_id: 'call_1' }, Date.parse('2025-10-04T09:00:00.250Z'));
    expect(JSON.parse(received.body ?? '').task.scheduleTime).toBe('2025-10-04T09:00:00.250Z');
  });

  it.each([404, 413, 500])('rejects when the emulator answers %i', async (status) => {
    const queue = await queueThatAnswers(status, {});
    await expect(queue.enqueue({ events: [STARTED] })).rejects.toMatchObject({ retryable: true });
  });
});
