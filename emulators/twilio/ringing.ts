/** What the person, or the machine, at a number does when a call comes for it. */
import type { Caller } from './caller.ts';
import { silentCaller } from './caller.ts';
import type { OutgoingOrder } from './outgoing-order.ts';
import type { AnsweredBy, FinalCallStatus } from './parameters.ts';

/** A call that rings. */
export interface Ring {
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
}

export type RingAction =
  /** Somebody lifts the receiver. */
  | { readonly answer: Caller; readonly answeredBy?: AnsweredBy }
  /** A machine answers, hears what is said and presses nothing. */
  | 'voicemail'
  | 'busy'
  /** Declined by a key: `busy` at Twilio. */
  | 'reject'
  /** Rings until the caller gives up. */
  | 'no-answer';

/** The signal is aborted when nobody rings any more. */
export type OnRing = (ring: Ring, signal: AbortSignal) => RingAction | Promise<RingAction>;

export type RingOutcome =
  | { readonly caller: Caller; readonly answeredBy?: AnsweredBy }
  | { readonly status: Extract<FinalCallStatus, 'busy' | 'no-answer'> };

/** A machine records that many silences, then it ends the call. */
const LONGEST_RECORDING_IN_SILENCES = 3;

export interface RingOptions {
  readonly order: OutgoingOrder;
  readonly onRing: OnRing;
  readonly signal: AbortSignal;
  /** 0: only the person decides how long it rings. */
  readonly timeScale: number;
  wait(seconds: number): Promise<void>;
}

/** @throws what `onRing` throws */
export async function ring(options: RingOptions): Promise<RingOutcome> {
  const { order, onRing, timeScale, wait } = options;
  const gaveUp = new AbortController();
  const signal = AbortSignal.any([options.signal, gaveUp.signal]);
  const { callSid, from, to, timeoutInSeconds } = order;
  const timeout = wait(timeoutInSeconds).then(() => 'no-answer' as const);
  const ended = new Promise<'no-answer'>((resolve) => {
    signal.addEventListener('abort', () => resolve('no-answer'), { once: true });
  });
  const deciding = Promise.resolve(onRing({ callSid, from, to }, signal));
  const action = await Promise.race([deciding, ended, ...(timeScale > 0 ? [timeout] : [])]);
  if (action === 'no-answer') await timeout;
  gaveUp.abort();
  if (action === 'no-answer') return { status: 'no-answer' };
  if (action === 'busy' || action === 'reject') return { status: 'busy' };
  if (action === 'voicemail') {
    const answeredBy = order.machineDetection === 'Enable' ? 'machine_start' : 'machine_end_beep';
    return { caller: silentCaller(LONGEST_RECORDING_IN_SILENCES), ...detected(answeredBy) };
  }
  return { caller: action.answer, ...detected(action.answeredBy ?? 'human') };

  function detected(answeredBy: AnsweredBy): { answeredBy?: AnsweredBy } {
    return order.machineDetection === null ? {} : { answeredBy };
  }
}
