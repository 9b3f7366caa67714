import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';

/** Milliseconds after which the caller hears safe words instead; Twilio's own limit is 15 s. */
export const WATCHDOG = 5_000;

/** Said when even the safe words could not be made into TwiML. */
const LAST_RESORT =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Move away from danger if you can. In an emergency, hang up and call your emergency number now. Otherwise stay on the line.</Say><Pause length="2"/><Redirect method="POST">/incoming-call</Redirect></Response>';

/**
 * Our own fault never hangs up on the caller (I8): whatever a webhook throws, and whatever takes
 * longer than the watchdog allows, the caller hears `instead` and the line stays open.
 */
export async function safely(
  log: Log,
  callSid: string | undefined,
  work: () => Promise<string>,
  instead: () => string,
): Promise<string> {
  try {
    return await within(WATCHDOG, work());
  } catch (error) {
    log.alert('A webhook failed; the caller hears safe words.', {
      call_sid: callSid,
      error: asError(error),
    });
  }
  try {
    return instead();
  } catch (error) {
    log.alert('The safe words failed; the caller hears the last resort.', {
      call_sid: callSid,
      error: asError(error),
    });
    return LAST_RESORT;
  }
}
