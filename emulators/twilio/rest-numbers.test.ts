import { describe, expect, it } from 'vitest';
import { placeCall, scriptedCaller, sendSms } from './telephone.ts';
import { createTestExchange } from './test-exchange.ts';

const exchange = createTestExchange();
const NUMBER = '+15550100002';

async function find(number = NUMBER) {
  const [found] = await exchange.client().incomingPhoneNumbers.list({ phoneNumber: number });
  return found;
}

const update = async (settings: object) =>
  exchange
    .client()
    .incomingPhoneNumbers((await find())?.sid ?? '')
    .update(settings);

const call = (line = exchange.server().switchboard, more: object = {}) =>
  placeCall({
    baseUrl: 'http://127.0.0.1:1',
    caller: scriptedCaller([]),
    switchboard: line,
    timeScale: 0,
    ...more,
  });

describe('a number of the account', () => {
  it('is found by its number, or a part of it, and keeps what it is given', async () => {
    expect(await find()).toMatchObject({ phoneNumber: NUMBER, voiceUrl: '', voiceMethod: 'POST' });
    expect(await find('+15550100099')).toBeUndefined();
    expect(await find('01000*2')).toMatchObject({ phoneNumber: NUMBER });
    const settings = {
      friendlyName: 'Plant',
      voiceUrl: 'https://aurora.example/incoming-call#rc=2&rp=5xx',
      voiceMethod: 'POST',
      voiceFallbackUrl: 'https://aurora.example/twilio-fallback.xml',
      voiceFallbackMethod: 'GET',
      statusCallback: 'https://aurora.example/call-status#rc=3',
      statusCallbackMethod: 'POST',
      smsUrl: 'https://aurora.example/incoming-message',
      smsMethod: 'POST',
      smsFallbackUrl: 'https://aurora.example/sms-fallback.xml',
      smsFallbackMethod: 'GET',
    };
    expect(await update(settings)).toMatchObject(settings);
    const found = await find();
    expect(found).toMatchObject(settings);
    const read = exchange
      .client()
      .incomingPhoneNumbers(found?.sid ?? '')
      .fetch();
    expect(await read).toMatchObject(settings);
    expect(await find('+15550100003')).toMatchObject({ voiceUrl: '' });
  });

  it('keeps what an update does not name, and can be emptied', async () => {
    await update({ voiceUrl: 'https://aurora.example/a', smsUrl: 'https://aurora.example/b' });
    await update({ smsUrl: '' });
    expect(await find()).toMatchObject({ voiceUrl: 'https://aurora.example/a', smsUrl: '' });
  });

  it('refuses half a URL and an unknown method', async () => {
    await expect(update({ voiceUrl: '/incoming-call' })).rejects.toMatchObject({
      status: 400,
      code: 21502,
    });
    await expect(update({ smsMethod: 'PUT' })).rejects.toMatchObject({ status: 400, code: 20001 });
    const unknown = exchange.client().incomingPhoneNumbers(`PN${'9'.repeat(32)}`);
    await expect(unknown.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it.each(['in this process', 'in another process'])(
    'leads calls of a telephone %s to its URLs, with their overrides',
    async (where) => {
      const aurora = await exchange.startAurora({
        '/voice': (seen) => (seen.parameters.CallSid ? 503 : 404),
        '/fallback': '<Say>Call the emergency number.</Say>',
        '/status': 204,
      });
      await update({
        voiceUrl: `${aurora.baseUrl}/voice#rc=2&rp=5xx`,
        voiceFallbackUrl: `${aurora.baseUrl}/fallback`,
        voiceFallbackMethod: 'GET',
        statusCallback: `${aurora.baseUrl}/status`,
      });
      const line =
        where === 'in this process' ? exchange.server().switchboard : await exchange.connect();
      expect((await call(line as never)).said).toEqual(['Call the emergency number.']);
      expect(aurora.paths()).toEqual(['/voice', '/voice', '/voice', '/fallback', '/status']);
      const fallback = aurora.seen.find(({ path }) => path === '/fallback');
      expect(fallback).toMatchObject({ method: 'GET', parameters: { ErrorCode: '11200' } });
    },
  );

  it('that leads nowhere, and one that is not its own, go where the telephone says', async () => {
    const { baseUrl, paths } = await exchange.startAurora({
      '/incoming-call': '<Say>Hello.</Say>',
    });
    expect((await call(undefined, { baseUrl })).said).toEqual(['Hello.']);
    expect((await call(undefined, { baseUrl, to: '+15550100099' })).said).toEqual(['Hello.']);
    expect(paths().filter((path) => path === '/incoming-call')).toHaveLength(2);
  });

  it('leads messages to its URL, and to its fallback where that fails', async () => {
    const aurora = await exchange.startAurora({
      '/message': 500,
      '/fallback': '<Message>Call us.</Message>',
    });
    await update({
      smsUrl: `${aurora.baseUrl}/message`,
      smsFallbackUrl: `${aurora.baseUrl}/fallback`,
      smsFallbackMethod: 'GET',
    });
    const { switchboard } = exchange.server();
    const baseUrl = 'http://127.0.0.1:1';
    const { replies, faults } = await sendSms({ baseUrl, body: 'fire', switchboard });
    expect(replies).toEqual(['Call us.']);
    expect(faults).toMatchObject([{ kind: 'http-status' }]);
    expect(aurora.seen.map(({ path, method }) => `${method} ${path}`)).toEqual([
      'POST /message',
      'GET /fallback',
    ]);
  });
});
