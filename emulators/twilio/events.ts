import type { CallerAction, Gather } from './caller.ts';
import type { ConferenceExit } from './conference-verb.ts';
import type { Fault } from './faults.ts';
import type { HttpOutcome } from './http-exchange.ts';
import type { AnsweredBy, CallStatus, FinalCallStatus } from './parameters.ts';
import type { HttpMethod, Parameters, SignedRequest } from './signed-request.ts';

/** Why Twilio makes a request. */
export type Purpose =
  | 'incoming-call'
  | 'outgoing-call'
  | 'gather'
  | 'redirect'
  | 'dial'
  | 'conference-wait'
  | 'conference-status'
  | 'announcement'
  | 'transcription'
  | 'rest-update'
  | 'fallback'
  | 'status-callback'
  | 'incoming-message'
  | 'message-status';

/** `caller` is whoever is at the telephone, also where Aurora has called them. */
export type EndedBy = 'caller' | 'aurora' | 'fault';

/** A request that left the telephone, and what came back. */
export interface Exchange {
  readonly purpose: Purpose;
  /** The first try is 1; retries and copies count on. */
  readonly attempt: number;
  /** Set on what only a bad network sends: a copy, or an earlier webhook once more. */
  readonly chaos?: 'copy' | 'earlier-webhook';
  readonly parameters: Parameters;
  readonly request: SignedRequest;
  readonly outcome: HttpOutcome;
}

/** Everything that can be seen of a call, in the order in which it happens. */
export type TelephoneEvent =
  | { readonly type: 'call-started'; readonly callSid: string; from: string; to: string }
  /** An outgoing call was answered, by somebody or by a machine. */
  | { readonly type: 'answered'; readonly answeredBy: AnsweredBy | null }
  | {
      readonly type: 'request-sent';
      readonly purpose: Purpose;
      readonly method: HttpMethod;
      readonly url: string;
      readonly attempt: number;
      readonly chaos?: 'copy' | 'earlier-webhook';
    }
  | { readonly type: 'request-answered'; readonly exchange: Exchange }
  | {
      readonly type: 'said';
      readonly text: string;
      readonly speaker: 'aurora' | 'twilio';
      /** BCP 47, where the document names one. */
      readonly language?: string;
    }
  | { readonly type: 'played'; readonly url: string }
  | { readonly type: 'paused'; readonly seconds: number }
  | { readonly type: 'gather-opened'; readonly gather: Gather }
  /** What Twilio heard; `spoken` is what was said, where the Gather listens for another language. */
  | {
      readonly type: 'speech';
      readonly text: string;
      readonly confidence: number | null;
      readonly spoken?: string;
      /** What the Gather listens for, BCP 47. */
      readonly language: string;
    }
  | { readonly type: 'keys'; readonly keys: string }
  | { readonly type: 'silence'; readonly seconds: number }
  /** The caller spoke or pressed, and Twilio did not listen for that. */
  | { readonly type: 'unheard'; readonly action: CallerAction; readonly reason: string }
  | { readonly type: 'dialled'; readonly numbers: readonly string[]; readonly status: string }
  | { readonly type: 'conference-joined'; readonly sid: string; readonly name: string }
  | { readonly type: 'conference-started' }
  /** What another participant said, by CallSid and label. */
  | {
      readonly type: 'heard';
      readonly text: string;
      readonly from: string;
      readonly label: string | null;
    }
  /** What is said here in a conference; who hears it is another matter. */
  | { readonly type: 'spoke'; readonly text: string; readonly language?: string }
  | {
      readonly type: 'conference-changed';
      readonly muted: boolean;
      readonly hold: boolean;
      readonly coaches: string | null;
    }
  | { readonly type: 'conference-left'; readonly reason: ConferenceExit }
  | { readonly type: 'updated-by-rest'; readonly change: 'twiml' | 'url' | 'status' }
  | { readonly type: 'fault'; readonly fault: Fault }
  | { readonly type: 'hung-up'; readonly by: EndedBy; readonly status: FinalCallStatus }
  | { readonly type: 'status-callback'; readonly status: CallStatus | 'initiated' };
