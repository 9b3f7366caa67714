import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedByTwilio } from './signature.ts';

/** Signatures that Twilio's own library made for requests in Twilio's form. */
const TOKEN = '0123456789abcdef0123456789abcdef';
const VECTORS: [name: string, url: string, signature: string, body: string][] = [
  [
    'incoming',
    'https://aurora.example.com/voice/incoming',
    'DA+bwSFkusMeyp6aLI/tMeGJ09Y=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=ringing&CallToken=%257B%2522parentCallInfoToken%2522%253A%2522synthetic%2522%257D&Called=%2B15550100002&CalledCity=&CalledCountry=US&CalledState=CA&CalledZip=&Caller=%2B15550100001&CallerCity=SPRINGFIELD&CallerCountry=US&CallerState=IL&CallerZip=62701&Direction=inbound&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&StirVerstat=TN-Validation-Passed-A&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  ],
  [
    'gather',
    'https://aurora.example.com/voice/turn?turn=1',
    'F9QFSekAGSjiragIp/wKHF2VNa8=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=in-progress&Called=%2B15550100002&Caller=%2B15550100001&Confidence=0.92410344&Direction=inbound&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&Language=en-US&SpeechResult=I%27d+like+to+book+an+appointment+for+Tuesday.&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  ],
  [
    'status',
    'https://aurora.example.com/voice/status',
    'nxO7dGEfdgnqehocHPUNGO4BOWo=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallDuration=49&CallSid=CA00000000000000000000000000000001&CallStatus=completed&CallbackSource=call-progress-events&Called=%2B15550100002&Caller=%2B15550100001&Direction=inbound&Duration=1&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&SequenceNumber=0&Timestamp=Fri%2C+20+Nov+2026+12%3A00%3A00+%2B0000&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  ],
  [
    'dial',
    'https://aurora.example.com/voice/dial-complete',
    '5OtvBj5sbUmHRH76OrXfhuJQWTw=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001&CallStatus=in-progress&DialBridged=true&DialCallDuration=37&DialCallSid=CA00000000000000000000000000000002&DialCallStatus=completed&Direction=inbound&From=%2B15550100001&To=%2B15550100002',
  ],
  [
    'recording',
    'https://aurora.example.com/voice/recording',
    'QO/7MLsptPVDYamv8uU2LjsAXGs=',
    'AccountSid=AC00000000000000000000000000000001&CallSid=CA00000000000000000000000000000001&ErrorCode=0&RecordingChannels=1&RecordingDuration=37&RecordingSid=RE00000000000000000000000000000001&RecordingSource=DialVerb&RecordingStartTime=Fri%2C+20+Nov+2026+12%3A00%3A05+%2B0000&RecordingStatus=completed&RecordingTrack=both&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000001%2FRecordings%2FRE00000000000000000000000000000001',
  ],
  [
    'sms',
    'https://aurora.example.com/sms/incoming',
    'CdvsMkGXBq2E5B0xBigiu4DgTJE=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=Hi%2C+can+I+move+my+appointment%3F&From=%2B15550100001&FromCity=SPRINGFIELD&FromCountry=US&FromState=IL&FromZip=62701&MessageSid=SM00000000000000000000000000000001&NumMedia=0&NumSegments=1&SmsMessageSid=SM00000000000000000000000000000001&SmsSid=SM00000000000000000000000000000001&SmsStatus=received&To=%2B15550100002&ToCity=&ToCountry=US&ToState=CA&ToZip=',
  ],
  [
    'smsStatus',
    'https://aurora.example.com/sms/status',
    'qX6GkVr/XyYZMuhVrdG9ctVG9FQ=',
    'AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&From=%2B15550100002&MessageSid=SM00000000000000000000000000000002&MessageStatus=delivered&RawDlrDoneDate=2611201200&SmsSid=SM00000000000000000000000000000002&SmsStatus=delivered&To=%2B15550100001',
  ],
];

/** https://www.twilio.com/docs/usage/security#validating-requests */
const DOCUMENTED = {
  token: '12345',
  url: 'https://example.com/myapp.php?foo=1&bar=2',
  signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212',
};

const [, url, signature, body] = VECTORS[0] as (typeof VECTORS)[number];

function signed(
  change: { tokens?: string[]; url?: string; signature?: string | undefined; body?: string } = {},
): boolean {
  const request = { url, signature, body, ...change };
  return isSignedByTwilio(change.tokens ?? [TOKEN], {
    url: request.url,
    signature: request.signature,
    form: new URLSearchParams(request.body),
  });
}

describe('isSignedByTwilio', () => {
  it.each(VECTORS)('accepts the %s vector', (_, url, signature, body) => {
    expect(signed({ url, signature, body })).toBe(true);
  });

  it('accepts the example of the documentation', () => {
    const { token, ...request } = DOCUMENTED;
    expect(signed({ tokens: [token], ...request })).toBe(true);
  });

  it('accepts either token while one is rotated', () => {
    expect(signed({ tokens: ['f'.repeat(32), TOKEN] })).toBe(true);
  });

  it('ignores a fragment and, over HTTPS, the port', () => {
    expect(signed({ url: `${url}#rc=2&rp=all` })).toBe(true);
    expect(signed({ url: url.replace('.com/', '.com:8443/') })).toBe(true);
  });

  it.each([
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['garbage', { signature: 'garbage' }],
    ['another token', { tokens: ['f'.repeat(32)] }],
    ['no token', { tokens: [] }],
    ['another host', { url: url.replace('aurora.', 'eve.') }],
    ['another path', { url: `${url}/` }],
    ['http instead of https', { url: url.replace('https', 'http') }],
    ['an added parameter', { body: `${body}&Digits=1` }],
    ['a changed parameter', { body: body.replace('ringing', 'in-progress') }],
    ['a parameter less, though it was empty', { body: body.replace('&ToZip=', '') }],
    ['a relative address', { url: '/voice/incoming' }],
  ])('refuses %s (I7)', (_, change) => {
    expect(signed(change)).toBe(false);
  });

  it('counts every value of a name that is sent twice', () => {
    const both = webhooks.getExpectedTwilioSignature(TOKEN, url, { Digits: ['1', '2'] });
    expect(signed({ signature: both, body: 'Digits=1&Digits=2' })).toBe(true);
    expect(signed({ signature: both, body: 'Digits=1' })).toBe(false);
  });
});
