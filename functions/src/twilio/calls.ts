import RequestClient from 'twilio/lib/base/RequestClient.js';
import Twilio from 'twilio/lib/rest/Twilio.js';
import { z } from 'zod';
import { AuroraError, asError } from '../errors.ts';
import { within } from '../within.ts';

/** What Twilio says of a call. */
export interface TwilioCallState {
  /** One of Twilio's statuses: `queued`, `ringing`, `in-progress`, `completed`, … */
  status: string;
  endedAt?: Date;
}

export interface TwilioCalls {
  /**
   * Undefined where Twilio knows no such call (404).
   * @throws AuroraError on every other answer, and where none comes in time
   */
  state(callSid: string): Promise<TwilioCallState | undefined>;
  /**
   * Has the call run this TwiML (4,000 characters at most) in place of what it is doing. False where
   * the call is not in progress, or Twilio knows no such call: `state` tells which.
   * @throws AuroraError on every other answer, and where none comes in time: it may be done then
   */
  redirect(callSid: string, twiml: string): Promise<boolean>;
}

/** Twilio's words for a call that is over; with any other one it goes on. */
const OVER = new Set(['completed', 'failed', 'busy', 'no-answer', 'canceled']);

export function isOver({ status }: TwilioCallState): boolean {
  return OVER.has(status);
}

/** "Call is not in-progress. Cannot redirect." https://www.twilio.com/docs/api/errors/21220 */
const NOT_IN_PROGRESS = 21_220;

export interface TwilioCallsOptions {
  accountSid: string;
  authToken: string;
  /** Instead of https://api.twilio.com; it may have a path. */
  baseUrl?: string | undefined;
  /** Milliseconds for one question, from its start to the end of the answer. */
  deadline?: number;
}

const DEFAULT_DEADLINE = 5_000;

const Answer = z.object({
  sid: z.string(),
  status: z.string(),
  endTime: z.date().optional().catch(undefined),
});

/** Twilio's Calls resource, by Twilio's own client. Everything is asked once: a sweep, or whoever wanted it, asks again. */
export function createTwilioCalls(options: TwilioCallsOptions): TwilioCalls {
  const { accountSid, authToken, baseUrl, deadline = DEFAULT_DEADLINE } = options;
  // Between two sweeps an instance is frozen and its idle connections die, so none is kept.
  const httpClient = new ElsewhereClient(baseUrl, { timeout: deadline, keepAlive: false });
  const client = new Twilio(accountSid, authToken, { httpClient });

  async function answer(asking: Promise<unknown>): Promise<unknown> {
    try {
      // The client's own timeout is one of silence, which an answer in drops never is.
      return await within(deadline, asking);
    } catch (thrown) {
      throw refusal(thrown);
    }
  }

  return {
    async state(callSid) {
      let call: z.infer<typeof Answer>;
      try {
        call = Answer.parse(await answer(client.calls(callSid).fetch()));
      } catch (thrown) {
        if (thrown instanceof AuroraError && thrown.status === 404) return undefined;
        if (thrown instanceof AuroraError) throw thrown;
        throw malformed();
      }
      if (call.sid !== callSid) throw malformed();
      return { status: call.status, ...(call.endTime && { endedAt: call.endTime }) };
    },
    async redirect(callSid, twiml) {
      try {
        await within(deadline, client.calls(callSid).update({ twiml }));
        return true;
      } catch (thrown) {
        const { code } = asError(thrown) as { code?: unknown };
        const refused = refusal(thrown);
        if (code === NOT_IN_PROGRESS || refused.status === 404) return false;
        throw refused;
      }
    },
  };
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
  if (thrown instanceof AuroraError) return thrown;
  if (typeof status !== 'number') {
    return new AuroraError(503, 'twilio_away', 'Twilio gave no answer.');
  }
  return new AuroraError(status, 'twilio_refused', `Twilio answered ${status}.`);
}

function malformed(): AuroraError {
  return new AuroraError(502, 'twilio_malformed', 'What Twilio answered is not that call.');
}
