import webhooks from 'twilio/lib/webhooks/webhooks.js';

export interface SignedRequest {
  /** The address that Twilio was given: public base URL, path and the query as it was sent. */
  url: string;
  /** X-Twilio-Signature. */
  signature: string | undefined;
  /** The form as it was sent; empty values count, they are signed too. */
  form: URLSearchParams;
}

/**
 * True when Twilio made the request with one of the tokens. Twilio's own function does the
 * comparing; it tries the address with and without a port, since voice over HTTPS is signed without
 * one. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isSignedByTwilio(tokens: readonly string[], request: SignedRequest): boolean {
  const { signature, form } = request;
  if (!signature) return false;
  const url = request.url.split('#', 1)[0] as string;
  try {
    return tokens.some((token) => webhooks.validateRequest(token, signature, url, toRecord(form)));
  } catch {
    return false;
  }
}

/** A name that is sent several times is signed with all its values. */
function toRecord(form: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}
