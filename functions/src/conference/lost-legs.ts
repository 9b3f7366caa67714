import { legEnded } from './changes.ts';
import type { Conference } from './record.ts';

/** Milliseconds after which a leg that was never placed at Twilio counts as lost. */
const PLACED_WITHIN = 60_000;

/** A leg that an instance died over before Twilio had it blocks nobody. */
export function withoutLostLegs(conference: Conference, now: number): Conference {
  return Object.entries(conference.legs).reduce(
    (known, [id, { state, sid, requested_at }]) =>
      state === 'requested' && sid === undefined && now - Date.parse(requested_at) > PLACED_WITHIN
        ? legEnded(known, id, 'lost')
        : known,
    conference,
  );
}
