import { AuroraError } from '../../functions/src/errors.ts';
import { live } from '../../functions/src/paths.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Backend } from './parts.ts';
import type { Platform } from './platform.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Attempts at one request, by whoever is not told what came of it. */
const MOST_TRIES = 6;
/** Milliseconds in which a lease ends that nobody renews. */
const LEASE = 45_000;

export interface SupervisorsOptions {
  random: Random;
  scheduler: Scheduler;
  faults: Faults;
  ledger: Ledger;
  platform: Pick<Platform, 'request'>;
  /** What the live database holds. */
  get: (path: string) => unknown;
  trace: (text: () => string) => void;
}

/**
 * Supervisors at their pages: they take calls over, write to the caller, hand back, hand on, or
 * vanish. A request that was not answered is made again, as a client does.
 */
export function createSupervisors(options: SupervisorsOptions) {
  const { random, scheduler, faults, ledger, platform, get, trace } = options;
  let messages = 0;

  /** Undefined where it was refused, or never answered. */
  async function ask<T>(what: string, work: (backend: Backend) => Promise<T>) {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const result = await platform.request(what, work);
      if (!(result instanceof Error)) return result;
      if (result instanceof AuroraError && result.status < 500) {
        trace(() => `${what} is refused: ${result.code}`);
        return undefined;
      }
      await scheduler.sleep(faults.delay());
    }
    return undefined;
  }

  async function takeOver(id: string, callId: string) {
    const owner = await ask(`takeover by ${id}`, ({ reaching }) =>
      reaching().holding.takeOver(callId, id),
    );
    if (owner) ledger.owned.push({ callId, owner });
    return owner;
  }

  async function write(id: string, callId: string): Promise<void> {
    messages += 1;
    const content = `message ${messages} of ${id}`;
    const sent = await ask(`message by ${id}`, ({ reaching }) =>
      reaching().messages.send(callId, id, content, `key-${content}`),
    );
    if (sent) ledger.messages.push({ callId, message: sent.message });
  }

  /** One supervisor and one call, from the page's opening to its closing. */
  async function work(id: string, callId: string): Promise<void> {
    if (random.chance(0.15)) await write(id, callId);
    const owner = await takeOver(id, callId);
    if (!owner) return;
    for (let acts = random.below(4); acts > 0; acts--) {
      await scheduler.sleep(faults.thinking());
      if (random.chance(0.6)) await write(id, callId);
      else {
        const { epoch } = owner;
        await ask(`renewal by ${id}`, ({ reaching }) =>
          reaching().holding.renew(callId, id, epoch),
        );
      }
    }
    await scheduler.sleep(faults.thinking());
    // A third of them vanish, and their lease lapses.
    const end = random.below(3);
    if (end === 0) {
      const back = await ask(`release by ${id}`, ({ reaching }) =>
        reaching().holding.release(callId, id, 'done'),
      );
      if (back) ledger.owned.push({ callId, owner: back });
    }
    if (end === 1) {
      const to = id === 'admin_0' ? 'admin_1' : 'admin_0';
      const given = await ask(`transfer by ${id}`, ({ reaching }) =>
        reaching().holding.transfer(callId, id, to),
      );
      if (given) ledger.owned.push({ callId, owner: given });
    }
  }

  return {
    takeOver,
    write,

    /** One or two of them, some time after the call with this CallSid began. */
    attend(sid: string): void {
      for (const id of random.chance(0.6) ? ['admin_0', 'admin_1'] : ['admin_0']) {
        scheduler.after(random.below(faults.span), undefined, () => {
          const callId = get(live.callSid(sid));
          if (typeof callId === 'string') void work(id, callId);
        });
      }
    },

    /** How long a caller says nothing now and then: about as long as a lease. */
    pause: () => (random.chance(0.12) ? LEASE - 15 + random.below(30) : faults.thinking()),
  };
}

export type Supervisors = ReturnType<typeof createSupervisors>;
