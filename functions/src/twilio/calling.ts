/** What Aurora asks of Twilio besides the calls that are under way; each port has one adapter here. */

export interface OutgoingCall {
  /** E.164. */
  to: string;
  from: string;
  /** Absolute; asked for TwiML when the call is answered. */
  url: string;
  /** Absolute; told of `initiated`, `ringing`, `answered` and `completed`. */
  statusCallback: string;
  /** Seconds of ringing; Twilio's default is 60, and voicemail often answers after 25. */
  timeout?: number;
  /** Has Twilio tell on the answer whether a person or a machine has answered (`AnsweredBy`). */
  detectMachine?: boolean;
}

export interface OutgoingCalls {
  /**
   * Rings a number; resolves to the CallSid.
   * @throws AuroraError: `twilio_refused` (not placed, `status` is Twilio's) or `twilio_away` (it may
   * have been placed)
   */
  create(call: OutgoingCall): Promise<string>;
  /** Ends a call that is queued, ringing or in progress; one that is over already is fine. */
  hangUp(callSid: string): Promise<void>;
}

export interface OutgoingMessage {
  /** E.164, with `whatsapp:` before it on that channel; `from` likewise. */
  to: string;
  from: string;
  /** 1,600 characters at most. */
  body: string;
  /** Absolute; told of each MessageStatus. */
  statusCallback?: string;
}

export interface OutgoingMessages {
  /** Resolves to the MessageSid. @throws AuroraError as OutgoingCalls */
  send(message: OutgoingMessage): Promise<string>;
}

export interface Participant {
  callSid: string;
  muted: boolean;
  /** The CallSid of the only one who hears this participant. */
  coaches?: string;
}

export interface Conferences {
  /** The Sid of the conference of this name that is in progress; undefined where there is none. */
  find(name: string): Promise<string | undefined>;
  participants(conferenceSid: string): Promise<Participant[]>;
  /** False where the participant has left. @throws AuroraError as OutgoingCalls */
  change(
    conferenceSid: string,
    callSid: string,
    to: { muted?: boolean; coaches?: string | null },
  ): Promise<boolean>;
  /** Has everybody in the conference hear what the URL answers (Say, Play, Pause). */
  announce(conferenceSid: string, url: string): Promise<boolean>;
  remove(conferenceSid: string, callSid: string): Promise<void>;
}
