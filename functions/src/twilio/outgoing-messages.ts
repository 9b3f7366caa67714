import { z } from 'zod';
import type { OutgoingMessages } from './calling.ts';
import { createTwilioClient, malformed, type TwilioOptions } from './client.ts';

const Created = z.object({ sid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/) });

/** Text messages that Aurora sends. Each is sent once; whether it arrives, its callbacks tell. */
export function createOutgoingMessages(options: TwilioOptions): OutgoingMessages {
  const { client, ask } = createTwilioClient(options);

  return {
    async send({ to, from, body, statusCallback }) {
      const sending = client.messages.create({
        to,
        from,
        body,
        ...(statusCallback === undefined ? {} : { statusCallback }),
      });
      const created = Created.safeParse(await ask<unknown>(sending));
      if (!created.success) throw malformed('a new message');
      return created.data.sid;
    },
  };
}
