import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { toldBy } from '../webhooks/spoken-by.ts';
import type { Mouth } from './mouth.ts';
import type { Calls } from './ports.ts';
import type { Rooms } from './rooms.ts';

export interface TellMessagesOptions {
  rooms: Rooms;
  calls: Calls;
  mouth: Mouth;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Announces supervisors' messages to a caller who is in a room: their own line, on which messages
 * are spoken otherwise, is not listening. Never rejects; what is not announced waits.
 */
export function createTellMessages({ rooms, calls, mouth, now, log }: TellMessagesOptions) {
  return async function tellMessages(callId: string): Promise<void> {
    try {
      const [known, call] = await Promise.all([rooms.read(callId), calls.live(callId)]);
      if (known?.caller.state !== 'in' || !call) return;
      const link = await calls.linkOf(callId, call);
      for (const message of await calls.waiting(callId)) {
        const { id } = message;
        const of = { call: callId, room: known.room };
        if (!(await mouth.say(of, link, id, toldBy([message], link)))) return;
        const at = isoInZone(now(), zoneOf(call.timestamp));
        await calls.apply([{ type: 'message_heard', call_id: callId, at, message_id: id }]);
      }
    } catch (thrown) {
      log.warn("A supervisor's message could not be announced; it waits.", {
        error: asError(thrown),
      });
    }
  };
}
