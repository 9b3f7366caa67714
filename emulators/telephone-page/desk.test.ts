import { describe, expect, it } from 'vitest';
import { DEMO_ON_CALL } from '../suite/seed.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
} from '../twilio/local-account.ts';
import { startPage } from './page.fixture.ts';
import type { DeskEvent, Line } from './protocol.ts';

type Page = Awaited<ReturnType<typeof startPage>>;
type OpenDesk = Awaited<ReturnType<Page['openDesk']>>;

const from = LOCAL_CALLER_NUMBER;

type Listening = Extract<DeskEvent, { type: 'listening' }>;
const isListening = (event: DeskEvent): event is Listening => event.type === 'listening';

function hasLine(kind: Line['kind'], words = '') {
  return (event: DeskEvent): event is Extract<DeskEvent, { type: 'line' }> =>
    event.type === 'line' && event.line.kind === kind && JSON.stringify(event).includes(words);
}

function hasStatus(status: string) {
  return (event: DeskEvent): event is Extract<DeskEvent, { type: 'status' }> =>
    event.type === 'status' && event.status === status;
}

async function connected(page: Page): Promise<OpenDesk & { call: string }> {
  const open = await page.openDesk();
  const { status, body } = await page.ask('call', { desk: open.desk, from, to: page.to });
  expect(status).toBe(200);
  await open.until(isListening);
  return { ...open, call: body.call };
}

describe('a call from the page', () => {
  it('is signed by the server, heard in its language, talked in, and hung up', async () => {
    const page = await startPage();
    const { desk, call, until, events } = await connected(page);
    expect(page.aurora.seen.every(({ signed }) => signed)).toBe(true);
    expect(page.aurora.seen[0]?.parameters).toMatchObject({ From: from, To: page.to });
    const { line } = await until(hasLine('heard', 'Tell me.'));
    expect(line).toEqual({ kind: 'heard', text: 'Tell me.', language: 'en-IN' });
    const act = (action: object) => page.ask('act', { desk, call, action });
    expect((await act({ do: 'say', words: 'there is a fire' })).status).toBe(204);
    expect((await until(hasLine('heard', 'You said there is a fire.'))).line).toMatchObject({
      language: 'hi-IN',
    });
    await act({ do: 'press', keys: '9' });
    await until(hasLine('heard', 'You said 9.'));
    await act({ do: 'say', words: 'आग लगी है' });
    expect((await until(hasLine('spoke', 'आग'))).line).toMatchObject({
      text: 'आग लगी है',
      understood: expect.stringMatching(/^[a-z ]+$/),
    });
    await act({ do: 'keep-silent' });
    await until(hasLine('silent'));
    await act({ do: 'hang-up' });
    await until(hasStatus('completed'));
    expect((await act({ do: 'press', keys: '1' })).body.error.code).toBe('no_call');
    expect(events.filter(({ type }) => type === 'call')).toHaveLength(1);
  });

  it('withholds its number where that is wanted', async () => {
    const page = await startPage();
    const { desk, until } = await page.openDesk();
    await page.ask('call', { desk, from: 'anonymous', to: page.to });
    await until(hasStatus('in-progress'));
    expect(page.aurora.seen[0]?.parameters.From).toBe('anonymous');
  });

  it.each([
    ['nothing', { do: 'say', words: '   ' }],
    ['too much', { do: 'say', words: 'x'.repeat(1_001) }],
    ['a key that there is not', { do: 'press', keys: 'A' }],
    ['too many keys', { do: 'press', keys: '1'.repeat(33) }],
    ['something else', { do: 'explode' }],
    ['more than was asked', { do: 'hang-up', please: true }],
  ])('takes %s from nobody', async (_, action) => {
    const page = await startPage();
    const { desk, call } = await connected(page);
    const seen = page.aurora.seen.length;
    expect((await page.ask('act', { desk, call, action })).status).toBe(400);
    expect(page.aurora.seen).toHaveLength(seen);
  });

  it('is one of few at once, and of nobody else’s desk', async () => {
    const page = await startPage();
    const { desk, call } = await connected(page);
    for (let more = 0; more < 2; more += 1) {
      expect((await page.ask('call', { desk, from, to: page.to })).status).toBe(200);
    }
    const refused = await page.ask('call', { desk, from, to: page.to });
    expect([refused.status, refused.body.error.code]).toEqual([429, 'too_many_calls']);
    const other = await page.openDesk();
    const stolen = await page.ask('act', { desk: other.desk, call, action: { do: 'hang-up' } });
    expect(stolen.body.error.code).toBe('no_call');
    expect(other.events).toEqual([{ type: 'desk', desk: other.desk }]);
  });

  it('is hung up when the page is closed', async () => {
    const page = await startPage();
    const { close } = await connected(page);
    close();
    await expect.poll(() => page.aurora.paths().includes('/call-status')).toBe(true);
    const ended = page.aurora.seen.find(({ path }) => path === '/call-status');
    expect(ended?.parameters.CallStatus).toBe('completed');
  });
});

describe('a text message from the page', () => {
  it('is signed, and its replies come to the desk', async () => {
    const page = await startPage();
    const { desk, events } = await page.openDesk();
    const sent = await page.ask('text', { desk, from, to: page.to, body: 'gas leak' });
    expect(sent.status).toBe(204);
    expect(page.aurora.seen[0]).toMatchObject({ signed: true, parameters: { Body: 'gas leak' } });
    await expect
      .poll(() => events.at(-1))
      .toEqual({ type: 'text', from: page.to, to: from, body: 'You wrote gas leak.' });
  });

  it('that is not taken is told', async () => {
    const page = await startPage({ answers: { '/incoming-message': 500 } });
    const { desk } = await page.openDesk();
    const { status, body } = await page.ask('text', { desk, from, to: page.to, body: 'gas' });
    expect([status, body.error.code]).toEqual([502, 'not_delivered']);
  });
});

describe('a telephone that is plugged in at the page', () => {
  async function rung() {
    const page = await startPage({
      answers: {
        '/page': '<Gather input="dtmf" numDigits="1" action="/key"><Say>Press 1.</Say></Gather>',
        '/key': ({ parameters }) => `<Say>You pressed ${parameters.Digits}.</Say><Hangup/>`,
      },
    });
    const open = await page.openDesk();
    await page.ask('plug', { desk: open.desk, number: DEMO_ON_CALL });
    const basic = Buffer.from(`${LOCAL_ACCOUNT_SID}:${LOCAL_AUTH_TOKEN}`).toString('base64');
    const created = await page.send(
      'POST',
      `/2010-04-01/Accounts/${LOCAL_ACCOUNT_SID}/Calls.json`,
      { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({
        From: page.to,
        To: DEMO_ON_CALL,
        Url: `${page.aurora.baseUrl}/page`,
      }).toString(),
    );
    expect(created.status).toBe(201);
    await open.until(hasStatus('ringing'));
    const { sid: call } = JSON.parse(created.body);
    const act = (action: object) => page.ask('act', { desk: open.desk, call, action });
    return { page, act, ...open };
  }

  it('rings, is answered, presses a key and hears what comes of it', async () => {
    const { act, until, events } = await rung();
    expect(events.find(({ type }) => type === 'call')).toMatchObject({ direction: 'in' });
    expect((await act({ do: 'say', words: 'hello' })).body.error.code).toBe('ringing');
    await act({ do: 'answer' });
    await until(hasLine('heard', 'Press 1.'));
    await act({ do: 'press', keys: '1' });
    await until(hasLine('heard', 'You pressed 1.'));
    await until(hasStatus('completed'));
  });

  it('can be declined, once', async () => {
    const { act, until } = await rung();
    await act({ do: 'decline' });
    await until(hasStatus('busy'));
    expect((await act({ do: 'answer' })).body.error.code).toBe('no_call');
  });

  it('rings no more when it is unplugged', async () => {
    const { page, desk, until } = await rung();
    await page.ask('unplug', { desk, number: DEMO_ON_CALL });
    await until(hasStatus('no-answer'));
  });
});
