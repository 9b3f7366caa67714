import { z } from 'zod';
import { CALL_SID } from '../calls/ids.ts';
import type { OutgoingCalls } from './calling.ts';
import { createTwilioClient, malformed, type TwilioOptions } from './client.ts';

const Created = z.object({ sid: z.string().regex(CALL_SID) });

/** "Call is not in-progress. Cannot redirect." https://www.twilio.com/docs/api/errors/21220 */
const NOT_IN_PROGRESS = 21_220;

/**
 * Calls that Aurora places. Never placed twice by itself: one that Twilio gave no answer about may
 * ring, and its callbacks tell.
 */
export function createOutgoingCalls(options: TwilioOptions): OutgoingCalls {
  const { client, ask } = createTwilioClient(options);

  return {
    async create({ to, from, url, statusCallback, timeout, detectMachine }) {
      const placing = client.calls.create({
        to,
        from,
        url,
        method: 'POST',
        statusCallback,
        statusCallbackMethod: 'POST',
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
        ...(timeout === undefined ? {} : { timeout }),
        ...(detectMachine ? { machineDetection: 'Enable' } : {}),
      });
      const created = Created.safeParse(await ask<unknown>(placing));
      if (!created.success) throw malformed('a new call');
      return created.data.sid;
    },
    async hangUp(callSid) {
      const hangingUp = client
        .calls(callSid)
        .update({ status: 'completed' })
        .then(() => true);
      await ask(hangingUp, ({ refused, code }) =>
        code === NOT_IN_PROGRESS || refused.status === 404 ? true : undefined,
      );
    },
  };
}
