import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Connection, openStream, type StreamOptions } from './event-stream.ts';

/** Against a real server: what is sent, cut and refused here comes over a real connection. */

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

vi.stubGlobal('window', new EventTarget());

/** Answers the first request with the first handler, and each later one with the last there is. */
async function serve(...handlers: Handle[]) {
  const requests: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    const handle = handlers[Math.min(requests.length, handlers.length - 1)];
    requests.push(request.headers);
    handle?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/stream`, requests };
}

function open(url: string, options: Partial<StreamOptions> = {}) {
  const events: [string, unknown][] = [];
  const states: Connection[] = [];
  const onUnauthorized = vi.fn();
  const onHeard = vi.fn();
  const close = openStream({
    url,
    token: () => 'the-token',
    onEvent: (name, data) => void events.push([name, data]),
    onConnection: (connection) => void states.push(connection),
    onUnauthorized,
    onHeard,
    ...options,
  });
  onTestFinished(close);
  return { events, states, onUnauthorized, onHeard, close };
}

const begin = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();

const send = (response: ServerResponse, name: string, data: unknown, id?: string) =>
  response.write(`${id ? `id: ${id}\n` : ''}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

const names = (states: readonly Connection[]) => states.map(({ state }) => state);

const PATIENT = { timeout: 10_000 };

describe('a stream', () => {
  it('sends the token in a header, and brings events; a heartbeat is only heard', async () => {
    const { url, requests } = await serve((_, response) => {
      begin(response);
      send(response, 'heartbeat', {});
      send(response, 'added', { call: 1 }, '7');
    });
    const { events, states, onHeard } = open(url);
    await expect.poll(() => events).toEqual([['added', { call: 1 }]]);
    expect(requests[0]).toMatchObject({
      authorization: 'Bearer the-token',
      accept: 'text/event-stream',
    });
    expect(requests[0]).not.toHaveProperty('last-event-id');
    expect(names(states)).toEqual(['connecting', 'live']);
    expect(onHeard).toHaveBeenCalled();
  });

  it('puts letters and events together that come in pieces', async () => {
    const bytes = Buffer.from(`event: said\ndata: ${JSON.stringify({ text: 'आग 🔥' })}\n\n`);
    const { url } = await serve((_, response) => {
      begin(response);
      void (async () => {
        for (const byte of bytes) {
          response.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
      })();
    });
    const { events } = open(url);
    await expect.poll(() => events, PATIENT).toEqual([['said', { text: 'आग 🔥' }]]);
  });

  it('is opened again after a cut, from the last event that was whole', async () => {
    const { url, requests } = await serve(
      (_, response) => {
        begin(response);
        send(response, 'added', { call: 1 }, '1');
        send(response, 'added', { call: 2 }, '2');
        // The third breaks off within itself.
        response.write('id: 3\nevent: added\ndata: {"call":');
        setImmediate(() => response.destroy());
      },
      (_, response) => {
        begin(response);
        send(response, 'added', { call: 3 }, '3');
      },
    );
    const { events, states } = open(url);
    await expect.poll(() => events.length, PATIENT).toBe(3);
    expect(events.map(([, data]) => data)).toEqual([{ call: 1 }, { call: 2 }, { call: 3 }]);
    expect(requests[1]?.['last-event-id']).toBe('2');
    expect(names(states)).toEqual(['connecting', 'live', 'broken', 'live']);
    // And says that it has caught up.
    await expect.poll(() => states.at(-1), PATIENT).toHaveProperty('caughtUpAt');
  });

  it('is tried again and again while the server fails, and counts since when', async () => {
    const fail: Handle = (_, response) => void response.writeHead(503).end();
    const { url } = await serve(fail, fail, (_, response) => begin(response));
    const { states } = open(url);
    await expect
      .poll(() => names(states), PATIENT)
      .toEqual(['connecting', 'broken', 'broken', 'live']);
    const broken = states.filter((each) => each.state === 'broken');
    expect(broken.map(({ tries }) => tries)).toEqual([1, 2]);
    expect(broken[0]?.since).toBe(broken[1]?.since);
  });

  it('waits longer from try to try, and not without end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const fails = async () => new Response(null, { status: 503 });
    const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(fails);
    const spread = vi.spyOn(Math, 'random').mockReturnValue(1);
    onTestFinished(() => {
      fetching.mockRestore();
      spread.mockRestore();
    });
    const { states } = open('http://nowhere.example');
    const pauses: number[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      await vi.waitFor(() => expect(states).toHaveLength(tries + 1));
      let waited = 0;
      while (states.length === tries + 1) {
        await vi.advanceTimersByTimeAsync(500);
        waited += 500;
      }
      pauses.push(waited);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('counts as broken when nothing comes for too long, be it never closed', async () => {
    const { url, requests } = await serve((_, response) => begin(response));
    const { states } = open(url, { silence: 200 });
    await expect.poll(() => requests.length, PATIENT).toBeGreaterThan(1);
    expect(names(states).slice(0, 3)).toEqual(['connecting', 'live', 'broken']);
  });

  it('breaks at once when the browser is offline, and is opened at once when it is not', async () => {
    const { url, requests } = await serve((_, response) => begin(response));
    const { states } = open(url);
    await expect.poll(() => names(states)).toEqual(['connecting', 'live']);
    window.dispatchEvent(new Event('offline'));
    await expect.poll(() => names(states)).toContain('broken');
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => requests.length).toBe(2);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not_found'],
  ])('is not opened again after %d', async (status, code) => {
    const { url, requests } = await serve((_, response) => void response.writeHead(status).end());
    const { states, onUnauthorized } = open(url);
    await expect.poll(() => states.at(-1)).toEqual({ state: 'closed', code });
    expect(requests).toHaveLength(1);
    expect(onUnauthorized).toHaveBeenCalledTimes(code === 'unauthorized' ? 1 : 0);
  });

  it('says where a second factor must be set up first, and is not opened again', async () => {
    const code = 'totp_setup_required';
    const { url, requests } = await serve(
      (_, response) => void response.writeHead(403).end(JSON.stringify({ error: { code } })),
    );
    const { states, onUnauthorized } = open(url);
    await expect.poll(() => states.at(-1)).toEqual({ state: 'closed', code });
    expect(requests).toHaveLength(1);
    expect(onUnauthorized.mock.calls).toEqual([[code]]);
  });

  it('ends with the token, and with the call, by what the server says in it', async () => {
    const expired = await serve((_, response) => {
      begin(response);
      send(response, 'error', { code: 'token_expired' });
    });
    const first = open(expired.url);
    await expect.poll(() => first.onUnauthorized.mock.calls.length).toBe(1);
    const over = await serve((_, response) => {
      begin(response);
      send(response, 'ended', { call: 1 });
    });
    const second = open(over.url);
    await expect.poll(() => second.states.at(-1)).toEqual({ state: 'closed', code: 'ended' });
    expect(second.events).toEqual([['ended', { call: 1 }]]);
    expect(second.onUnauthorized).not.toHaveBeenCalled();
  });

  it('goes on after a passing error of the server', async () => {
    const { url, requests } = await serve(
      (_, response) => {
        begin(response);
        send(response, 'error', { code: 'reconnect' });
        response.end();
      },
      (_, response) => begin(response),
    );
    const { events } = open(url);
    await expect.poll(() => requests.length, PATIENT).toBe(2);
    expect(events).toEqual([]);
  });

  it('is over when it is closed, and says nothing more', async () => {
    const { url, requests } = await serve((_, response) => begin(response));
    const { states, close } = open(url);
    await expect.poll(() => names(states)).toEqual(['connecting', 'live']);
    close();
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect([names(states), requests.length]).toEqual([['connecting', 'live'], 1]);
  });
});
