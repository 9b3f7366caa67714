/**
 * Brings a webhook to Aurora as Twilio does: connection overrides from the URL's fragment, retries,
 * HTTP redirects, and, on demand, what a bad network adds.
 *
 * Differs from Twilio: a retry leaves at once, without Twilio's back-off, and every edge location is
 * this machine.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeliveryPlan, PLAIN_DELIVERY } from './chaos.ts';
import { type ConnectionOverrides, readConnectionOverrides } from './connection-overrides.ts';
import type { Exchange, Purpose, TelephoneEvent } from './events.ts';
import { type Fault, fault } from './faults.ts';
import { type HttpOutcome, sendRequest } from './http-exchange.ts';
import {
  type HttpMethod,
  type Parameters,
  type Product,
  type SignedRequest,
  signedRequest,
} from './signed-request.ts';

export interface Webhook {
  readonly purpose: Purpose;
  /** May carry connection overrides in its fragment. */
  readonly url: string;
  readonly method: HttpMethod;
  readonly parameters: Parameters;
  /** What an HTTP redirect is followed with: Twilio does not send the caller's input again. */
  readonly parametersAfterRedirect?: Parameters;
}

export type Delivered =
  | {
      readonly fault?: undefined;
      /** Where the answer came from in the end: what it says is relative to this. */
      readonly url: string;
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly cut: boolean;
    }
  | { readonly fault: Fault };

export interface Delivery {
  /** Never rejects. A status that is not 2xx is a fault. */
  deliver(webhook: Webhook, plan?: DeliveryPlan): Promise<Delivered>;
}

export interface DeliveryOptions {
  readonly authToken: string;
  readonly product: Product;
  /** See CallOptions. */
  readonly patience?: number | undefined;
  readonly emit: (event: TelephoneEvent) => void;
}

const MOST_HTTP_REDIRECTS = 10;

export function createDelivery({ authToken, product, patience, emit }: DeliveryOptions): Delivery {
  /** What was sent before, for the network to bring once more. */
  const earlier: { webhook: Webhook; request: SignedRequest; overrides: ConnectionOverrides }[] =
    [];

  return { deliver };

  async function deliver(webhook: Webhook, plan = PLAIN_DELIVERY): Promise<Delivered> {
    const { overrides, faults } = readConnectionOverrides(webhook.url, patience);
    for (const found of faults) emit({ type: 'fault', fault: found });
    if (plan.delay > 0) await sleep(plan.delay);

    const request = sign(webhook.url, webhook.method, webhook.parameters);
    const first = tryWithRetries(webhook, request, overrides);
    let heard = first;
    if (plan.copies !== 'one') {
      if (plan.copies === 'again-after-the-answer') await first;
      const second = send(webhook, request, overrides, { attempt: 2, chaos: 'copy' });
      if (plan.heard === 'second') heard = second;
      await Promise.all([first, second]);
    }
    const answer = await follow(webhook, await heard, overrides);

    if (plan.repeatEarlier !== null && earlier.length > 0) {
      const old = earlier[Math.floor(plan.repeatEarlier * earlier.length)];
      if (old !== undefined) {
        const how = { attempt: 2, chaos: 'earlier-webhook' } as const;
        await send(old.webhook, old.request, old.overrides, how);
      }
    }
    earlier.push({ webhook, request, overrides });
    return answer;
  }

  async function tryWithRetries(
    webhook: Webhook,
    request: SignedRequest,
    overrides: ConnectionOverrides,
  ): Promise<HttpOutcome> {
    const deadline = performance.now() + overrides.totalTimeout;
    for (let attempt = 1; ; attempt += 1) {
      const totalTimeout = Math.max(1, deadline - performance.now());
      const outcome = await send(webhook, request, { ...overrides, totalTimeout }, { attempt });
      const again = attempt <= overrides.retryCount && isRetried(outcome, overrides);
      if (!again || performance.now() >= deadline) return outcome;
    }
  }

  async function send(
    webhook: Webhook,
    request: SignedRequest,
    overrides: ConnectionOverrides,
    how: { attempt: number; chaos?: Exchange['chaos'] },
  ): Promise<HttpOutcome> {
    const { purpose, parameters } = webhook;
    emit({ type: 'request-sent', purpose, method: request.method, url: request.url, ...how });
    const outcome = await sendRequest(request, overrides);
    emit({ type: 'request-answered', exchange: { purpose, parameters, request, outcome, ...how } });
    return outcome;
  }

  async function follow(
    webhook: Webhook,
    first: HttpOutcome,
    overrides: ConnectionOverrides,
  ): Promise<Delivered> {
    let url = webhook.url;
    let outcome = first;
    const parameters = webhook.parametersAfterRedirect ?? webhook.parameters;
    for (let redirects = 0; ; redirects += 1) {
      const location = redirectLocation(outcome, url);
      if (location === undefined) return judge(outcome, url);
      if (redirects === MOST_HTTP_REDIRECTS) {
        const message = `more than ${MOST_HTTP_REDIRECTS} HTTP redirects`;
        return { fault: fault('too-many-http-redirects', message, webhook.url) };
      }
      const keepsMethod = location.status === 307 || location.status === 308;
      url = location.url;
      const request = sign(url, keepsMethod ? webhook.method : 'GET', parameters);
      outcome = await send(webhook, request, overrides, { attempt: 1 });
    }
  }

  function sign(url: string, method: HttpMethod, parameters: Parameters): SignedRequest {
    return signedRequest({ url, method, parameters, authToken, product });
  }
}

function isRetried(outcome: HttpOutcome, { retryOn }: ConnectionOverrides): boolean {
  if (outcome.outcome === 'answered') {
    return (
      (outcome.status >= 500 && retryOn.has('5xx')) ||
      (outcome.status >= 400 && outcome.status < 500 && retryOn.has('4xx'))
    );
  }
  if (outcome.reason === 'connect') return retryOn.has('ct');
  return outcome.reason === 'timeout' && retryOn.has('rt');
}

function redirectLocation(
  outcome: HttpOutcome,
  url: string,
): { url: string; status: number } | undefined {
  if (outcome.outcome === 'failed' || ![301, 302, 303, 307, 308].includes(outcome.status)) {
    return undefined;
  }
  const { location } = outcome.headers;
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  return { url: new URL(location, url).href, status: outcome.status };
}

function judge(outcome: HttpOutcome, url: string): Delivered {
  if (outcome.outcome === 'failed') {
    const kind = {
      'invalid-url': 'invalid-url',
      connect: 'connection-failed',
      timeout: 'late-answer',
      broken: 'broken-answer',
    } as const;
    return { fault: fault(kind[outcome.reason], outcome.message, url) };
  }
  if (outcome.status < 200 || outcome.status > 299) {
    return { fault: fault('http-status', `answered ${outcome.status}`, url) };
  }
  return {
    url,
    status: outcome.status,
    contentType: outcome.headers['content-type'] ?? '',
    body: outcome.body,
    cut: outcome.cut,
  };
}
