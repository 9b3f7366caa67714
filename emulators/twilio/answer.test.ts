import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestExchange } from './test-exchange.ts';

const PROGRAM = fileURLToPath(new URL('./answer.ts', import.meta.url));
const NUMBER = '+15550100010';
const AURORA = '+15550100002';
const ASK = '<Gather input="dtmf" numDigits="1" action="/page-answer"><Say>Press 1.</Say></Gather>';

const exchange = createTestExchange();

/** `npm run phone -- …args` as a process of its own, plugged in. */
async function run(...args: string[]) {
  const aurora = await exchange.startAurora({
    '/page-call': ASK,
    '/page-answer': '<Say>Thank you.</Say><Hangup/>',
    '/progress': 204,
    '/room': '<Dial><Conference beep="false">room</Conference></Dial>',
    '/incoming-call': '<Dial><Conference beep="false">room</Conference></Dial>',
    '/incoming-message': '<Message>Noted.</Message>',
  });
  const child = spawn(process.execPath, [PROGRAM, '--url', aurora.baseUrl, ...args], {
    env: { PATH: process.env.PATH, AURORA_TWILIO_PORT: String(exchange.server().port) },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const lookers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of lookers) look();
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(text) && resolve();
      lookers.add(look);
      look();
    });
  const call = (path = '/page-call') =>
    exchange.client().calls.create({
      to: NUMBER,
      from: AURORA,
      url: aurora.baseUrl + path,
      statusCallback: `${aurora.baseUrl}/progress`,
    });
  return {
    aurora,
    child,
    ended,
    says,
    output: () => output,
    call,
    type: (text: string) => child.stdin.write(`${text}\n`),
  };
}

// Each starts a process, on a machine that may be busy.
describe('npm run phone', { timeout: 30_000 }, () => {
  it('answers and presses what it was told, once', async () => {
    const phone = await run('--number', NUMBER, '--press', '1', '--once');
    await phone.says('waits for calls');
    await phone.call();
    const { code, output } = await phone.ended;
    expect(code).toBe(0);
    expect(output).toContain(`It rings: a call from ${AURORA}.`);
    expect(output).toMatch(/Aurora +\d+ ms Press 1\./);
    expect(output).toMatch(/You +press 1/);
    expect(output).toMatch(/Aurora +\d+ ms Thank you\./);
    const digits = phone.aurora.seen.find(({ path }) => path === '/page-answer');
    expect(digits?.parameters.Digits).toBe('1');
  });

  it.each([
    ['--busy', 'busy'],
    ['--reject', 'busy'],
    ['--no-answer', 'no-answer'],
  ])('can be %s', async (manner, status) => {
    const phone = await run('--number', NUMBER, manner, '--once', '--fast');
    await phone.says('waits for calls');
    const { sid } = await phone.call();
    expect((await phone.ended).code).toBe(0);
    expect(await exchange.client().calls(sid).fetch()).toMatchObject({ status });
  });

  it('rings until Enter answers it, and speaks what is typed, also in a conference', async () => {
    const phone = await run('--number', NUMBER);
    await phone.says('waits for calls');
    const worker = exchange.dial();
    await phone.call('/room');
    await phone.says('Enter answers, r rejects.');
    phone.type('');
    await phone.says('You can be heard.');
    worker.say('I am in hall 3.');
    await phone.says('I am in hall 3.');
    expect(phone.output()).not.toContain('stopped ringing');
    phone.type('Stay there.');
    await expect
      .poll(() => worker.events.find(({ type }) => type === 'heard'), { timeout: 10_000 })
      .toMatchObject({ text: 'Stay there.' });
    phone.child.kill('SIGINT');
    await phone.says('You hung up (completed).');
  });

  it('stops ringing when the caller gives up', async () => {
    const phone = await run('--number', NUMBER);
    await phone.says('waits for calls');
    const { sid } = await phone.call();
    await phone.says('Enter answers, r rejects.');
    await exchange.client().calls(sid).update({ status: 'completed' });
    await phone.says('It stopped ringing.');
    phone.type('');
    phone.child.kill('SIGINT');
    expect((await phone.ended).code).toBe(0);
  });

  it('can be rejected by a key', async () => {
    const phone = await run('--number', NUMBER, '--once');
    await phone.says('waits for calls');
    const { sid } = await phone.call();
    await phone.says('Enter answers, r rejects.');
    phone.type('r');
    await phone.ended;
    expect(await exchange.client().calls(sid).fetch()).toMatchObject({ status: 'busy' });
  });

  it('shows texts and answers them to whoever wrote last, until Ctrl-C', async () => {
    const phone = await run('--number', NUMBER);
    await phone.says('waits for calls');
    const from = '+15550100003';
    await exchange.client().messages.create({ to: NUMBER, from, body: 'Can you come?' });
    await phone.says(`${from}: Can you come?`);
    phone.type('sms: on my way');
    await phone.says(`${from}: Noted.`);
    const sent = phone.aurora.seen.find(({ path }) => path === '/incoming-message');
    expect(sent).toMatchObject({
      signed: true,
      parameters: { From: NUMBER, To: from, Body: 'on my way' },
    });
    phone.child.kill('SIGINT');
    expect((await phone.ended).code).toBe(0);
  });

  it('says what is wrong with its use', async () => {
    const phone = await run('--number', 'anna');
    const { code, output } = await phone.ended;
    expect(code).toBe(2);
    expect(output).toContain('--number takes a number such as +15550100010');
    const both = await run('--number', NUMBER, '--busy', '--voicemail');
    expect((await both.ended).output).toContain('--voicemail and --busy are told');
    const help = await run('--help');
    expect(await help.ended).toMatchObject({ code: 0, output: expect.stringContaining('--press') });
  });
});
