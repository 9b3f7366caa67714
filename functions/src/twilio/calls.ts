import { z } from 'zod';
import { AuroraError } from '../errors.ts';
import { createTwilioClient, malformed, type TwilioOptions } from './client.ts';

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

const Answer = z.object({
  sid: z.string(),
  status: z.string(),
  endTime: z.date().optional().catch(undefined),
});

/** Twilio's Calls resource, by Twilio's own client. Everything is asked once: a sweep, or whoever wanted it, asks again. */
export function createTwilioCalls(options: TwilioOptions): TwilioCalls {
  const { client, ask } = createTwilioClient(options);

  return {
    async state(callSid) {
      let call: z.infer<typeof Answer>;
      try {
        call = Answer.parse(await ask<unknown>(client.calls(callSid).fetch()));
      } catch (thrown) {
        if (thrown instanceof AuroraError && thrown.status === 404) return undefined;
        if (thrown instanceof AuroraError) throw thrown;
        throw malformed('that call');
      }
      if (call.sid !== callSid) throw malformed('that call');
      return { status: call.status, ...(call.endTime && { endedAt: call.endTime }) };
    },
    redirect: (callSid, twiml) =>
      ask(
        client
          .calls(callSid)
          .update({ twiml })
          .then(() => true),
        ({ refused, code }) =>
          code === NOT_IN_PROGRESS || refused.status === 404 ? false : undefined,
      ),
  };
}
