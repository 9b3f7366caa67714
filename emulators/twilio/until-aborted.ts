/** Nothing waits for a promise that does not care about the end of the call. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, instead: T): Promise<T> {
  const aborted = new Promise<T>((resolve) => {
    if (signal.aborted) resolve(instead);
    else signal.addEventListener('abort', () => resolve(instead), { once: true });
  });
  return Promise.race([promise, aborted]);
}
