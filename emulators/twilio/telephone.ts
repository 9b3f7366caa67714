/**
 * The telephone: places a call to Aurora, or answers one (phone.ts), and drives it as Twilio would,
 * webhook by webhook.
 *
 * Differs from Twilio: speech is text and takes no time, so
 * durations are those of waiting; which document wins when a REST update meets a webhook that is
 * under way is undocumented, here the update does; a call rings on through a Redirect, until a verb
 * needs the line; a call that ends in an application error is `completed`, because it was answered
 * for the message; more than 25 documents without a Gather or a Pause end the call.
 */
import { runCall } from './call-session.ts';
import type { Caller } from './caller.ts';
import type { ChaosOptions } from './chaos.ts';
import type { EndedBy, Exchange, TelephoneEvent } from './events.ts';
import type { Fault } from './faults.ts';
import type { DialOutcome, FinalCallStatus } from './parameters.ts';
import type { HttpMethod } from './signed-request.ts';
import type { Switchboard } from './switchboard.ts';
import type { TranscriptionMode } from './transcription.ts';
import type { Dialled } from './verbs.ts';

export interface CallOptions {
  /** Public base URL, e.g. http://127.0.0.1:5000; the three URLs below are made from it. */
  readonly baseUrl: string;
  readonly accountSid?: string;
  readonly authToken?: string;
  /** Random unless told. */
  readonly callSid?: string;
  /** E.164, `anonymous`, `client:x` or empty. */
  readonly from?: string;
  readonly to?: string;
  /**
   * Default: where the number leads at Twilio (rest-numbers.ts), else `{baseUrl}/incoming-call`; the
   * other URLs likewise. Each may carry connection overrides (`#rc=2&rp=5xx`).
   */
  readonly voiceUrl?: string;
  /** Default `{baseUrl}/call-status`; empty for none. */
  readonly statusCallbackUrl?: string;
  /** Default `{baseUrl}/twilio-fallback.xml`; empty for none. */
  readonly fallbackUrl?: string;
  /** Default GET: the fallback is a static document. */
  readonly fallbackMethod?: HttpMethod;
  readonly caller: Caller;
  /**
   * The language that the caller speaks, BCP 47: a Gather that listens for another one mishears it.
   * Where it is not told, only words in a script of their own (Devanagari) are misheard elsewhere.
   */
  readonly sttLanguage?: string;
  readonly chaos?: ChaosOptions;
  /** Whether `<Start><Transcription>` works; it does unless told. */
  readonly transcription?: TranscriptionMode;
  /** Real seconds per second of Gather, Pause and Dial timeouts: 1 unless told, 0 in tests. */
  readonly timeScale?: number;
  /**
   * How many times as long as Twilio the telephone waits for an answer: 1 unless told. More where every
   * request starts a process of its own, on a machine that has others to do.
   */
  readonly patience?: number;
  /** Silence with actionOnEmptyResult comes without SpeechResult, or with an empty one. */
  readonly emptyResult?: 'absent' | 'empty';
  /** Nobody answers unless told. */
  readonly dialOutcome?: (dialled: Dialled) => DialOutcome | Promise<DialOutcome>;
  /** The caller hangs up when it is aborted, whatever is going on. */
  readonly signal?: AbortSignal;
  /** Where REST requests find this call. */
  readonly switchboard?: Switchboard;
  readonly onEvent?: (event: TelephoneEvent) => void;
}

export interface CallResult {
  readonly callSid: string;
  /** Everything that the caller heard, in order. */
  readonly said: readonly string[];
  /** Every request, in the order in which their answers came. */
  readonly exchanges: readonly Exchange[];
  readonly faults: readonly Fault[];
  readonly endedBy: EndedBy;
  readonly status: FinalCallStatus;
  /** Whole seconds since the call was answered, rounded up; 0 if it never was. */
  readonly durationSeconds: number;
}

/**
 * Resolves when the call is over, its status callback is sent and no request is under way.
 * @throws what the caller throws
 */
export function placeCall(options: CallOptions): Promise<CallResult> {
  return runCall(options);
}

export type { CallWatch } from './call-watch.ts';
export {
  type Caller,
  type CallerAction,
  type Gather,
  type ScriptLine,
  scriptedCaller,
  silentCaller,
} from './caller.ts';
export type { ChaosOptions } from './chaos.ts';
export { type ControlClient, connectToRestServer } from './control-client.ts';
export type { EndedBy, Exchange, Purpose, TelephoneEvent } from './events.ts';
export type { Fault, FaultKind } from './faults.ts';
export { createHandset, type Handset } from './handset.ts';
export type { CallStatus, DialOutcome, FinalCallStatus } from './parameters.ts';
export { createPhone, type Phone, type PhoneCall, type PhoneOptions } from './phone.ts';
export type { OnRing, Ring, RingAction } from './ringing.ts';
export { type SignedRequest, type SignedRequestOptions, signedRequest } from './signed-request.ts';
export { type SmsOptions, type SmsResult, sendSms } from './sms.ts';
export { type StartCallOptions, type StartedCall, startCall } from './started-call.ts';
export { createSwitchboard } from './switchboard.ts';
export { resend, sendWebhook, type WebhookAnswer } from './webhook.ts';
