import type { Principal } from '../access/gate.ts';
import { unauthorized } from '../access/tokens.ts';
import { callNotFound, maySee } from '../access/visibility.ts';
import { type Audit, doer } from '../admin/audit.ts';
import { available } from '../admin/available.ts';
import { type Origin, type Route, route } from '../admin/route.ts';
import { shortHash } from '../calls/ids.ts';
import { AuroraError } from '../errors.ts';
import type { FollowedConversation } from './conversation.ts';
import { callsStreamDescription, conversationStreamDescription } from './described.ts';
import { type Hold, holding } from './holding.ts';
import type { FollowedCalls } from './list-hub.ts';
import type { Observed } from './observed.ts';
import type { OpenStreams } from './open-streams.ts';
import type { Shared } from './shared.ts';
import type { Slots } from './slots.ts';
import type { Standing } from './token-access.ts';
import { unavailable, type WatchedAccess } from './watched-access.ts';

export interface StreamRouteOptions {
  access: WatchedAccess;
  conversations: Shared<string, FollowedConversation>;
  calls: Shared<'all', FollowedCalls>;
  /** Held as long as the Realtime Database is needed. */
  connection: Shared<'all', undefined>;
  slots: Slots;
  open: OpenStreams['open'];
  audit: Pick<Audit, 'recordReading'>;
  perToken: number;
  perAddress: number;
}

/** Hex digits of the hash under which slots are counted. */
const KEY_LENGTH = 32;

/**
 * The two streams. Everything that is refused is refused as a JSON error before the first byte, and
 * what was taken until then is given back.
 */
export function streamRoutes(options: StreamRouteOptions): Route[] {
  const { access, conversations, calls, connection, slots, open, audit } = options;

  async function admitted(principal: Principal, hold: Hold): Promise<Observed<Standing>> {
    hold(connection.acquire('all'));
    const standing = hold(await access.open(principal));
    const { refusal } = standing.now() ?? {};
    if (!refusal) return standing;
    if (refusal.code === 'totp_setup_required') {
      throw new AuroraError(403, refusal.code, refusal.message);
    }
    throw refusal.code === 'unavailable' ? unavailable(refusal) : unauthorized();
  }

  /** The same for both: how many streams somebody has does not depend on what is in them. */
  async function takeSlots(principal: Principal, { ip }: Origin, hold: Hold): Promise<void> {
    const release = await slots.take([
      { key: shortHash(`token ${principal.tokenId}`, KEY_LENGTH), most: options.perToken },
      { key: shortHash(`address ${ip}`, KEY_LENGTH), most: options.perAddress },
    ]);
    hold({ value: undefined, release });
  }

  return [
    route({
      ...conversationStreamDescription,
      access: 'viewer',
      handle: ({ principal, params, query, headers, origin }) =>
        holding(async (hold) => {
          const standing = await admitted(principal, hold);
          const conversation = hold(conversations.acquire(params.conversation_id));
          if (!(await available(conversation.exists))) throw callNotFound();
          const { viewer } = standing.now() ?? {};
          if (!viewer || !maySee(viewer, conversation.call())) throw callNotFound();
          await takeSlots(principal, origin, hold);
          return async (response) => {
            const stream = open(response);
            await audit.recordReading({
              ...doer({ principal, origin }),
              action: 'conversation.streamed',
              target: params.conversation_id,
            });
            conversation.watch({ stream, standing }, headers['last-event-id'] ?? query.since);
          };
        }),
    }),
    route({
      ...callsStreamDescription,
      access: 'viewer',
      handle: ({ principal, query, headers, origin }) =>
        holding(async (hold) => {
          const standing = await admitted(principal, hold);
          const list = hold(calls.acquire('all'));
          await available(list.known);
          await takeSlots(principal, origin, hold);
          return (response) =>
            list.watch(
              { stream: open(response), standing },
              headers['last-event-id'] ?? query.since,
            );
        }),
    }),
  ];
}
