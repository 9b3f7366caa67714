import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import { createAddresses } from './addresses.ts';
import { createCallerLine } from './caller-line.ts';
import { createLegWebhooks } from './leg-webhooks.ts';
import { createLegs } from './legs.ts';
import { createLookAfter } from './look-after.ts';
import { createMouth } from './mouth.ts';
import type { Calls, Holding, Line, Outbound } from './ports.ts';
import { createRoomWebhooks } from './room-webhooks.ts';
import { createRooms } from './rooms.ts';
import { createTellMessages } from './tell-messages.ts';
import { createWords, type WordsOptions } from './words.ts';

export interface ConferenceOptions {
  publicBaseUrl: string;
  database: LiveDatabase;
  calls: Calls;
  holding: Holding;
  outbound: Outbound;
  conferences: Conferences;
  line: Line;
  /** Whether speech in rooms is transcribed. */
  transcription: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Joining by phone: a supervisor's own phone is rung and joined with the caller in a conference.
 *
 *   requested -> ringing -> answered -> joined -> left, or failed from any of the first three
 *
 * The caller notices nothing of a leg that fails. When a leg is in its room, the caller is sent into
 * it; when the last one leaves, the caller is sent on: to Aurora, or to a supervisor who holds the
 * call by messages. An instance that dies anywhere leaves a caller who is on a line of their own, or in
 * a room that ends by itself when its keystone leaves; what no callback tells, `lookAfter` finds.
 */
export function createConference(options: ConferenceOptions) {
  const rooms = createRooms(options.database);
  const addresses = createAddresses(options.publicBaseUrl);
  const parts = { ...options, rooms, addresses };
  const callerLine = createCallerLine(parts);
  const legs = createLegs({ ...parts, callerLine });
  const mouth = createMouth(parts);
  const tellMessages = createTellMessages({ ...parts, mouth });
  const joined = { ...parts, callerLine, legs };

  /** Aurora's ears in a room; only who has the turns can have them. */
  function ears(needs: Pick<WordsOptions, 'turns' | 'once'>) {
    return createWords({ ...parts, ...needs, mouth });
  }

  /**
   * The caller is, or is sent, where a supervisor's leg is, and hears there what supervisors have
   * written. False where they can't be sent there.
   */
  async function toLeg(callId: string): Promise<boolean> {
    const isThere = await callerLine.toLeg(callId);
    if (isThere) await tellMessages(callId);
    return isThere;
  }

  return {
    legs,
    read: rooms.read,
    webhooks: {
      ...createLegWebhooks(joined),
      ...createRoomWebhooks(joined),
      announce: mouth.announce,
    },
    ears,
    toLeg,
    lookAfter: createLookAfter(joined),
  };
}

export type ConferenceRoom = ReturnType<typeof createConference>;
