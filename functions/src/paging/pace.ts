/**
 * Lets through so many a second, one after the other: Twilio begins one call a second for an account
 * unless it was granted more, and keeps others waiting in a queue of its own.
 * https://help.twilio.com/articles/223180028
 */
export function createPace(options: {
  perSecond: number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}): () => Promise<void> {
  const { perSecond, sleep, now } = options;
  const apart = Math.ceil(1_000 / perSecond);
  let next = 0;

  return async function pace() {
    const at = Math.max(now(), next);
    next = at + apart;
    if (at > now()) await sleep(at - now());
  };
}
