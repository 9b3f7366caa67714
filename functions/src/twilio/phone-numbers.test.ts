import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type AccountOptions,
  bought,
  startTwilioAccount,
  TOKEN,
} from '../operations/twilio-account.fixture.ts';
import { createPhoneNumbers } from './phone-numbers.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

const [OURS, OTHER, LONGER] = ['+15550100002', '+15550100003', '+155501000021'];

async function account(numbers: string[], options?: AccountOptions) {
  const twilio = await startTwilioAccount(
    numbers.map((number) => bought(number)),
    options,
  );
  stops.push(twilio.stop);
  const as = (authToken: string) =>
    createPhoneNumbers({ accountSid: ACCOUNT, authToken, baseUrl: twilio.url, deadline: 2_000 });
  return { ...twilio, numbers: as(TOKEN), as };
}

describe("an account's numbers at Twilio", () => {
  it('are listed, page by page, with where they lead', async () => {
    const { numbers } = await account([OURS, OTHER, LONGER], { pageSize: 2 });
    const listed = await numbers.list();
    expect(listed.map(({ number }) => number)).toEqual([OURS, OTHER, LONGER]);
    expect(listed[0]).toMatchObject({
      sid: `PN${'15550100002'.padStart(32, '0')}`,
      takesCalls: true,
      takesTexts: true,
      settings: {
        voiceUrl: 'https://demo.twilio.com/welcome/voice/',
        voiceFallbackMethod: 'POST',
        trunkSid: '',
      },
    });
  });

  it('are found by the whole number, and not by its beginning', async () => {
    const { numbers } = await account([LONGER, OURS]);
    expect((await numbers.find(OURS))?.number).toBe(OURS);
    expect(await numbers.find('+1555010000')).toBeUndefined();
  });

  it('are changed only in what is told, which may be nothing at all', async () => {
    const { numbers, updates } = await account([OURS]);
    const [{ sid } = { sid: '' }] = await numbers.list();
    const to = { voiceUrl: 'https://a.example/incoming-call#rc=1&rp=5xx', smsApplicationSid: '' };
    expect((await numbers.update(sid, to))?.settings.voiceUrl).toBe(to.voiceUrl);
    expect(updates).toEqual([{ VoiceUrl: to.voiceUrl, SmsApplicationSid: '' }]);
    expect(await numbers.update(`PN${'9'.repeat(32)}`, to)).toBeUndefined();
  });

  it('are an error with wrong credentials, which it does not show', async () => {
    const { as } = await account([OURS]);
    const error = await as('f'.repeat(32))
      .list()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 401, code: 'twilio_refused' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('f'.repeat(32));
  });

  it.each([
    ['no list', { incoming_phone_numbers: [{ sid: 'PN1' }] }],
    ['a number without a number', { incoming_phone_numbers: [bought('soon')] }],
  ])('are an error where the answer is %s', async (_, body) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const numbers = createPhoneNumbers({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl });
    await expect(numbers.list()).rejects.toMatchObject({ code: 'twilio_malformed' });
  });
});
