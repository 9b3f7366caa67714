import type { Call, CallEvent, Message } from '../calls/model.ts';
import type { TwilioCallState } from '../twilio/calls.ts';
import type { Link } from '../webhooks/link.ts';

/** What a conference needs of the other rooms. */

/** Who has the call: the lease, and where the caller's line goes. */
export interface Holding {
  /** The leg takes the call for its supervisor. @throws AuroraError 409 `taken`: somebody else has it */
  legJoined(callId: string, adminId: string, legSid: string): Promise<unknown>;
  /**
   * The leg holds the call no more: Aurora has it, and the caller is sent on. False where the leg did
   * not hold it.
   */
  legLeft(callId: string, legSid: string, reason: string): Promise<boolean>;
  /** Sends the caller's line to wherever the owner says. Never rejects. */
  sendOn(callId: string): Promise<unknown>;
}

/** The one door through which anybody is rung. */
export interface Outbound {
  call(call: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'join';
    url: string;
    statusCallback: string;
    timeout?: number;
    detectMachine?: boolean;
  }): Promise<{ sid: string } | { refused: string; reason?: string }>;
}

/** Twilio's Calls resource, as far as it is needed. */
export interface Line {
  /** False where the call is not in progress. */
  redirect(callSid: string, twiml: string): Promise<boolean>;
  hangUp(callSid: string): Promise<void>;
  /** Undefined where Twilio knows no such call. */
  state(callSid: string): Promise<TwilioCallState | undefined>;
}

export interface Calls {
  /** The live call; undefined where it is not live. */
  live(callId: string): Promise<Call | undefined>;
  /** Brings events to the call, wherever it is. */
  apply(events: readonly CallEvent[]): Promise<void>;
  /** Supervisors' messages that the caller has not heard, in order. */
  waiting(callId: string): Promise<Message[]>;
  /** The turn that comes next on the caller's line. */
  linkOf(callId: string, call: Call): Promise<Link>;
}
