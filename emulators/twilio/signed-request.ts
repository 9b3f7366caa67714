/**
 * A webhook request exactly as Twilio puts it on the wire: sorted form body (or query, for GET),
 * `X-Twilio-Signature` made by twilio's own function, and its headers. What is built here can be
 * sent any number of times byte for byte, or spoilt on purpose, by a test.
 */
import { randomUUID } from 'node:crypto';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { LOCAL_AUTH_TOKEN } from './local-account.ts';

export type Parameters = Readonly<Record<string, string>>;
export type HttpMethod = 'GET' | 'POST';
/** Messaging keeps the port in what it signs over HTTPS, voice drops it. */
export type Product = 'voice' | 'messaging';

export interface SignedRequest {
  readonly method: HttpMethod;
  /** Without fragment; for GET with the parameters in its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** URL-encoded form; empty for GET. */
  readonly body: string;
}

export interface SignedRequestOptions {
  /** As configured at Twilio: a fragment is neither sent nor signed. */
  readonly url: string;
  readonly parameters: Parameters;
  readonly method?: HttpMethod;
  readonly authToken?: string;
  readonly product?: Product;
  readonly idempotencyToken?: string;
  /** Added to, or put in place of, what Twilio sends (names in lower case). */
  readonly headers?: Readonly<Record<string, string>>;
}

export function signedRequest(options: SignedRequestOptions): SignedRequest {
  const { method = 'POST', product = 'voice', authToken = LOCAL_AUTH_TOKEN } = options;
  const form = encodeForm(options.parameters);
  const bare = withoutFragment(options.url);
  const url = method === 'POST' || form === '' ? bare : appendQuery(bare, form);
  const signature = webhooks.getExpectedTwilioSignature(
    authToken,
    urlToSign(url, product),
    method === 'POST' ? wellFormed(options.parameters) : {},
  );
  const body = method === 'POST' ? form : '';
  return {
    method,
    url,
    headers: {
      ...(method === 'POST' && {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'content-length': String(Buffer.byteLength(body)),
      }),
      accept: '*/*',
      'user-agent': 'TwilioProxy/1.1',
      'i-twilio-idempotency-token': options.idempotencyToken ?? randomUUID(),
      'x-twilio-signature': signature,
      ...options.headers,
    },
    body,
  };
}

/**
 * The string that Twilio signs: no fragment; over HTTPS no user and password, and for voice no port.
 * Over plain HTTP everything stays. The rest is left character for character, because the receiver
 * compares with the raw request line.
 */
export function urlToSign(url: string, product: Product): string {
  const bare = withoutFragment(url);
  const match = /^(https:\/\/)([^/?]*)(.*)$/is.exec(bare);
  if (match === null) return bare;
  const [, scheme = '', authority = '', rest = ''] = match;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return scheme + (product === 'voice' ? host.replace(/:\d*$/, '') : host) + rest;
}

export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

/** Parameters by name, as Twilio orders them, spaces as `+`. */
export function encodeForm(parameters: Parameters): string {
  const sorted = Object.entries(wellFormed(parameters)).sort(([a], [b]) => (a < b ? -1 : 1));
  return new URLSearchParams(sorted).toString();
}

function appendQuery(url: string, query: string): string {
  return url + (url.includes('?') ? '&' : '?') + query;
}

/** UTF-8 has no lone surrogates: body and signature must agree on what stands in their place. */
function wellFormed(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value.toWellFormed()]),
  );
}
