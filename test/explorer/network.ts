import { AuroraError } from '../../functions/src/errors.ts';
import type { Faults, Service } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Host, Scheduler } from './scheduler.ts';

/** One call to a service: `effect` happens there, at once and whole, at an instant of its own. */
export type Remote = <T>(label: () => string, effect: () => T) => Promise<T>;

/** Without delay or fault: for whoever stands outside the schedule. */
export const atOnce: Remote = async (_, effect) => effect();

export interface NetworkOptions {
  scheduler: Scheduler;
  faults: Faults;
  ledger: Ledger;
  trace: (host: Host | undefined, text: () => string) => void;
}

/** After so many milliseconds a caller gives up; what it asked for may still happen. */
const DEADLINES: Record<Service, number> = {
  live: 5_000,
  firestore: 60_000,
  tasks: 1_500,
  twilio: 5_000,
};

export function createNetwork({ scheduler, faults, ledger, trace }: NetworkOptions) {
  function remote(host: Host, service: Service): Remote {
    return (label, effect) =>
      new Promise((resolve, reject) => {
        host.callsUntilCrash -= 1;
        host.callsUntilFreeze -= 1;
        const { there, back, outcome } = faults.fate(service);
        const gaveUp = there + back > DEADLINES[service];
        const fails = gaveUp || outcome !== 'served' || host.callsUntilCrash === 0;
        if (gaveUp || (fails && !host.isRetried)) ledger.strayed = true;
        if (host.callsUntilCrash === 0) {
          trace(host, () => `crashes at ${label()}`);
          scheduler.crash(host);
          // The request may be under way already.
          if (outcome !== 'served') return;
        }
        if (host.callsUntilFreeze === 0) freezeAWhile(host);
        if (gaveUp) scheduler.after(DEADLINES[service], host, () => reject(away(service)));
        scheduler.after(there, undefined, () => {
          if (outcome === 'lost') {
            trace(host, () => `${label()}: lost`);
            if (!gaveUp) scheduler.after(back, host, () => reject(away(service)));
            return;
          }
          const settle = attempt(effect, resolve, reject);
          trace(host, () => `${label()}${settle.text()}${gaveUp ? ' (given up before)' : ''}`);
          if (gaveUp) return;
          scheduler.after(
            back,
            host,
            outcome === 'served' ? settle.run : () => reject(away(service)),
          );
        });
      });
  }

  function freezeAWhile(host: Host): void {
    trace(host, () => 'freezes');
    scheduler.freeze(host);
    scheduler.after(faults.freezeLength(!host.isRetried), undefined, () => {
      trace(host, () => 'thaws');
      scheduler.thaw(host);
    });
  }

  return { remote };
}

function attempt<T>(
  effect: () => T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
) {
  try {
    const value = effect();
    return { run: () => resolve(value), text: () => shown(value) };
  } catch (error) {
    return { run: () => reject(error), text: () => ` throws ${(error as Error).message}` };
  }
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return ` = ${text.length > 160 ? `${text.slice(0, 157)}...` : text}`;
}

function away(service: Service): AuroraError {
  return new AuroraError(503, 'database_away', `The service ${service} did not answer.`);
}
