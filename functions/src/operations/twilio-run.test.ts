import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startWebhooks } from '../webhooks/webhooks.fixture.ts';

import { settingsFor } from './number-settings.ts';
import {
  ACCOUNT,
  type AccountOptions,
  bought,
  startTwilioAccount,
  TOKEN,
} from './twilio-account.fixture.ts';
import { runTwilio } from './twilio-run.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

const [OURS, OTHER] = ['+15550100002', '+15550100003'];
const FALLBACKS = {
  '/twilio-fallback.xml': '<Response><Say>Call 112.</Say></Response>',
  '/twilio-text-fallback.xml': '<Response>\n<Message>Call 112.</Message>\n</Response>',
};

async function command(
  args: string[],
  environment: Record<string, string>,
  confirm = async () => false,
) {
  const [out, notes]: [string[], string[]] = [[], []];
  const code = await runTwilio(args, {
    environment,
    out: (line) => out.push(`${line}\n`),
    note: (line) => notes.push(`${line}\n`),
    confirm,
  });
  return { code, out: out.join(''), notes: notes.join('') };
}

/** An account with these numbers, a deployment that answers, and the command between them. */
async function between(
  numbers: ReturnType<typeof bought>[],
  {
    account,
    documents = FALLBACKS,
  }: { account?: AccountOptions; documents?: Record<string, string> } = {},
) {
  const twilio = await startTwilioAccount(numbers, account);
  const aurora = await startWebhooks({
    documents,
    further: {
      '/incoming-message': { load: () => Promise.reject(new Error('nobody signed it')) },
    },
  });
  stops.push(twilio.stop, aurora.stop);
  const environment = {
    PUBLIC_BASE_URL: aurora.publicBaseUrl,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_API_BASE_URL: twilio.url,
  };
  const run = (
    args: string[],
    changed: Record<string, string> = {},
    confirm?: () => Promise<boolean>,
  ) => command(args, { ...environment, ...changed }, confirm);
  return { twilio, aurora, environment, run };
}

describe('npm run twilio -- setup', () => {
  it('points a number at the deployment, says what it changed, and changes nothing there (I7)', async () => {
    const { twilio, aurora, run } = await between([bought(OURS), bought(OTHER)]);
    const { code, out, notes } = await run(['setup', '--number', '+1 555 010 0002']);
    expect({ code, notes }).toMatchObject({ code: 0 });
    const needs = settingsFor(aurora.publicBaseUrl);
    expect(twilio.numbers[0]).toMatchObject({
      voice_url: needs.voiceUrl,
      voice_method: 'POST',
      voice_fallback_url: needs.voiceFallbackUrl,
      voice_fallback_method: 'GET',
      status_callback: needs.statusCallback,
      sms_url: needs.smsUrl,
      sms_fallback_url: needs.smsFallbackUrl,
      sms_fallback_method: 'GET',
    });
    expect(twilio.numbers[1]).toEqual(bought(OTHER));
    expect(out).toContain(
      `${OURS}  A call comes in: https://demo.twilio.com/welcome/voice/ -> ${needs.voiceUrl}\n`,
    );
    expect(out).toContain(`${OURS}  Primary handler fails: nothing -> ${needs.voiceFallbackUrl}\n`);
    expect(out).toContain('leads to Aurora now; its calls are those of company demo');
    expect(aurora.tasks).toEqual([]);
    expect(out + notes).not.toContain(TOKEN);
  });

  it('changes nothing where everything is as it should be', async () => {
    const { twilio, run } = await between([bought(OURS)]);
    await run(['setup', '--number', OURS]);
    const again = await run(['setup', '--number', OURS]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('already') });
    expect(twilio.updates).toHaveLength(1);
  });

  it('takes no number from somebody else unless it is told so, and goes on with the next', async () => {
    const taken = bought(OURS, {
      voice_url: 'https://other.example/voice',
      trunk_sid: `TK${'1'.repeat(32)}`,
    });
    const { twilio, run } = await between([taken, bought(OTHER)]);
    const both = ['setup', '--number', OURS, '--number', OTHER];
    const asked = await run(both);
    expect(asked.code).toBe(1);
    expect(asked.notes).toContain('A call comes in: https://other.example/voice');
    expect(asked.notes).toContain(`SIP trunk: TK${'1'.repeat(32)}`);
    expect(twilio.numbers[0]?.voice_url).toBe('https://other.example/voice');
    expect(twilio.numbers[1]?.voice_url).toContain('/incoming-call#');
    expect((await run(both, {}, async () => true)).code).toBe(0);
    expect(twilio.numbers[0]).toMatchObject({ trunk_sid: '' });
    expect(twilio.numbers[0]?.voice_url).toContain('/incoming-call#');
  });

  it('asks nobody where it is told --yes', async () => {
    const taken = bought(OURS, { sms_application_sid: `AP${'1'.repeat(32)}` });
    const { twilio, run } = await between([taken]);
    expect((await run(['setup', '--number', OURS, '--yes'])).code).toBe(0);
    expect(twilio.numbers[0]?.sms_application_sid).toBe('');
  });

  it.each([
    ['has another auth token', { TWILIO_AUTH_TOKEN: 'f'.repeat(32) }, 'refuses the signed test'],
    ['has another account', { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}` }, 'another account'],
    ['is not there', { PUBLIC_BASE_URL: 'http://127.0.0.1:1' }, 'is Aurora deployed there?'],
  ])('points no number at a deployment that %s', async (_, changed, reason) => {
    const { twilio, run } = await between([bought(OURS)]);
    const { code, notes } = await run(['setup', '--number', OURS, '--yes'], changed);
    expect(code).toBe(1);
    expect(notes).toContain(reason);
    expect(notes).toContain('No number was changed.');
    expect(twilio.updates).toEqual([]);
  });

  it('points no number at a deployment without its fallbacks (I8)', async () => {
    const { twilio, run } = await between([bought(OURS)], { documents: {} });
    const { code, notes } = await run(['setup', '--number', OURS]);
    expect(code).toBe(1);
    expect(notes).toContain('/twilio-fallback.xml');
    expect(notes).toContain('/twilio-text-fallback.xml');
    expect(twilio.updates).toEqual([]);
  });

  it('says so where Twilio has not kept what it was told', async () => {
    const { run } = await between([bought(OURS)], { account: { forgets: ['voice_fallback_url'] } });
    const { code, notes } = await run(['setup', '--number', OURS]);
    expect(code).toBe(1);
    expect(notes).toContain(`has not kept voiceFallbackUrl of ${OURS}`);
  });

  it('says so where the account has no such number, and where it takes no calls', async () => {
    const mute = bought(OTHER, { capabilities: { voice: false, sms: true } });
    const { run } = await between([mute]);
    expect((await run(['setup', '--number', OURS])).notes).toContain(`no number ${OURS}`);
    expect((await run(['setup', '--number', OTHER])).notes).toContain('takes no calls');
  });
});

describe('npm run twilio -- check', () => {
  it('ends with 0 where nothing has drifted, and with 1 where something has, which it names', async () => {
    const { twilio, run } = await between([bought(OURS), bought(OTHER)]);
    expect(await run(['check'])).toMatchObject({
      code: 1,
      notes: expect.stringContaining('No number'),
    });
    await run(['setup', '--number', OURS]);
    expect(await run(['check'])).toMatchObject({ code: 0, out: `${OURS}  in order\n` });
    Object.assign(twilio.numbers[0] ?? {}, {
      voice_fallback_method: 'POST',
      voice_url: 'https://new.example/\u001b[2J',
    });
    const { code, out } = await run(['check']);
    expect(code).toBe(1);
    expect(out).toContain('Primary handler fails, method: is POST, needs GET');
    expect(out).toContain('A call comes in: is https://new.example/\\u001b[2J, needs ');
    expect((await run(['check', '--number', OTHER])).code).toBe(1);
    expect(twilio.updates).toHaveLength(1);
  });
});

describe('npm run twilio', () => {
  it.each([
    [['setup'], 'setup needs --number'],
    [['point', '--number', OURS], 'The commands are'],
    [['setup', '--number', '555'], 'is no number with its country code'],
    [['setup', '--numbers', OURS], '--numbers'],
  ])('says how it is used when it is called with %j', async (args, reason) => {
    const { code, notes } = await command(args, {});
    expect(code).toBe(2);
    expect(notes).toContain(reason);
    expect(notes).toContain('See --help.');
  });

  it('names every setting that is missing or wrong, and shows none of them', async () => {
    const { code, notes } = await command(['check'], {
      PUBLIC_BASE_URL: 'http://plant.example',
      TWILIO_ACCOUNT_SID: '',
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_API_BASE_URL: 'http://twilio.example',
    });
    expect(code).toBe(2);
    expect(notes).toContain('PUBLIC_BASE_URL must begin with https:');
    expect(notes).toContain('TWILIO_ACCOUNT_SID is not set');
    expect(notes).toContain('TWILIO_API_BASE_URL must begin with https:');
    expect(notes).not.toContain(TOKEN);
  });

  it('prints its usage', async () => {
    const { code, out } = await command(['--help'], {});
    expect(code).toBe(0);
    expect(out).toContain('setup --number');
  });

  it('is a program that ends with its code, and asks nobody in a script', async () => {
    const { environment, twilio } = await between([
      bought(OURS, { voice_url: 'https://other.example/voice' }),
    ]);
    const script = path.join(import.meta.dirname, 'twilio-command.ts');
    const ended = await new Promise<{ code: unknown; notes: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [script, 'setup', '--number', OURS],
        { env: { ...process.env, ...environment } },
        (error, _, notes) => resolve({ code: error?.code, notes }),
      );
      child.stdin?.end();
    });
    expect(ended).toMatchObject({ code: 1, notes: expect.stringContaining('leads elsewhere') });
    expect(twilio.updates).toEqual([]);
  });
});
