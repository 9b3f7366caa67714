import { describe, expect, it } from 'vitest';
import {
  dialParameters,
  digitsParameters,
  incomingSmsParameters,
  newSid,
  rfc2822,
  smsStatusParameters,
  speechParameters,
  statusCallbackParameters,
  voiceParameters,
} from './parameters.ts';

const leg = {
  accountSid: 'AC00000000000000000000000000000001',
  callSid: 'CA00000000000000000000000000000001',
  from: '+15550100001',
  to: '+15550100002',
} as const;
const AT = new Date('2026-11-20T12:00:00Z');

describe('the parameters of a call', () => {
  it('hold the documented ones, the legacy duplicates and empty geography', () => {
    expect(voiceParameters({ ...leg, callStatus: 'in-progress' })).toEqual({
      AccountSid: leg.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: leg.callSid,
      CallStatus: 'in-progress',
      Direction: 'inbound',
      From: '+15550100001',
      FromCity: 'SPRINGFIELD',
      FromState: 'IL',
      FromZip: '62701',
      FromCountry: 'US',
      Caller: '+15550100001',
      CallerCity: 'SPRINGFIELD',
      CallerState: 'IL',
      CallerZip: '62701',
      CallerCountry: 'US',
      To: '+15550100002',
      ToCity: '',
      ToState: '',
      ToZip: '',
      ToCountry: 'US',
      Called: '+15550100002',
      CalledCity: '',
      CalledState: '',
      CalledZip: '',
      CalledCountry: 'US',
    });
  });

  it('carry a call token and the verdict on the number only while it rings', () => {
    expect(voiceParameters({ ...leg, callStatus: 'ringing' })).toMatchObject({
      StirVerstat: 'TN-Validation-Passed-A',
      CallToken: expect.stringContaining('parentCallInfoToken'),
    });
    expect(voiceParameters({ ...leg, callStatus: 'completed' })).not.toHaveProperty('CallToken');
  });

  it('know nothing about a caller who withholds the number', () => {
    const parameters = voiceParameters({ ...leg, from: 'anonymous', callStatus: 'ringing' });
    expect(parameters).toMatchObject({
      From: 'anonymous',
      Caller: 'anonymous',
      FromCity: '',
      FromCountry: '',
      StirVerstat: 'No-TN-Validation',
    });
    const client = voiceParameters({ ...leg, from: 'client:x', callStatus: 'ringing' });
    expect(client).toMatchObject({ From: 'client:x', Caller: 'client:x' });
    expect(client).not.toHaveProperty('FromCountry');
  });

  it('name the first leg on a leg that was dialled from it', () => {
    const child = { ...leg, callStatus: 'ringing', parentCallSid: 'CA2' } as const;
    expect(voiceParameters(child)).toMatchObject({
      ParentCallSid: 'CA2',
      Direction: 'outbound-dial',
    });
  });

  it("tell a call's end in whole seconds, in whole minutes, and when", () => {
    expect(statusCallbackParameters({ ...leg, callStatus: 'completed' }, 61, AT)).toMatchObject({
      CallStatus: 'completed',
      CallDuration: '61',
      Duration: '2',
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
      Timestamp: 'Fri, 20 Nov 2026 12:00:00 +0000',
    });
  });
});

describe('the parameters of a Gather', () => {
  it('hold words and how sure they are, if Twilio says so', () => {
    expect(speechParameters('fire', 0.3, 'en-US')).toEqual({
      SpeechResult: 'fire',
      Confidence: '0.3',
      Language: 'en-US',
    });
    expect(speechParameters('fire', null, 'en-US')).not.toHaveProperty('Confidence');
  });

  it('hold keys', () => {
    expect(digitsParameters('12', '#')).toEqual({ Digits: '12', FinishedOnKey: '#' });
  });
});

describe('the parameters of a Dial', () => {
  it('have a duration only where somebody answered', () => {
    expect(dialParameters('CA2', { status: 'completed', durationInSeconds: 37 })).toEqual({
      DialCallSid: 'CA2',
      DialCallStatus: 'completed',
      DialBridged: 'true',
      DialCallDuration: '37',
    });
    expect(dialParameters('CA2', { status: 'busy' })).toEqual({
      DialCallSid: 'CA2',
      DialCallStatus: 'busy',
      DialBridged: 'false',
    });
  });
});

describe('the parameters of a message', () => {
  const sms = { ...leg, messageSid: 'SM1', body: 'Hi' };

  it('repeat its id under its old names', () => {
    expect(incomingSmsParameters(sms)).toMatchObject({
      MessageSid: 'SM1',
      SmsSid: 'SM1',
      SmsMessageSid: 'SM1',
      Body: 'Hi',
      NumMedia: '0',
      NumSegments: '1',
      SmsStatus: 'received',
    });
  });

  it('say when the carrier reported it, where the carrier did', () => {
    expect(smsStatusParameters(sms, 'delivered', AT)).toMatchObject({
      MessageStatus: 'delivered',
      RawDlrDoneDate: '2611201200',
    });
    expect(smsStatusParameters(sms, 'sent', AT)).not.toHaveProperty('RawDlrDoneDate');
  });
});

it('makes ids and times in the form of Twilio', () => {
  expect(newSid('CA')).toMatch(/^CA[0-9a-f]{32}$/);
  expect(rfc2822(AT)).toBe('Fri, 20 Nov 2026 12:00:00 +0000');
});
