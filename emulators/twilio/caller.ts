/** The person at the telephone: what they do each time Aurora listens. */

/** What Aurora listens for. */
export interface Gather {
  /** What was said, played and paused inside it, in order. */
  readonly prompts: readonly string[];
  readonly input: readonly ('dtmf' | 'speech')[];
  /** Seconds until silence counts as no input. */
  readonly timeoutInSeconds: number;
  /** Seconds after which a pause ends the caller's words; `auto` is at the first pause. */
  readonly speechTimeout: number | 'auto';
  readonly numDigits: number | null;
  readonly finishOnKey: string;
  readonly hints: readonly string[];
  readonly language: string;
  readonly bargeIn: boolean;
  readonly actionOnEmptyResult: boolean;
  /** Absolute. */
  readonly action: string;
  readonly method: 'GET' | 'POST';
}

export type CallerAction =
  | {
      readonly say: string;
      /** How sure the recognition was, 0 to 1; null for none sent, 0.9 unless told. */
      readonly confidence?: number | null;
      /** BCP 47: the language of the words, where it is not the one that the caller speaks. */
      readonly language?: string;
      /** Spoken over the prompt instead of after it. */
      readonly bargeIn?: boolean;
    }
  | { readonly keys: string; readonly bargeIn?: boolean }
  | { readonly silent: true }
  | { readonly hangUp: true };

export interface Caller {
  /**
   * Called once per Gather, after its prompts. A call that is redirected or ended meanwhile aborts
   * the signal, and what is answered then is not heard.
   */
  next(gather: Gather, signal: AbortSignal): CallerAction | Promise<CallerAction>;
  /**
   * In a conference: called when it has started, and again after each thing that was done. Silence
   * lasts until somebody is heard. Whoever has no such function only listens.
   */
  converse?(signal: AbortSignal): CallerAction | Promise<CallerAction>;
  /** Twilio's timeouts do not run against this caller: somebody is typing. */
  readonly patient?: boolean;
}

/** A line of a script: words, or an action. */
export type ScriptLine = string | CallerAction;

/** @param after what the caller does when the script is at its end; hangs up unless told */
export function scriptedCaller(
  script: readonly ScriptLine[],
  after: CallerAction = { hangUp: true },
): Caller {
  const lines = script.values();
  const next = (): CallerAction => {
    const line = lines.next();
    if (line.done) return after;
    return typeof line.value === 'string' ? { say: line.value } : line.value;
  };
  return { next, converse: next };
}

/** @param times how often the caller keeps silent before hanging up; for ever unless told */
export function silentCaller(times = Number.POSITIVE_INFINITY): Caller {
  let silences = 0;
  const next = (): CallerAction => {
    silences += 1;
    return silences > times ? { hangUp: true } : { silent: true };
  };
  return { next, converse: next };
}
