import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ControlClient, connectToRestServer } from './control-client.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import { createTwilioRestServer, type TwilioRestServer } from './rest-server.ts';
import {
  createHandset,
  createPhone,
  type OnRing,
  type Phone,
  scriptedCaller,
} from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';
import { restClient } from './test-rest-client.ts';

const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };
const ON_CALL = '+15550100010';
const AURORA = '+15550100002';
const ALL_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

let rest: TwilioRestServer;
let aurora: TestAurora;
let line: ControlClient | undefined;
let phone: Phone | undefined;

beforeEach(() => start());
afterEach(async () => {
  await phone?.close();
  phone = undefined;
  line?.close();
  line = undefined;
  await aurora.stop();
  await rest.stop();
});

async function start(unattended: 'no-answer' | 'busy' | 'voicemail' = 'no-answer'): Promise<void> {
  rest = createTwilioRestServer({ ...account, port: 0, timeScale: 0, unattended });
  await rest.start();
}

async function startAurora(answers: Record<string, Answer>): Promise<void> {
  aurora = await startTestAurora({ '/progress': 204, ...answers });
}

const plugIn = async (onRing: OnRing) => {
  phone = await createPhone({
    number: ON_CALL,
    line: line ?? rest.switchboard,
    onRing,
    timeScale: 0,
  });
  return phone;
};

const call = (more: object = {}) =>
  restClient(rest.url).calls.create({
    to: ON_CALL,
    from: AURORA,
    url: `${aurora.baseUrl}/page-call?page=1`,
    statusCallback: `${aurora.baseUrl}/progress`,
    statusCallbackEvent: ALL_EVENTS,
    ...more,
  });

/** The callbacks of a call in the order in which they were fired. */
function progress(): Record<string, string>[] {
  return aurora.seen
    .filter(({ path }) => path === '/progress')
    .map(({ parameters }) => parameters)
    .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
}

const over = () => expect.poll(() => progress().at(-1)?.CallDuration).toBeDefined();

describe.each(['in this process', 'in another process'])('a telephone %s', (where) => {
  beforeEach(async () => {
    if (where === 'in another process') {
      line = await connectToRestServer({ restUrl: rest.url, ...account });
    }
  });

  it('is called, answers and presses a key, and each step is told by signed webhooks', async () => {
    await startAurora({
      '/page-call':
        '<Gather input="dtmf" numDigits="1" action="/page-answer"><Say>Press 1.</Say></Gather>',
      '/page-answer': '<Say>Thank you.</Say><Hangup/>',
    });
    const { nextCall } = await plugIn(() => ({ answer: scriptedCaller([{ keys: '1' }]) }));
    const created = await call();
    expect(created).toMatchObject({
      status: 'queued',
      direction: 'outbound-api',
      to: ON_CALL,
      from: AURORA,
    });

    const rung = await nextCall();
    expect(rung).toMatchObject({ callSid: created.sid, from: AURORA, to: ON_CALL });
    expect(await rung.result).toMatchObject({
      said: ['Press 1.', 'Thank you.'],
      endedBy: 'aurora',
      status: 'completed',
      faults: [],
    });
    expect(aurora.seen.every(({ signed }) => signed)).toBe(true);
    const [asked, answered] = aurora.seen.filter(({ path }) => path.startsWith('/page-'));
    expect(asked?.parameters).toMatchObject({
      CallSid: created.sid,
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      From: AURORA,
      To: ON_CALL,
    });
    expect(asked?.parameters).not.toHaveProperty('AnsweredBy');
    expect(asked?.parameters).not.toHaveProperty('CallToken');
    expect(answered?.parameters).toMatchObject({ Digits: '1', Direction: 'outbound-api' });
    expect(progress().map((each) => [each.SequenceNumber, each.CallStatus])).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ]);
    expect(progress().map(({ CallDuration }) => CallDuration)).toEqual([
      undefined,
      undefined,
      undefined,
      '1',
    ]);
    expect(progress()[0]).toMatchObject({
      CallSid: created.sid,
      CallbackSource: 'call-progress-events',
      Direction: 'outbound-api',
      Timestamp: expect.stringMatching(/ \+0000$/),
    });
    const read = await restClient(rest.url).calls(created.sid).fetch();
    expect(read).toMatchObject({ status: 'completed', direction: 'outbound-api', duration: '1' });
  });

  it.each(['busy', 'reject', 'no-answer'] as const)('can be %s', async (action) => {
    await startAurora({});
    await plugIn(() => action);
    const { sid } = await call();
    await over();
    const status = action === 'reject' ? 'busy' : action;
    expect(progress().map(({ CallStatus }) => CallStatus)).toEqual([
      'initiated',
      'ringing',
      status,
    ]);
    expect(progress().at(-1)).toMatchObject({ CallDuration: '0', CallSid: sid });
    expect(aurora.paths()).not.toContain('/page-call');
    expect(await restClient(rest.url).calls(sid).fetch()).toMatchObject({ status });
  });

  it.each([
    ['Enable', 'machine_start'],
    ['DetectMessageEnd', 'machine_end_beep'],
  ])('has a machine that answers, found by MachineDetection=%s', async (detection, answeredBy) => {
    await startAurora({
      '/page-call':
        '<Gather input="dtmf" action="/page-answer"><Say>Press 1.</Say></Gather><Hangup/>',
    });
    await plugIn(() => 'voicemail');
    const { sid } = await call({ machineDetection: detection });
    await over();
    const asked = aurora.seen.find(({ path }) => path === '/page-call');
    expect(asked?.parameters).toMatchObject({ AnsweredBy: answeredBy });
    expect(progress().at(-1)).toMatchObject({ CallStatus: 'completed', AnsweredBy: answeredBy });
    expect(aurora.paths()).not.toContain('/page-answer');
    expect(await restClient(rest.url).calls(sid).fetch()).toMatchObject({ answeredBy });
  });

  it('is told to be a person, where a machine is looked for and none answers', async () => {
    await startAurora({ '/page-call': '<Hangup/>' });
    await plugIn(() => ({ answer: scriptedCaller([]) }));
    await call({ machineDetection: 'Enable' });
    await over();
    const asked = aurora.seen.find(({ path }) => path === '/page-call');
    expect(asked?.parameters).toMatchObject({ AnsweredBy: 'human' });
  });

  it.each(['completed', 'canceled'] as const)(
    'stops ringing when the call is %s by REST',
    async (status) => {
      await startAurora({});
      const rings = Promise.withResolvers<void>();
      const stopped = Promise.withResolvers<boolean>();
      await plugIn((_ring, signal) => {
        rings.resolve();
        return new Promise(() => {
          signal.addEventListener('abort', () => stopped.resolve(signal.aborted));
        });
      });
      const { sid } = await call();
      await rings.promise;
      expect(await restClient(rest.url).calls(sid).fetch()).toMatchObject({ status: 'ringing' });
      await restClient(rest.url).calls(sid).update({ status });
      expect(await stopped.promise).toBe(true);
      await over();
      expect(progress().at(-1)).toMatchObject({ CallStatus: 'canceled', CallDuration: '0' });
    },
  );

  it('can be sent elsewhere and hung up from, while its person says nothing', async () => {
    await startAurora({
      '/page-call': '<Gather input="speech" action="/turn"><Say>Hold the line.</Say></Gather>',
      '/elsewhere': '<Gather input="speech" action="/turn"><Say>Go on.</Say></Gather>',
    });
    const { nextCall } = await plugIn(() => ({ answer: createHandset().caller }));
    const { sid } = await call();
    const rung = await nextCall();
    await rung.hears('Hold the line.');
    await restClient(rest.url)
      .calls(sid)
      .update({ url: `${aurora.baseUrl}/elsewhere` });
    await rung.hears('Go on.');
    rung.hangUp();
    expect(await rung.result).toMatchObject({ endedBy: 'caller', status: 'completed' });
    expect(progress().at(-1)).toMatchObject({ CallStatus: 'completed' });
  });

  it('takes TwiML that came with the call, and only the last event where none is named', async () => {
    await startAurora({});
    const { nextCall } = await plugIn(() => ({ answer: scriptedCaller([]) }));
    const twiml = '<Response><Say>This is Aurora.</Say></Response>';
    await call({ url: undefined, twiml, statusCallbackEvent: undefined });
    expect(await (await nextCall()).result).toMatchObject({ said: ['This is Aurora.'] });
    expect(aurora.paths()).toEqual(['/progress']);
    expect(progress()[0]).toMatchObject({ CallStatus: 'completed', SequenceNumber: '0' });
  });

  it('that leaves the line is not rung any more', async () => {
    await startAurora({});
    const left = await plugIn(() => ({ answer: scriptedCaller([]) }));
    await left.close();
    await line?.settled();
    const { sid } = await call();
    await over();
    expect(left.calls).toEqual([]);
    expect(await restClient(rest.url).calls(sid).fetch()).toMatchObject({ status: 'no-answer' });
  });
});

describe('a number without a telephone', () => {
  it('is not answered', async () => {
    await startAurora({});
    const { sid } = await call();
    await over();
    expect(progress().map(({ CallStatus }) => CallStatus)).toEqual([
      'initiated',
      'ringing',
      'no-answer',
    ]);
    const listed = await restClient(rest.url).calls.list({ to: ON_CALL });
    expect(listed.map((each) => [each.sid, each.status])).toEqual([[sid, 'no-answer']]);
    expect(await restClient(rest.url).calls.list({ status: 'completed' })).toEqual([]);
  });

  it('does what the server was told', async () => {
    await rest.stop();
    await start('voicemail');
    await startAurora({ '/page-call': '<Say>Press 1.</Say>' });
    await call({ machineDetection: 'Enable' });
    await over();
    expect(progress().at(-1)).toMatchObject({
      CallStatus: 'completed',
      AnsweredBy: 'machine_start',
    });
  });
});

describe('a call that is asked for in a wrong way', () => {
  it.each([
    ['without a number', { to: '' }, 21201],
    ['with half a number', { to: '12' }, 21211],
    ['from nobody', { from: '' }, 21213],
    ['from a name', { from: 'Aurora' }, 21212],
    ['without instructions', { url: undefined }, 21205],
    ['with half a URL', { url: '/page-call' }, 21205],
    ['with long TwiML', { url: undefined, twiml: 'x'.repeat(4_001) }, 32018],
    ['with an unknown detection', { machineDetection: 'Maybe' }, 20001],
    ['without time', { timeout: 0 }, 20001],
  ])('is refused: %s', async (_name, wrong, code) => {
    await startAurora({});
    await expect(call(wrong)).rejects.toMatchObject({ status: 400, code });
    expect(await restClient(rest.url).calls.list()).toEqual([]);
  });
});
