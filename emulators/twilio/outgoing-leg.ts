import { setTimeout as sleep } from 'node:timers/promises';
import type { CallState } from './call-state.ts';
import type { Caller } from './caller.ts';
import type { TelephoneEvent } from './events.ts';
import type { OutgoingOrder, ProgressEvent } from './outgoing-order.ts';
import type { AnsweredBy } from './parameters.ts';
import { type OnRing, ring } from './ringing.ts';
import type { Parameters } from './signed-request.ts';
import type { Step } from './verbs.ts';

export interface OutgoingLegOptions {
  readonly outgoing: { readonly order: OutgoingOrder; readonly onRing: OnRing };
  readonly state: CallState;
  readonly timeScale: number;
  /** Aborted when the call is over. */
  readonly over: AbortSignal;
  /** Tells the status callback; nothing waits for it. */
  readonly report: (event: ProgressEvent) => void;
  readonly emit: (event: TelephoneEvent) => void;
  /** Lets call time pass. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Ends the call, because its time is over. */
  readonly end: () => void;
}

export interface RungUp {
  readonly step: Step;
  /** Whoever has answered. */
  readonly caller?: Caller;
  /** What comes when the document that `step` leads to is at its end. */
  readonly afterwards?: Step;
}

/** From the queue to an answer, or none. */
export async function ringUp(options: OutgoingLegOptions, signal: AbortSignal): Promise<RungUp> {
  const { state, report, emit, timeScale, over, end } = options;
  const { order } = options.outgoing;
  report('initiated');
  state.ring();
  report('ringing');
  const wait = (seconds: number) => options.wait(seconds, signal);
  const outcome = await ring({ ...options.outgoing, signal, timeScale, wait });
  if (signal.aborted) return { step: { kind: 'end', by: 'caller' } };
  if ('status' in outcome) return { step: { kind: 'end', by: 'caller', status: outcome.status } };
  const { answeredBy, caller } = outcome;
  state.answer(answeredBy);
  emit({ type: 'answered', answeredBy: answeredBy ?? null });
  report('answered');
  const { timeLimitInSeconds } = order;
  if (timeLimitInSeconds !== null && timeScale > 0) {
    const limit = timeLimitInSeconds * 1000 * timeScale;
    sleep(limit, undefined, { signal: over }).then(end, () => {});
  }
  return { caller, ...firstStep(order, answeredBy) };
}

function firstStep(
  { instructions }: OutgoingOrder,
  answeredBy: AnsweredBy | undefined,
): Omit<RungUp, 'caller'> {
  if (instructions.kind === 'twiml') {
    return { step: { kind: 'document', text: instructions.twiml } };
  }
  const { url, method } = instructions;
  const parameters: Parameters = answeredBy === undefined ? {} : { AnsweredBy: answeredBy };
  const step: Step = { kind: 'fetch', purpose: 'outgoing-call', url, method, parameters };
  if (instructions.kind === 'url') return { step };
  const bridge: Step = { kind: 'bridge', room: instructions.room };
  return url === '' ? { step: bridge } : { step, afterwards: bridge };
}
