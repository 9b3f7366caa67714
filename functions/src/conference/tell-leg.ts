import { isoInZone, zoneOf } from '../calls/times.ts';
import type { Calls } from './ports.ts';
import type { Rooms } from './rooms.ts';
import { toldOfLeg } from './told.ts';

export interface TellLegOptions {
  rooms: Pick<Rooms, 'read'>;
  calls: Pick<Calls, 'apply'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Tells the call's timeline of a leg, as it is then. */
export function createTellLeg({ rooms, calls, now }: TellLegOptions) {
  return async function tell(
    callId: string,
    id: string,
    step: Parameters<typeof toldOfLeg>[2],
    told: Parameters<typeof toldOfLeg>[5] = {},
  ): Promise<void> {
    const leg = (await rooms.read(callId))?.legs[id];
    if (!leg) return;
    const at = isoInZone(now(), zoneOf(leg.requested_at));
    await calls.apply([toldOfLeg(callId, id, step, at, leg, told)]);
  };
}

export type TellLeg = ReturnType<typeof createTellLeg>;
