/**
 * One webhook, for tests: well signed, spoilt on purpose, or the same one again. No retries, no
 * redirects, no TwiML is executed.
 */
import { type HttpOutcome, type HttpTimeouts, sendRequest } from './http-exchange.ts';
import { type SignedRequest, type SignedRequestOptions, signedRequest } from './signed-request.ts';

export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Extract<HttpOutcome, { outcome: 'answered' }>['headers'];
  readonly body: string;
  readonly milliseconds: number;
  /** To send the same bytes again: `resend(answer.request)`. */
  readonly request: SignedRequest;
}

/** @throws where there was no answer at all, with the reason */
export function sendWebhook(
  options: SignedRequestOptions & { readonly timeouts?: HttpTimeouts },
): Promise<WebhookAnswer> {
  return resend(signedRequest(options), options.timeouts);
}

/** Sends these very bytes, with their old signature and idempotency token. */
export async function resend(
  request: SignedRequest,
  timeouts?: HttpTimeouts,
): Promise<WebhookAnswer> {
  const outcome = await sendRequest(request, timeouts);
  if (outcome.outcome === 'failed') {
    throw new Error(`${request.method} ${request.url}: ${outcome.message}`);
  }
  const { status, headers, body, milliseconds } = outcome;
  return { status, headers, body, milliseconds, request };
}
