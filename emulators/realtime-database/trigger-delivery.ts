import { request } from 'node:http';
import type { Log } from './log.ts';

/** Waits between the tries of one delivery, in milliseconds: six tries in about eight seconds. */
export const RETRY_DELAYS: readonly number[] = [250, 500, 1000, 2000, 4000];

/** As many at once as the functions emulator works on by default (its FUNCTIONS work queue). */
const MAX_CONCURRENT = 50;

/** The longest that an event-driven function may run in production, in milliseconds. */
const RESPONSE_TIMEOUT = 540_000;

export interface Delivery {
  /** Asked before each try; undefined counts as a failure. */
  url: () => string | undefined;
  body: string;
  /** What the log says of it; no content. */
  fields: Record<string, unknown>;
}

/**
 * Delivers events to the functions emulator, at least once and in no promised order, like
 * production. A delivery is queued, then under way, then done; or, when the answer is not 2xx or
 * there is none, it waits and is queued again until its tries are used up and it is given up with
 * an error in the log.
 */
export interface TriggerDelivery {
  deliver(delivery: Delivery): void;
  /** Resolves when nothing is queued, under way or waiting for another try. */
  idle(): Promise<void>;
  /** Drops what is pending; closes every socket and timer. */
  stop(): void;
}

export interface TriggerDeliveryOptions {
  log: Log;
  retryDelays?: readonly number[];
}

interface Pending extends Delivery {
  attempt: number;
}

export function createTriggerDelivery({
  log,
  retryDelays = RETRY_DELAYS,
}: TriggerDeliveryOptions): TriggerDelivery {
  const queue: Pending[] = [];
  const underWay = new Map<Pending, AbortController>();
  const waiting = new Map<Pending, NodeJS.Timeout>();
  let idleWaiters: (() => void)[] = [];

  return {
    deliver(delivery) {
      queue.push({ ...delivery, attempt: 1 });
      startNext();
    },
    idle: () =>
      isIdle() ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    stop() {
      const dropped = queue.length + underWay.size + waiting.size;
      if (dropped > 0) log('warn', 'trigger deliveries dropped by the stop', { dropped });
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const controller of underWay.values()) controller.abort();
      queue.length = 0;
      waiting.clear();
      underWay.clear();
      settleIdle();
    },
  };

  function startNext(): void {
    while (underWay.size < MAX_CONCURRENT) {
      const pending = queue.shift();
      if (!pending) break;
      const controller = new AbortController();
      underWay.set(pending, controller);
      void attempt(pending, controller.signal);
    }
  }

  async function attempt(pending: Pending, signal: AbortSignal): Promise<void> {
    const failure = await failureOf(pending, signal);
    // After a stop nothing is under way any more, and nothing may begin again.
    if (!underWay.delete(pending)) return;
    if (failure !== undefined) retryOrGiveUp(pending, failure);
    startNext();
    settleIdle();
  }

  function retryOrGiveUp(pending: Pending, failure: string): void {
    const { attempt, fields } = pending;
    const delay = retryDelays[attempt - 1];
    if (delay === undefined) {
      const details = { ...fields, failure, attempts: attempt };
      log('error', 'trigger delivery given up: the event is lost', details);
      return;
    }
    log('warn', 'trigger delivery failed, trying again', { ...fields, failure, attempt, delay });
    const timer = setTimeout(() => {
      waiting.delete(pending);
      queue.push({ ...pending, attempt: attempt + 1 });
      startNext();
    }, delay);
    waiting.set(pending, timer);
  }

  function isIdle(): boolean {
    return queue.length === 0 && underWay.size === 0 && waiting.size === 0;
  }

  function settleIdle(): void {
    if (!isIdle()) return;
    const waiters = idleWaiters;
    idleWaiters = [];
    for (const resolve of waiters) resolve();
  }
}

/** Why a try failed, or undefined when the functions emulator accepted the event. */
async function failureOf(delivery: Delivery, signal: AbortSignal): Promise<string | undefined> {
  const url = delivery.url();
  if (url === undefined) return 'the address of the functions emulator is not known';
  try {
    const status = await post(url, delivery.body, signal);
    return status >= 200 && status < 300 ? undefined : `status ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Each post has a connection of its own, so that none is left open and none is found closed. */
function post(url: string, body: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        timeout: RESPONSE_TIMEOUT,
        headers: {
          'content-type': 'application/cloudevents+json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
