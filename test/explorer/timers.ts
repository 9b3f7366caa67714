import type { Scheduler, Step } from './scheduler.ts';

/**
 * Puts virtual time under the code's own setTimeout and clearTimeout: a timer becomes a step of the
 * host that set it, so a frozen instance's timers wait and a crashed one's never fire. Timers set
 * outside a schedule (by the test runner) stay real.
 */
interface VirtualTimer {
  step: Step;
  unref(): VirtualTimer;
  ref(): VirtualTimer;
}

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

export function useVirtualTimers(scheduler: Scheduler): () => void {
  const set = (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
    const host = scheduler.current();
    if (!host) return real.setTimeout(run, milliseconds, ...args);
    const step = scheduler.after(milliseconds, host, () => run(...args));
    const timer: VirtualTimer = { step, unref: () => timer, ref: () => timer };
    return timer;
  };
  const clear = (timer: unknown) => {
    const { step } = (timer ?? {}) as Partial<VirtualTimer>;
    if (step) step.cancelled = true;
    else real.clearTimeout(timer as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  return () => void Object.assign(globalThis, real);
}
