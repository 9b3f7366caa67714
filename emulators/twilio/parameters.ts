/**
 * The parameters that Twilio sends, as seen on the wire: the documented ones, the legacy duplicates
 * (`Caller`, `Called`, `Duration`, `SmsSid`, …) and geography that is present but empty.
 *
 * Differs from Twilio: geography is known for a few calling codes only, and by country except for
 * numbers of the +1 555 range, which lie in Springfield.
 */
import { randomBytes } from 'node:crypto';
import type { Parameters } from './signed-request.ts';
import { countSegments } from './sms-segments.ts';

export const CALL_STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];
export type FinalCallStatus = Exclude<CallStatus, 'queued' | 'ringing' | 'in-progress'>;

export interface CallLeg {
  readonly accountSid: string;
  readonly callSid: string;
  /** E.164, or `anonymous`, `client:x`, empty: callers withhold and spoof their number. */
  readonly from: string;
  readonly to: string;
  readonly callStatus: CallStatus;
  /** `inbound` unless told, with a parent `outbound-dial`. */
  readonly direction?: Direction;
  /** Twilio's id of the first leg, on a leg that was dialled from it. */
  readonly parentCallSid?: string;
}

export const DIRECTIONS = ['inbound', 'outbound-api', 'outbound-dial'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const ANSWERED_BY = [
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
] as const;
/** What has answered an outgoing call, where Twilio was asked to find out. */
export type AnsweredBy = (typeof ANSWERED_BY)[number];

export interface DialOutcome {
  readonly status: 'completed' | 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  readonly durationInSeconds?: number;
}

export interface Sms {
  readonly accountSid: string;
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The types of what comes with the words. */
  readonly media?: readonly string[];
}

/** A new id in Twilio's form: two letters and 32 hex digits. */
export function newSid(prefix: 'CA' | 'SM' | 'MM' | 'CF' | 'GT' | 'PN'): string {
  return prefix + randomBytes(16).toString('hex');
}

/** What every request for instructions carries. */
export function voiceParameters(leg: CallLeg): Parameters {
  const { direction = leg.parentCallSid === undefined ? 'inbound' : 'outbound-dial' } = leg;
  const comesIn = leg.callStatus === 'ringing' && direction !== 'outbound-api';
  return {
    AccountSid: leg.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: leg.callSid,
    CallStatus: leg.callStatus,
    Direction: direction,
    From: leg.from,
    To: leg.to,
    Caller: leg.from,
    Called: leg.to,
    ...geography('From', leg.from),
    ...geography('Caller', leg.from),
    ...geography('To', leg.to),
    ...geography('Called', leg.to),
    ...(leg.parentCallSid !== undefined && { ParentCallSid: leg.parentCallSid }),
    ...(comesIn && {
      CallToken: encodeURIComponent(JSON.stringify({ parentCallInfoToken: leg.callSid })),
      StirVerstat: leg.from.startsWith('+') ? 'TN-Validation-Passed-A' : 'No-TN-Validation',
    }),
  };
}

/** @param confidence 0 to 1, or null: Twilio does not always send one. */
export function speechParameters(
  speech: string,
  confidence: number | null,
  language: string,
): Parameters {
  return {
    SpeechResult: speech,
    Language: language,
    ...(confidence !== null && { Confidence: String(confidence) }),
  };
}

/** @param finishedOnKey the key that ended the input, empty if it was its length or time. */
export function digitsParameters(digits: string, finishedOnKey: string): Parameters {
  return { Digits: digits, FinishedOnKey: finishedOnKey };
}

/**
 * The status callback of a number: once, when the call is over.
 * @param at when the call ended
 */
export function statusCallbackParameters(
  leg: CallLeg,
  durationInSeconds: number,
  at: Date,
): Parameters {
  return progressParameters(leg, { sequenceNumber: 0, at, durationInSeconds });
}

/**
 * A status callback of an outgoing call.
 * @param status in place of the leg's: a call is `initiated` in callbacks only
 * @param durationInSeconds of a call that is over
 */
export function progressParameters(
  leg: CallLeg,
  {
    sequenceNumber,
    at,
    status,
    durationInSeconds,
  }: { sequenceNumber: number; at: Date; status?: 'initiated'; durationInSeconds?: number },
): Parameters {
  return {
    ...voiceParameters(leg),
    ...(status !== undefined && { CallStatus: status }),
    ...(durationInSeconds !== undefined && {
      CallDuration: String(durationInSeconds),
      Duration: String(Math.ceil(durationInSeconds / 60)),
    }),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequenceNumber),
    Timestamp: rfc2822(at),
  };
}

export function dialParameters(dialCallSid: string, outcome: DialOutcome): Parameters {
  const bridged = outcome.status === 'completed' || outcome.status === 'answered';
  return {
    DialCallSid: dialCallSid,
    DialCallStatus: outcome.status,
    DialBridged: String(bridged),
    ...(bridged && { DialCallDuration: String(outcome.durationInSeconds ?? 1) }),
  };
}

/** Of a conference Twilio tells neither a CallSid nor a duration. */
export function conferenceDialParameters(status: 'answered' | 'failed'): Parameters {
  return { DialCallStatus: status, DialBridged: String(status === 'answered') };
}

export function incomingSmsParameters(sms: Sms): Parameters {
  return {
    AccountSid: sms.accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: sms.messageSid,
    SmsMessageSid: sms.messageSid,
    SmsSid: sms.messageSid,
    SmsStatus: 'received',
    From: sms.from,
    To: sms.to,
    Body: sms.body,
    NumMedia: String(sms.media?.length ?? 0),
    NumSegments: String(countSegments(sms.body)),
    ...mediaParameters(sms),
    ...(isWhatsApp(sms.from)
      ? { ProfileName: 'A worker', WaId: sms.from.replace(/\D/g, '') }
      : { ...geography('From', sms.from), ...geography('To', sms.to) }),
  };
}

function isWhatsApp(address: string): boolean {
  return address.startsWith('whatsapp:');
}

function mediaParameters({ accountSid, messageSid, media = [] }: Sms): Parameters {
  const path = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media`;
  return Object.fromEntries(
    media.flatMap((type, at) => [
      [`MediaContentType${at}`, type],
      [`MediaUrl${at}`, `${path}/ME${String(at).padStart(32, '0')}`],
    ]),
  );
}

/** @param at when the carrier reported the outcome, which only some statuses carry */
export function smsStatusParameters(
  sms: Omit<Sms, 'body'>,
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed',
  at: Date,
): Parameters {
  const reported = status === 'delivered' || status === 'undelivered';
  return {
    AccountSid: sms.accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: sms.messageSid,
    MessageStatus: status,
    SmsSid: sms.messageSid,
    SmsStatus: status,
    From: sms.from,
    To: sms.to,
    ...(reported && { RawDlrDoneDate: at.toISOString().replace(/\D/g, '').slice(2, 12) }),
  };
}

/** `Fri, 20 Nov 2026 12:00:00 +0000`, always UTC. */
export function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}

const COUNTRY_BY_CALLING_CODE: Readonly<Record<string, string>> = {
  '+1': 'US',
  '+33': 'FR',
  '+44': 'GB',
  '+49': 'DE',
  '+91': 'IN',
};

function geography(side: 'From' | 'To' | 'Caller' | 'Called', number: string): Parameters {
  if (number.startsWith('client:')) return {};
  const code = Object.keys(COUNTRY_BY_CALLING_CODE).find((prefix) => number.startsWith(prefix));
  const known = number.startsWith('+1555') && (side === 'From' || side === 'Caller');
  return {
    [`${side}City`]: known ? 'SPRINGFIELD' : '',
    [`${side}State`]: known ? 'IL' : '',
    [`${side}Zip`]: known ? '62701' : '',
    [`${side}Country`]: COUNTRY_BY_CALLING_CODE[code ?? ''] ?? '',
  };
}
