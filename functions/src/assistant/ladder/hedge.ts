/** Why an attempt was stopped before it answered. */
export type Stop = 'too_slow' | 'not_needed' | 'caller_gone';

export class Stopped extends Error {
  readonly code: Stop;

  constructor(code: Stop) {
    super(`The attempt was stopped: ${code}.`);
    this.name = 'Stopped';
    this.code = code;
  }
}

export interface Budgets {
  /** Milliseconds without an answer after which a second attempt starts beside the first. */
  hedgeAfter: number;
  /** Milliseconds from the start after which nothing is waited for any more. */
  giveUpAfter: number;
}

/** Rejects with the signal's reason once it is aborted; a {@link Stopped}. */
type Attempt<T> = (signal: AbortSignal) => Promise<T>;

/**
 * The first answer of these attempts. Each starts when the one before it has failed or was slow;
 * whoever loses is stopped at once. Undefined when all have failed, when time is up, and when the
 * caller is gone. Never rejects.
 */
export function hedged<T>(
  attempts: readonly Attempt<T>[],
  { hedgeAfter, giveUpAfter }: Budgets,
  caller?: AbortSignal,
): Promise<T | undefined> {
  const stops = attempts.map(() => new AbortController());
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  let started = 0;
  let failed = 0;
  let slow: NodeJS.Timeout | undefined;
  const late = setTimeout(stopAll, giveUpAfter, 'too_slow');
  const leave = () => stopAll('caller_gone');
  caller?.addEventListener('abort', leave, { once: true });
  if (caller?.aborted) leave();
  else start();
  return promise.finally(() => {
    clearTimeout(slow);
    clearTimeout(late);
    caller?.removeEventListener('abort', leave);
  });

  function start(): void {
    clearTimeout(slow);
    const at = started;
    const attempt = attempts[at];
    const stop = stops[at];
    if (!attempt || !stop) return;
    started += 1;
    slow = setTimeout(start, hedgeAfter);
    attempt(stop.signal).then((value) => win(at, value), lose);
  }

  function win(winner: number, value: T): void {
    resolve(value);
    for (const [at, stop] of stops.entries()) {
      if (at !== winner) stop.abort(new Stopped(at < winner ? 'too_slow' : 'not_needed'));
    }
  }

  function lose(): void {
    failed += 1;
    if (failed === attempts.length) resolve(undefined);
    else if (failed === started) start();
  }

  function stopAll(why: Stop): void {
    resolve(undefined);
    for (const stop of stops) stop.abort(new Stopped(why));
  }
}
