/** What a call is made with: an incoming one by its telephone, an outgoing one by an order. */
import type { CallIdentity } from './call-state.ts';
import type { Caller } from './caller.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from './local-account.ts';
import { NOTHING_SET, type NumberSettings } from './number-settings.ts';
import { type OutgoingOrder, PROGRESS_EVENTS, type ProgressEvent } from './outgoing-order.ts';
import { type DialOutcome, newSid } from './parameters.ts';
import type { OnRing } from './ringing.ts';
import type { HttpMethod } from './signed-request.ts';
import type { Switchboard } from './switchboard.ts';
import type { CallOptions } from './telephone.ts';
import type { Dialled, Step } from './verbs.ts';

/** An order, and the telephone that it was given to. */
export interface OutgoingOptions extends Omit<CallOptions, 'baseUrl' | 'caller'> {
  readonly order: OutgoingOrder;
  readonly onRing: OnRing;
}

export interface SessionSettings {
  readonly identity: CallIdentity;
  readonly authToken: string;
  readonly first: Step;
  /** Of an outgoing call they are decided when it rings. */
  readonly caller: Caller | undefined;
  readonly outgoing: { readonly order: OutgoingOrder; readonly onRing: OnRing } | undefined;
  /** Empty for none; so is the status callback. */
  readonly fallback: { readonly url: string; readonly method: HttpMethod };
  readonly statusCallback: {
    readonly url: string;
    readonly method: HttpMethod;
    readonly events: readonly ProgressEvent[];
  };
  readonly timeScale: number;
  readonly patience: number;
  readonly dialOutcome: (dialled: Dialled) => DialOutcome | Promise<DialOutcome>;
  /** None where it is told beforehand what comes of dialling. */
  readonly dial: Switchboard['dial'];
}

/** @param number the settings of the number that is called, where its account has any */
export function readSettings(
  options: CallOptions | OutgoingOptions,
  number?: NumberSettings,
): SessionSettings {
  const {
    authToken = LOCAL_AUTH_TOKEN,
    timeScale = 1,
    patience = 1,
    dialOutcome = () => ({ status: 'no-answer' }) as const,
  } = options;
  const dial = options.dialOutcome === undefined ? options.switchboard?.dial : undefined;
  const common = { authToken, timeScale, patience, dialOutcome, dial };
  return { ...common, ...('order' in options ? outgoing(options) : incoming(options, number)) };
}

type Particular = Omit<
  SessionSettings,
  'authToken' | 'timeScale' | 'patience' | 'dialOutcome' | 'dial'
>;

function incoming(options: CallOptions, number = NOTHING_SET): Particular {
  const base = options.baseUrl.replace(/\/+$/, '');
  const {
    callSid = newSid('CA'),
    accountSid = LOCAL_ACCOUNT_SID,
    from = LOCAL_CALLER_NUMBER,
    to = LOCAL_DEMO_NUMBER,
    voiceUrl,
    statusCallbackUrl,
    fallbackUrl,
    fallbackMethod,
  } = options;
  // A number that leads somewhere has all of its settings there.
  const stored: NumberSettings =
    number.voiceUrl === ''
      ? {
          ...NOTHING_SET,
          voiceUrl: `${base}/incoming-call`,
          voiceFallbackUrl: `${base}/twilio-fallback.xml`,
          voiceFallbackMethod: 'GET',
          statusCallback: `${base}/call-status`,
        }
      : number;
  return {
    identity: { accountSid, callSid, from, to, direction: 'inbound' },
    first: {
      kind: 'fetch',
      purpose: 'incoming-call',
      url: voiceUrl ?? stored.voiceUrl,
      method: voiceUrl === undefined ? stored.voiceMethod : 'POST',
      parameters: {},
    },
    caller: options.caller,
    outgoing: undefined,
    fallback: {
      url: fallbackUrl ?? stored.voiceFallbackUrl,
      method: fallbackMethod ?? (fallbackUrl === undefined ? stored.voiceFallbackMethod : 'GET'),
    },
    statusCallback: {
      url: statusCallbackUrl ?? stored.statusCallback,
      method: statusCallbackUrl === undefined ? stored.statusCallbackMethod : 'POST',
      events: ['completed'],
    },
  };
}

function outgoing({ order, onRing }: OutgoingOptions): Particular {
  return {
    identity: identityOf(order),
    first: { kind: 'ring' },
    caller: undefined,
    outgoing: { order, onRing },
    fallback: { url: order.fallbackUrl, method: order.fallbackMethod },
    statusCallback: {
      url: order.statusCallback,
      method: order.statusCallbackMethod,
      events: PROGRESS_EVENTS.filter((event) => order.statusCallbackEvents.includes(event)),
    },
  };
}

export function identityOf(order: OutgoingOrder): CallIdentity {
  const { accountSid, callSid, from, to, direction, parentCallSid } = order;
  const parent = parentCallSid === null ? {} : { parentCallSid };
  return { accountSid, callSid, from, to, direction, ...parent };
}
