import type { CallState } from './call-state.ts';
import type { DeliveryPlan } from './chaos.ts';
import type { TelephoneEvent } from './events.ts';
import { fault } from './faults.ts';
import type { ProgressEvent } from './outgoing-order.ts';
import { progressParameters } from './parameters.ts';
import type { HttpMethod } from './signed-request.ts';
import type { Delivery } from './webhook-delivery.ts';

export interface StatusCallbacksOptions {
  /** Empty for none. */
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly ProgressEvent[];
  readonly state: CallState;
  readonly delivery: Delivery;
  readonly plan: (() => DeliveryPlan) | undefined;
  readonly emit: (event: TelephoneEvent) => void;
}

/**
 * Tells the status callback how a call gets on. As at Twilio each event is a request of its own that
 * waits for no other: they may arrive in any order, and their SequenceNumber tells which it was.
 */
export function createStatusCallbacks(options: StatusCallbacksOptions) {
  const { url, method, events, state, delivery, plan, emit } = options;
  let sent = 0;

  return { report };

  /** Resolves when it is answered, or there is nothing to tell. */
  async function report(event: ProgressEvent): Promise<void> {
    if (url === '' || !events.includes(event)) return;
    const { status, durationInSeconds, endedAt, answeredBy } = state.record;
    emit({ type: 'status-callback', status: event === 'initiated' ? event : status });
    const over = event === 'completed';
    const parameters = {
      ...progressParameters(state.leg, {
        sequenceNumber: sent,
        at: (over ? endedAt : null) ?? new Date(),
        ...(event === 'initiated' && { status: event }),
        ...(over && { durationInSeconds: durationInSeconds ?? 0 }),
      }),
      ...(over && answeredBy !== null && { AnsweredBy: answeredBy }),
    };
    sent += 1;
    const webhook = { purpose: 'status-callback', url, method, parameters } as const;
    const answer = await delivery.deliver(webhook, plan?.());
    if (answer.fault === undefined) return;
    const refused = fault('status-callback-refused', answer.fault.message, url);
    emit({ type: 'fault', fault: refused });
  }
}
