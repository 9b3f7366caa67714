import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { within } from '../within.ts';

/** Said when even the safe words could not be made into TwiML. */
const LAST_RESORT =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Move away from danger if you can. In an emergency, hang up and call your emergency number now. Otherwise stay on the line.</Say><Pause length="2"/><Redirect method="POST">/incoming-call</Redirect></Response>';

/**
 * Our own fault never hangs up on the caller (I8): whatever a webhook throws, and whatever takes
 * longer than the watchdog allows (milliseconds), the caller hears `instead` and the line stays open.
 */
export async function safely(
  log: Log,
  callSid: string | undefined,
  watchdog: number,
  work: () => Promise<string>,
  instead: () => string,
): Promise<string> {
  try {
    return await within(watchdog, work());
  } catch (error) {
    measure(log, 'safe_words', { call_sid: callSid, error: asError(error) });
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
