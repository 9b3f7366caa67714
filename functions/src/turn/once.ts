/** Answers kept for repetitions of their webhook; Twilio retries within 15 seconds. */
const MOST_KEPT = 1_000;

/**
 * Runs the work of a key once on this instance: a repetition, also one that arrives while the first
 * is still at work, gets the first one's result (I3). Work that failed may be tried again.
 */
export function createOnce<T>() {
  const results = new Map<string, Promise<T>>();
  return function once(key: string, work: () => Promise<T>): Promise<T> {
    const known = results.get(key);
    if (known) return known;
    const result = work();
    results.set(key, result);
    result.catch(() => results.delete(key));
    const oldest = results.keys().next();
    if (results.size > MOST_KEPT && !oldest.done) results.delete(oldest.value);
    return result;
  };
}
