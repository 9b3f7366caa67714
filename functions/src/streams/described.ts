import { z } from 'zod';
import type { RouteDescription } from '../admin/route.ts';
import { CONVERSATION_ID } from '../calls/ids.ts';
import { LONGEST_CURSOR } from './cursor.ts';

/** A text of any kind: one that is none of ours begins with `initial`, it is no error. */
const Cursor = z.string().max(2 * LONGEST_CURSOR);

const EventStream = z.string().describe('Server-Sent Events');

const query = z.object({
  since: Cursor.optional().describe('The last id that you have, where no header can be set.'),
});
const headers = z.object({
  'last-event-id': Cursor.optional().describe('The last id that you have; it wins over `since`.'),
});

const ON_EVERY_STREAM =
  'The token travels in the Authorization header. Each event but `heartbeat` and `error` has an ' +
  '`id`: come back with the last one as `Last-Event-ID` or `?since=` and you are sent what you ' +
  'missed, and nothing twice. `heartbeat` `{ time }` comes every 30 s unless configured otherwise. ' +
  '`error` `{ code, message }` comes before the server closes the stream: after `reconnect`, ' +
  '`unavailable` and a stream that just breaks off, open it again; after `unauthorized`, ' +
  '`token_expired` and `totp_setup_required`, sign in first; after `not_found`, stop.';

export const conversationStreamDescription = {
  method: 'GET',
  path: '/api/conversation/{conversation_id}/stream',
  summary: 'What is said in a call, as it is said',
  tag: 'Streams',
  params: z.object({ conversation_id: z.string().regex(CONVERSATION_ID) }),
  query,
  headers,
  answers: {
    200: {
      description:
        '`initial` `{ call, conversation }` replaces what you have; `new_messages` ' +
        '`{ messages }` are put in by id (one comes again when it becomes known that it was not ' +
        'spoken); `call` `{ call }` when a field of the call other than `last_message_at` and `latest` changes; ' +
        `\`ended\` \`{ call }\` when the call is over and archived: stop. ${ON_EVERY_STREAM}`,
      schema: EventStream,
      contentType: 'text/event-stream',
    },
  },
} satisfies RouteDescription;

export const callsStreamDescription = {
  method: 'GET',
  path: '/api/calls/stream',
  summary: 'The live calls that you may see, as they change',
  tag: 'Streams',
  query,
  headers,
  answers: {
    200: {
      description:
        '`initial` `{ items }` replaces what you have; it does not come where the last id says that ' +
        'you have just this. Then `added` `{ call }`, `changed` `{ call }` and `removed` ' +
        '`{ call_id, reason }`, where the reason is `ended` for a call that is not live any more, ' +
        `and \`hidden\` for one that is not yours to see any more. ${ON_EVERY_STREAM}`,
      schema: EventStream,
      contentType: 'text/event-stream',
    },
  },
} satisfies RouteDescription;

/** For the API's description; the routes themselves are served by a function of their own. */
export const streamDescriptions = [
  { ...conversationStreamDescription, access: 'viewer' as const },
  { ...callsStreamDescription, access: 'viewer' as const },
];
