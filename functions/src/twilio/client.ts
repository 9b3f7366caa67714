import RequestClient from 'twilio/lib/base/RequestClient.js';
import Twilio from 'twilio/lib/rest/Twilio.js';
import { AuroraError, asError } from '../errors.ts';
import { within } from '../within.ts';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** Instead of https://api.twilio.com; it may have a path. */
  baseUrl?: string | undefined;
  /** Milliseconds for one question, from its start to the end of the answer. */
  deadline?: number;
}

const DEFAULT_DEADLINE = 5_000;

/** `code` is Twilio's own, by which some refusals are told from others. */
export interface TwilioRefusal {
  refused: AuroraError;
  code: unknown;
}

/** Twilio's own client, each of whose questions is asked once and answered in time or not at all. */
export function createTwilioClient(options: TwilioOptions) {
  const { accountSid, authToken, baseUrl, deadline = DEFAULT_DEADLINE } = options;
  // Between two questions an instance may be frozen and its idle connections die, so none is kept.
  const httpClient = new ElsewhereClient(baseUrl, { timeout: deadline, keepAlive: false });
  const client = new Twilio(accountSid, authToken, { httpClient });

  /**
   * @throws AuroraError `twilio_refused` (`status` is Twilio's) or `twilio_away`; where `allow` gives
   * an answer to the refusal, that one is returned
   */
  async function ask<T>(
    asking: Promise<T>,
    allow?: (refusal: TwilioRefusal) => T | undefined,
  ): Promise<T> {
    try {
      // The client's own timeout is one of silence, which an answer in drops never is.
      return await within(deadline, asking);
    } catch (thrown) {
      const refused = refusal(thrown);
      const allowed = allow?.({ refused, code: (asError(thrown) as { code?: unknown }).code });
      if (allowed !== undefined) return allowed;
      throw refused;
    }
  }

  return { client, ask };
}

/** Twilio's client with its requests sent to another address. */
class ElsewhereClient extends RequestClient {
  readonly #baseUrl: string | undefined;

  constructor(baseUrl: string | undefined, options: RequestClient.RequestClientOptions) {
    super(options);
    this.#baseUrl = baseUrl;
  }

  override request<T>(options: RequestClient.RequestOptions<T>) {
    return super.request<T>({ ...options, uri: elsewhere(options.uri, this.#baseUrl) });
  }
}

function elsewhere(uri: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return uri;
  const { pathname, search } = new URL(uri);
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`;
}

/** Errors of the client carry the request with its credentials: none of them leaves this file. */
function refusal(thrown: unknown): AuroraError {
  const { status } = asError(thrown) as { status?: unknown };
  if (thrown instanceof AuroraError && thrown.code !== 'deadline_exceeded') return thrown;
  if (typeof status !== 'number' || thrown instanceof AuroraError) {
    return new AuroraError(503, 'twilio_away', 'Twilio gave no answer.');
  }
  return new AuroraError(status, 'twilio_refused', `Twilio answered ${status}.`);
}

export function malformed(what: string): AuroraError {
  return new AuroraError(502, 'twilio_malformed', `What Twilio answered is not ${what}.`);
}
