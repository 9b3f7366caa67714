import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
} from 'cockatiel';
import type { Log } from '../../log.ts';
import { measure } from '../../metrics/metrics.ts';
import type { Model } from '../llm/model.ts';
import type { Output } from '../llm/output.ts';
import type { Prompt } from '../llm/prompt.ts';
import { Stopped } from './hedge.ts';

export interface BreakerOptions {
  /** Failures in a row after which a model is left out. */
  failures: number;
  /** Milliseconds for which it is left out at first; longer each time that it fails again. */
  restFor: number;
  restAtMost: number;
}

export const BREAKER: BreakerOptions = { failures: 3, restFor: 10_000, restAtMost: 120_000 };

/** Milliseconds; a provider that asks for more rest than this is asked again all the same. */
const LONGEST_RETRY_AFTER = 10 * 60_000;

/** A model that is left out while it is dead, so that no caller waits for it. */
export interface GuardedModel {
  name: string;
  /** Whether it may be asked now. A model that rests is not tried again on a critical call. */
  available(critical: boolean): boolean;
  /** @throws {Stopped} when the signal says so, BrokenCircuitError at once while the model rests */
  ask(prompt: Prompt, signal: AbortSignal): Promise<Output>;
}

export function guard(
  model: Model,
  {
    log,
    now,
    breaker: options = BREAKER,
  }: { log: Log; now: () => number; breaker?: BreakerOptions },
): GuardedModel {
  let askedToRestUntil = 0;
  const breaker = circuitBreaker(
    handleWhen((error) => isFailure(error) || breaker.state === CircuitState.HalfOpen),
    {
      breaker: new ConsecutiveBreaker(options.failures),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: options.restFor,
        maxDelay: options.restAtMost,
      }),
    },
  );
  breaker.onBreak(() => measure(log, 'breaker_opened', { model: model.name }));
  breaker.onReset(() => log.info('A language model answers again.', { model: model.name }));

  return { name: model.name, available, ask };

  function available(critical: boolean): boolean {
    if (now() < askedToRestUntil) return false;
    return (
      breaker.state === CircuitState.Closed || (breaker.state === CircuitState.Open && !critical)
    );
  }

  function ask(prompt: Prompt, signal: AbortSignal): Promise<Output> {
    return breaker.execute(() => attempt(prompt, signal), signal);
  }

  async function attempt(prompt: Prompt, signal: AbortSignal): Promise<Output> {
    const began = now();
    try {
      return await model.ask(prompt, signal);
    } catch (thrown) {
      const error = signal.aborted ? signal.reason : thrown;
      const { statusCode: status, code, responseHeaders } = error as ProviderError;
      if (status === 429) rest(responseHeaders?.['retry-after']);
      if (isFailure(error)) {
        measure(log, 'model_failed', {
          model: model.name,
          reason: code ?? (status === undefined ? 'unreachable' : 'refused'),
          ...(status === undefined ? {} : { status }),
          milliseconds: now() - began,
        });
      }
      throw error;
    }
  }

  function rest(retryAfter: string | undefined): void {
    const seconds = Number(retryAfter);
    if (seconds > 0) askedToRestUntil = now() + Math.min(seconds * 1_000, LONGEST_RETRY_AFTER);
  }
}

/** What is known of the library's errors and of ours. */
interface ProviderError {
  statusCode?: number;
  code?: string;
  responseHeaders?: Record<string, string>;
}

/** An attempt that nobody waits for any more says nothing about the model. */
function isFailure(error: unknown): boolean {
  return !(error instanceof Stopped) || error.code === 'too_slow';
}
