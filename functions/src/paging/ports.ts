import type { Call, CallEvent } from '../calls/model.ts';
import type { Link } from '../webhooks/link.ts';

/** What fetching people needs of the other rooms. */

/** The one door through which anybody is rung or texted. */
export interface Outbound {
  call(call: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'page';
    url: string;
    statusCallback: string;
    timeout?: number;
    detectMachine?: boolean;
  }): Promise<Sent>;
  text(text: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'page' | 'caller';
    body: string;
    statusCallback?: string;
  }): Promise<Sent>;
}

export type Sent = { sid: string } | { refused: string; reason?: string };

export interface Calls {
  /** The live call; undefined where it is not live. */
  live(callId: string): Promise<Call | undefined>;
  isArchived(callId: string): Promise<boolean>;
  /** Brings events to the call, wherever it is; durable when it resolves. */
  record(events: readonly CallEvent[]): Promise<void>;
  /** Undefined where the call is of none, as far as is known by now. */
  incidentOf(callId: string): Promise<string | undefined>;
  /** The turn that comes next on the caller's line; undefined where nobody has noted it. */
  linkOf(call: Call): Link | undefined;
}

/** The caller's own leg, and those of people who were rung. */
export interface Lines {
  /** False where the call is not in progress. */
  redirect(callSid: string, twiml: string): Promise<boolean>;
  hangUp(callSid: string): Promise<void>;
}

export interface Numbers {
  /** A number of the company that people are rung and texted from; undefined where it has none. */
  ofCompany(companyId: string): Promise<string | undefined>;
  /** The company that a number belongs to. */
  companyOf(number: string): Promise<string | undefined>;
}

/** A task that runs what is due of one call's chain. */
export interface Queue {
  /** Rejects when the queue did not confirm it. Without `at` (epoch milliseconds) at once. */
  enqueue(task: unknown, at?: number): Promise<void>;
}
