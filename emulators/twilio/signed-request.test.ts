import fc from 'fast-check';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { type Parameters, signedRequest, urlToSign } from './signed-request.ts';

const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

/** Made with Twilio's published algorithm for this token, apart from this code. */
const VECTORS = {
  incoming: {
    path: '/voice/incoming',
    signature: 'DA+bwSFkusMeyp6aLI/tMeGJ09Y=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=ringing&CallToken=%257B%2522parentCallInfoToken%2522%253A%2522synthetic%2522%257D&Called=%2B15550100002&CalledCity=&CalledCountry=US&CalledState=CA&CalledZip=&Caller=%2B15550100001&CallerCity=SPRINGFIELD&CallerCountry=US&CallerState=IL&CallerZip=62701&Direction=inbound&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&StirVerstat=TN-Validation-Passed-A&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  },
  gather: {
    path: '/voice/turn?turn=1',
    signature: 'F9QFSekAGSjiragIp/wKHF2VNa8=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=in-progress&Called=%2B15550100002&Caller=%2B15550100001&Confidence=0.92410344&Direction=inbound&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&Language=en-US&SpeechResult=I%27d+like+to+book+an+appointment+for+Tuesday.&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  },
  status: {
    path: '/voice/status',
    signature: 'nxO7dGEfdgnqehocHPUNGO4BOWo=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallDuration=49&CallSid=CA00000000000000000000000000000001&CallStatus=completed&CallbackSource=call-progress-events&Called=%2B15550100002&Caller=%2B15550100001&Direction=inbound&Duration=1&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&SequenceNumber=0&Timestamp=Fri%2C+20+Nov+2026+12%3A00%3A00+%2B0000&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  },
  dial: {
    path: '/voice/dial-complete',
    signature: '5OtvBj5sbUmHRH76OrXfhuJQWTw=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=in-progress&DialBridged=true&DialCallDuration=37&DialCallSid=CA00000000000000000000000000000002&DialCallStatus=completed&Direction=inbound&From=%2B15550100001&To=%2B15550100002',
  },
  recording: {
    path: '/voice/recording',
    signature: 'QO/7MLsptPVDYamv8uU2LjsAXGs=',
    body: 'AccountSid=AC00000000000000000000000000000001&CallSid=CA00000000000000000000000000000001&ErrorCode=0&RecordingChannels=1&RecordingDuration=37&RecordingSid=RE00000000000000000000000000000001&RecordingSource=DialVerb&RecordingStartTime=Fri%2C+20+Nov+2026+12%3A00%3A05+%2B0000&RecordingStatus=completed&RecordingTrack=both&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000001%2FRecordings%2FRE00000000000000000000000000000001',
  },
  sms: {
    path: '/sms/incoming',
    signature: 'CdvsMkGXBq2E5B0xBigiu4DgTJE=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=Hi%2C+can+I+move+my+appointment%3F&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&MessageSid=SM00000000000000000000000000000001&NumMedia=0&NumSegments=1&SmsMessageSid=SM00000000000000000000000000000001&SmsSid=SM00000000000000000000000000000001&SmsStatus=received&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  },
  'status of an sms': {
    path: '/sms/status',
    signature: 'qX6GkVr/XyYZMuhVrdG9ctVG9FQ=',
    body: 'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&From=%2B15550100002&MessageSid=SM00000000000000000000000000000002&MessageStatus=delivered&RawDlrDoneDate=2611201200&SmsSid=SM00000000000000000000000000000002&SmsStatus=delivered&To=%2B15550100001',
  },
};

const parse = (body: string): Parameters => Object.fromEntries(new URLSearchParams(body));

describe('a signed request', () => {
  it.each(Object.entries(VECTORS))('has the known signature: %s', (_name, vector) => {
    const url = `https://aurora.example.com${vector.path}`;
    const request = signedRequest({
      url,
      parameters: parse(vector.body),
      authToken: AUTH_TOKEN,
    });
    expect(request.headers['x-twilio-signature']).toBe(vector.signature);
    expect(request.body).toBe(vector.body);
  });

  it("has the signature of Twilio's documented example", () => {
    const parameters = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675310',
      Digits: '1234',
      From: '+14158675310',
      To: '+18005551212',
    };
    const url = 'https://example.com/myapp.php?foo=1&bar=2';
    const request = signedRequest({ url, parameters, authToken: '12345' });
    expect(request.headers['x-twilio-signature']).toBe('L/OH5YylLD5NRKLltdqwSvS0BnU=');
  });

  it('carries the headers that Twilio sends', () => {
    const { headers } = signedRequest({ url: 'http://127.0.0.1:1/x', parameters: { A: 'é' } });
    expect(headers).toMatchObject({
      'user-agent': 'TwilioProxy/1.1',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'content-length': '8',
    });
    expect(headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('puts the parameters of a GET into the query and signs the whole URL', () => {
    const request = signedRequest({
      url: 'http://127.0.0.1:1/x?a=1#rc=2',
      parameters: { ErrorCode: '11200', ErrorUrl: 'http://127.0.0.1:1/y' },
      method: 'GET',
      authToken: AUTH_TOKEN,
    });
    expect(request.url).toBe(
      'http://127.0.0.1:1/x?a=1&ErrorCode=11200&ErrorUrl=http%3A%2F%2F127.0.0.1%3A1%2Fy',
    );
    expect(request.body).toBe('');
    const signature = request.headers['x-twilio-signature'] ?? '';
    expect(webhooks.validateRequest(AUTH_TOKEN, signature, request.url, {})).toBe(true);
  });

  it('can be spoilt on purpose', () => {
    const parameters = { CallSid: 'CA1' };
    const url = 'http://127.0.0.1:1/x';
    const right = signedRequest({ url, parameters });
    const stranger = signedRequest({ url, parameters, authToken: 'another' });
    const bare = signedRequest({ url, parameters, headers: { 'x-twilio-signature': '' } });
    expect(stranger.headers['x-twilio-signature']).not.toBe(right.headers['x-twilio-signature']);
    expect(bare.headers['x-twilio-signature']).toBe('');
  });

  it('brings any words through unchanged, and signed', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    const url = fc.constantFrom('http://127.0.0.1:5000/turn?t=1', 'https://a.example/turn');
    fc.assert(
      fc.property(text, url, (speech, address) => {
        const parameters = { SpeechResult: speech, CallSid: 'CA1', Empty: '' };
        const request = signedRequest({ url: address, parameters });
        const received = parse(request.body);
        expect(received).toEqual({ ...parameters, SpeechResult: speech.toWellFormed() });
        const signature = request.headers['x-twilio-signature'] ?? '';
        const token = 'local-twilio-auth-token';
        expect(webhooks.validateRequest(token, signature, address, received)).toBe(true);
      }),
    );
  });

  it('brings lone surrogates through as the character that stands for what is broken', () => {
    const request = signedRequest({ url: 'http://h/x', parameters: { SpeechResult: 'a\ud800b' } });
    expect(parse(request.body).SpeechResult).toBe('a\ufffdb');
  });
});

describe('the URL that is signed', () => {
  it.each([
    ['voice', 'https://u:p@aurora.example:8443/x?y=1#rc=2', 'https://aurora.example/x?y=1'],
    ['messaging', 'https://u:p@aurora.example:8443/x', 'https://aurora.example:8443/x'],
    ['voice', 'http://127.0.0.1:5000/x#rt=100', 'http://127.0.0.1:5000/x'],
    ['messaging', 'http://127.0.0.1:5000/x', 'http://127.0.0.1:5000/x'],
    ['voice', 'https://[::1]:8443/x', 'https://[::1]/x'],
    ['voice', "https://a.example/it's?b=ü%27", "https://a.example/it's?b=ü%27"],
    ['voice', 'https://a.example:443?x=a:1', 'https://a.example?x=a:1'],
  ] as const)('%s: %s', (product, url, signed) => {
    expect(urlToSign(url, product)).toBe(signed);
  });
});
