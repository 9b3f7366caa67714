import { z } from 'zod';
import type { Conferences } from './calling.ts';
import { createTwilioClient, malformed, type TwilioOptions, type TwilioRefusal } from './client.ts';

/** More people than are ever in one call; one page of Twilio's. */
const MOST_PARTICIPANTS = 50;

const Found = z.array(z.object({ sid: z.string().regex(/^CF[0-9a-f]{32}$/) }));

const Present = z.array(
  z.object({
    callSid: z.string(),
    muted: z.boolean(),
    coaching: z.boolean().nullish(),
    callSidToCoach: z.string().nullish(),
  }),
);

/** Conferences in which callers and supervisors are joined. */
export function createConferences(options: TwilioOptions): Conferences {
  const { client, ask } = createTwilioClient(options);

  return {
    async find(name) {
      const asking = client.conferences.list({
        friendlyName: name,
        status: 'in-progress',
        limit: 1,
        pageSize: 1,
      });
      const found = Found.safeParse(await ask<unknown>(asking));
      if (!found.success) throw malformed('a list of conferences');
      return found.data[0]?.sid;
    },
    async participants(conferenceSid) {
      const asking = client.conferences(conferenceSid).participants.list({
        limit: MOST_PARTICIPANTS,
        pageSize: MOST_PARTICIPANTS,
      });
      const present = Present.safeParse(
        await ask<unknown>(asking, ({ refused }) => (refused.status === 404 ? [] : undefined)),
      );
      if (!present.success) throw malformed('a list of participants');
      return present.data.map(({ callSid, muted, coaching, callSidToCoach }) => ({
        callSid,
        muted,
        ...(coaching && callSidToCoach ? { coaches: callSidToCoach } : {}),
      }));
    },
    async change(conferenceSid, callSid, { muted, coaches }) {
      const changing = client
        .conferences(conferenceSid)
        .participants(callSid)
        .update({
          ...(muted === undefined ? {} : { muted }),
          ...(coaches === undefined ? {} : coaching(coaches)),
        });
      return ask(
        changing.then(() => true),
        goneIsFalse,
      );
    },
    async announce(conferenceSid, url) {
      const announcing = client
        .conferences(conferenceSid)
        .update({ announceUrl: url, announceMethod: 'POST' });
      return ask(
        announcing.then(() => true),
        goneIsFalse,
      );
    },
    async remove(conferenceSid, callSid) {
      const removing = client.conferences(conferenceSid).participants(callSid).remove();
      await ask(removing, ({ refused }) => (refused.status === 404 ? true : undefined));
    },
  };
}

function coaching(callSidToCoach: string | null) {
  return callSidToCoach === null ? { coaching: false } : { coaching: true, callSidToCoach };
}

function goneIsFalse({ refused }: TwilioRefusal): false | undefined {
  return refused.status === 404 ? false : undefined;
}
