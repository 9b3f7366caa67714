import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
} from '../twilio/local-account.ts';
import { startPage } from './page.fixture.ts';
import { REQUESTS } from './protocol.ts';

const CALL = '/telephone/api/call';
const NAMES = Object.keys(REQUESTS);

describe('the door of the telephone in the page', () => {
  it.each(NAMES)('gives %s to no page but its own', async (name) => {
    const { send, headers, url } = await startPage();
    const port = new URL(url).port;
    const strangers = [
      'https://evil.example',
      `http://127.0.0.1:${Number(port) + 1}`,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      'http://127.0.0.1',
      'null',
      '',
    ];
    for (const origin of strangers) {
      const { status, body } = await send('POST', `/telephone/api/${name}`, { ...headers, origin });
      expect([origin, status]).toEqual([origin, 403]);
      expect(JSON.parse(body).error.code).toBe('strange_origin');
    }
    const { origin: _, ...without } = headers;
    expect((await send('POST', `/telephone/api/${name}`, without)).status).toBe(403);
  });

  it.each(NAMES)('gives %s to nobody who calls it by another name', async (name) => {
    const { send, headers, url } = await startPage();
    const { port } = new URL(url);
    for (const host of [`evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`]) {
      const asked = { ...headers, host, origin: `http://${host}` };
      const { status, headers: answered } = await send('POST', `/telephone/api/${name}`, asked);
      expect([host, status]).toEqual([host, 421]);
      expect(answered['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('shows not even the page under a name that is not its own', async () => {
    const { send, url } = await startPage();
    const { port } = new URL(url);
    const { status } = await send('GET', '/telephone/', { host: `evil.example:${port}` });
    expect(status).toBe(421);
  });

  it('allows no other origin to ask at all', async () => {
    const { send } = await startPage();
    const preflight = await send('OPTIONS', CALL, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect(preflight.status).toBe(405);
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('takes no body of the type "%s"', async (type, expected) => {
    const { send, headers, calls } = await startPage();
    const { status } = await send('POST', CALL, { ...headers, 'content-type': type }, '{}');
    expect(status).toBe(expected);
    expect(calls()).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"desk":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no desk', JSON.stringify({ from: LOCAL_CALLER_NUMBER, to: LOCAL_CALLER_NUMBER })],
  ])('refuses %s with a sentence', async (_, text) => {
    const { send, headers, calls } = await startPage();
    const { status, body } = await send('POST', CALL, headers, text);
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toMatchObject({ code: 'bad_request' });
    expect(JSON.parse(body).error.message).toMatch(/\w+/);
    expect(calls()).toBe(0);
  });

  it.each([
    ['a number that is none', { from: 'Asha' }],
    ['a sender of another kind', { from: 'whatsapp:+15550100004' }],
    ['a field that is not known', { voiceUrl: 'http://evil.example' }],
    ['another address', { baseUrl: 'http://evil.example' }],
  ])('refuses %s', async (_, wrong) => {
    const { ask, openDesk, to, calls } = await startPage();
    const { desk } = await openDesk();
    const { status } = await ask('call', { desk, from: LOCAL_CALLER_NUMBER, to, ...wrong });
    expect(status).toBe(400);
    expect(calls()).toBe(0);
  });

  it('dials no number but those of the account', async () => {
    const { ask, openDesk, calls } = await startPage();
    const { desk } = await openDesk();
    const from = LOCAL_CALLER_NUMBER;
    const { status, body } = await ask('call', { desk, from, to: '+15550199999' });
    expect([status, body.error.code]).toEqual([400, 'strange_number']);
    expect(calls()).toBe(0);
  });

  it('takes no body that is too long', async () => {
    const { send, headers } = await startPage();
    const long = JSON.stringify({ desk: 'x'.repeat(17 * 1024) });
    expect((await send('POST', CALL, headers, long)).status).toBe(413);
  });

  it('knows no request of another name, and no desk but those that are open', async () => {
    const { ask, openDesk, to } = await startPage();
    expect((await ask('nothing', {})).status).toBe(404);
    expect((await ask('toString', {})).status).toBe(404);
    const page = await openDesk();
    const of = { desk: crypto.randomUUID(), from: LOCAL_CALLER_NUMBER, to };
    expect((await ask('call', of)).body.error.code).toBe('no_desk');
    page.close();
    await expect
      .poll(async () => (await ask('call', { ...of, desk: page.desk })).body.error?.code)
      .toBe('no_desk');
  });

  it('opens for few pages at once', async () => {
    const { ask, openDesk } = await startPage();
    for (let times = 0; times < 4; times += 1) await openDesk();
    const { status, body } = await ask('events', {});
    expect([status, body.error.code]).toEqual([429, 'too_many_pages']);
  });
});

describe('the page', () => {
  function built(): string {
    const folder = mkdtempSync(join(tmpdir(), 'telephone-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, '..', 'beside.js'), 'secret');
    onTestFinished(() => rmSync(join(folder, '..', 'beside.js')));
    return folder;
  }

  it('runs under a policy that lets in its own files and shows the control room alone', async () => {
    const { send, aurora } = await startPage({ folder: built() });
    const { status, headers } = await send('GET', '/telephone/');
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`frame-src ${aurora.baseUrl};`);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it.each(['/telephone', '/telephone/'])('is at one address only: %s', async (path) => {
    const { send, url } = await startPage({ folder: built() });
    const { port } = new URL(url);
    const { status, headers } = await send('GET', path, { host: `localhost:${port}` });
    expect([status, headers.location]).toEqual([307, `${url}/telephone/`]);
  });

  it.each([
    '/telephone/../beside.js',
    '/telephone/..%2fbeside.js',
    '/telephone/assets/../../beside.js',
  ])('has nothing that is beside its folder: %s', async (path) => {
    const { send } = await startPage({ folder: built() });
    const { status, body } = await send('GET', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('secret');
  });

  it('says how it is built where it is not', async () => {
    const { send } = await startPage();
    const { status, body } = await send('GET', '/telephone/');
    expect([status, JSON.parse(body).error.code]).toEqual([404, 'not_built']);
    expect(body).toContain('npm start');
  });
});

describe("Twilio's stand-in on the same port", () => {
  const basic = Buffer.from(`${LOCAL_ACCOUNT_SID}:${LOCAL_AUTH_TOKEN}`).toString('base64');
  const path = `/2010-04-01/Accounts/${LOCAL_ACCOUNT_SID}/Calls.json`;

  it('takes nothing from a page of a browser, though its token is no secret', async () => {
    const { send, url } = await startPage();
    const authorization = `Basic ${basic}`;
    expect((await send('GET', path, { authorization })).status).toBe(200);
    const { port } = new URL(url);
    const tricks: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: url },
      { host: `evil:${port}` },
    ];
    for (const trick of tricks) {
      expect((await send('GET', path, { authorization, ...trick })).status).toBe(403);
    }
  });

  it.each([{ origin: 'https://evil.example' }, { origin: 'null' }])(
    'opens no channel for a page: %o',
    async ({ origin }) => {
      const { url } = await startPage();
      const socket = new WebSocket(`${url.replace('http', 'ws')}/telephone`, { origin });
      const status = await new Promise((resolve) => {
        socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.once('open', () => resolve('open'));
        socket.on('error', () => {});
      });
      socket.terminate();
      expect(status).toBe(403);
    },
  );
});
