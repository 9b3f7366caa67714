import type { Caller, CallerAction } from './caller.ts';

/** A caller that is told what to do while the call goes on, from a test or a terminal. */
export interface Handset {
  readonly caller: Caller;
  /** Each is done when it is next listened for; what comes early waits. */
  say(words: string): void;
  press(keys: string): void;
  keepSilent(): void;
  do(action: CallerAction): void;
}

/** @param patient Twilio's timeouts do not run against it: it takes its time, as a test does */
export function createHandset({ patient = true } = {}): Handset {
  const actions: CallerAction[] = [];
  let wake = () => {};

  async function next(signal: AbortSignal): Promise<CallerAction> {
    while (actions.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    // What was not heard because of an interruption is for the next time.
    if (signal.aborted) return { silent: true };
    return actions.shift() ?? { silent: true };
  }

  function act(action: CallerAction): void {
    actions.push(action);
    wake();
  }

  return {
    caller: { patient, next: (_gather, signal) => next(signal), converse: next },
    say: (words) => act({ say: words }),
    press: (keys) => act({ keys }),
    keepSilent: () => act({ silent: true }),
    do: act,
  };
}
