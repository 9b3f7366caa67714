import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import { createTwilioRestServer, type TwilioRestServer } from './rest-server.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';
import { restClient } from './test-rest-client.ts';

const PROGRAM = fileURLToPath(new URL('./call.ts', import.meta.url));
const LISTEN =
  '<Gather input="dtmf speech" action="/turn?call=call_x"><Say>Tell me.</Say></Gather>';
const PATIENT = { timeout: 10_000 };

let rest: TwilioRestServer;
let aurora: TestAurora | undefined;
beforeEach(async () => {
  rest = createTwilioRestServer({
    port: 0,
    accountSid: LOCAL_ACCOUNT_SID,
    authToken: LOCAL_AUTH_TOKEN,
  });
  await rest.start();
});
afterEach(async () => {
  await aurora?.stop();
  aurora = undefined;
  await rest.stop();
});

/** `npm run call -- …args` as a process of its own. */
function run(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, '--url', url, ...args], {
    env: { PATH: process.env.PATH, AURORA_TWILIO_PORT: String(rest.port) },
  });
  let output = '';
  let look = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      look();
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  return {
    child,
    ended,
    says: (text: string) =>
      new Promise<void>((resolve) => {
        look = () => output.includes(text) && resolve();
        look();
      }),
  };
}

async function talk(answers: Record<string, Answer>, ...args: string[]) {
  aurora = await startTestAurora(answers);
  return run(aurora.baseUrl, ...args);
}

// Each starts a process, on a machine that may be busy.
describe('npm run call', { timeout: 30_000 }, () => {
  it('says what it is given, prints what Aurora says, and where to look next', async () => {
    const { ended } = await talk(
      { '/incoming-call': LISTEN, '/turn': '<Say>Leave \u202enow.</Say><Hangup/>' },
      '--say',
      'there is a fire',
    );
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toMatch(/Aurora +\d+ ms Tell me\./);
    expect(output).toMatch(/You +there is a fire/);
    expect(output).toMatch(/Aurora +\d+ ms Leave \\u\{202e\}now\./);
    expect(output).toContain('Aurora hung up (completed).');
    expect(output).toContain('/api/call/call_x');
    // Not on a terminal there are no colours.
    expect(output).not.toContain('\u001b');
    expect(aurora?.paths().slice(0, 3)).toEqual(['/incoming-call', '/turn', '/call-status']);
  });

  it('takes lines from the keyboard until they end', async () => {
    const { child, ended } = await talk({ '/incoming-call': LISTEN, '/turn': LISTEN }, '--fast');
    child.stdin.end('there is a fire\n#1\n');
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toContain('You hung up');
    const turns = aurora?.seen.filter(({ path }) => path === '/turn');
    expect(turns?.map(({ parameters }) => parameters.SpeechResult ?? parameters.Digits)).toEqual([
      'there is a fire',
      '1',
    ]);
  });

  it('hangs up on Ctrl-C, and Aurora is told, though npm passes it on once more', async () => {
    const calling = await talk({
      '/incoming-call': LISTEN,
      '/call-status': (_seen, response) => {
        calling.child.kill('SIGINT');
        setTimeout(() => response.writeHead(204).end(), 50);
        return undefined;
      },
    });
    await calling.says('Tell me.');
    calling.child.kill('SIGINT');
    const { code, output } = await calling.ended;
    expect(code).toBe(0);
    expect(output).toContain('You hung up (completed).');
    expect(aurora?.paths()).toEqual(['/incoming-call', '/call-status']);
  });

  it('keeps silent on demand', async () => {
    const { ended } = await talk(
      { '/incoming-call': `${LISTEN}<Say>Are you there?</Say>` },
      '--silent',
      '--fast',
    );
    const { output } = await ended;
    expect(output).toMatch(/You +\(silent for 5 s\)\nAurora +Are you there\?/);
  });

  it('is reached by REST and by text messages, though it is another process', async () => {
    const { ended, says } = await talk({ '/incoming-call': LISTEN });
    await says('Tell me.');
    await expect.poll(() => rest.switchboard.records()[0]?.status, PATIENT).toBe('in-progress');
    const { callSid } = rest.switchboard.records()[0] ?? { callSid: '' };
    const message = { messageSid: 'SM1', from: '+15550100002', to: '+15550100001', body: 'Hello' };
    await expect.poll(() => rest.switchboard.deliver(message), PATIENT).toBe(true);
    await says('+15550100002: Hello');
    const twiml = '<Response><Say>This is Anna.</Say></Response>';
    await rest.switchboard.find(callSid)?.call.update({ kind: 'twiml', twiml });
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toContain('the call was changed over REST (twiml)');
    expect(output).toMatch(/Aurora +This is Anna\./);
  });

  it('goes where its number leads at Twilio', async () => {
    aurora = await startTestAurora({ '/elsewhere': '<Message>Noted elsewhere.</Message>' });
    const numbers = restClient(rest.url).incomingPhoneNumbers;
    const [number] = await numbers.list({ phoneNumber: '+15550100002' });
    await numbers(number?.sid ?? '').update({ smsUrl: `${aurora.baseUrl}/elsewhere` });
    const { code, output } = await run(aurora.baseUrl, '--sms', 'gas leak').ended;
    expect(code).toBe(0);
    expect(output).toContain('Noted elsewhere.');
  });

  it('sends a text message and prints the reply', async () => {
    const { ended } = await talk(
      { '/incoming-message': '<Message>Leave the hall.</Message>' },
      '--sms',
      'gas leak',
    );
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toMatch(/You +gas leak\nAurora +\d+ ms Leave the hall\./);
    expect(aurora?.seen[0]).toMatchObject({ signed: true, parameters: { Body: 'gas leak' } });
  });

  it('reports what Twilio would refuse, and fails where the call broke off', async () => {
    const { ended } = await talk({ '/incoming-call': 500 }, '--say', 'fire');
    const { code, output } = await ended;
    expect(code).toBe(1);
    expect(output).toMatch(/Fault +error 11200: answered 500/);
    expect(output).toContain('The call broke off');
  });

  it('shows the mishaps of a bad network, and its seed', async () => {
    const { ended } = await talk(
      { '/incoming-call': LISTEN, '/turn': LISTEN },
      '--chaos',
      '5',
      ...['one', 'two', 'three', 'four', 'five'].flatMap((words) => ['--say', words]),
    );
    const { output } = await ended;
    expect(output).toContain('--chaos 5');
    expect(output).toMatch(/, a copy\)/);
  });

  it('says how to start Aurora where it does not run', async () => {
    aurora = await startTestAurora({});
    const { baseUrl } = aurora;
    await aurora.stop();
    const { code, output } = await run(baseUrl).ended;
    expect(code).toBe(1);
    expect(output).toContain(`Nothing answers at ${baseUrl}. Start Aurora`);
    expect(output).toContain('npm start');
  });

  it('explains itself, and what was wrong', async () => {
    const [help, wrong] = await Promise.all([
      run('http://127.0.0.1:1', '--help').ended,
      run('http://127.0.0.1:1', '--shout').ended,
    ]);
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining('npm run call --') });
    expect(wrong).toMatchObject({ code: 2, output: expect.stringContaining('--shout') });
  });
});
