import { readCall } from '../../functions/src/calls/live.ts';
import { isHeld } from '../../functions/src/calls/owner.ts';
import type { Chain } from '../../functions/src/paging/chain.ts';
import { live } from '../../functions/src/paths.ts';
import type { Ledger } from './ledger.ts';
import type { Platform } from './platform.ts';
import type { Random } from './random.ts';
import type { RealtimeStore } from './realtime-database.ts';
import type { Scheduler } from './scheduler.ts';
import type { Supervisors } from './supervisors.ts';
import { linkIn, type Telephone } from './telephone.ts';

/** Milliseconds in which a lease that nobody renews is over. */
const PAST_A_LEASE = 46_000;
/** Milliseconds between two runs of the minute schedule here, and how many end every chain. */
const A_WHILE = 11_000;
const ALL_STEPS = 8;

/** Milliseconds within which what meets happens. */
const AT_ONCE = 40;

export interface LetGoOptions {
  random: Random;
  scheduler: Scheduler;
  platform: Pick<Platform, 'lookAfter'>;
  supervisors: Pick<Supervisors, 'takeOver' | 'write'>;
  telephone: Telephone;
  realtime: RealtimeStore;
  ledger: Ledger;
  trace: (host: undefined, text: () => string) => void;
}

/**
 * Everything works, and some callers are still on the line. A supervisor takes them over, writes to
 * them, and vanishes; nobody answers a page. Each of them is where the owner of the call is, hears
 * what was written, gets Aurora back, and the pages come to their end. Then they hang up.
 */
export async function letGo(options: LetGoOptions): Promise<void> {
  const { random, scheduler, platform, supervisors, telephone, realtime, ledger, trace } = options;
  const callers = telephone.waiting().flatMap(({ sid }) => {
    const callId = realtime.get(live.callSid(sid));
    return typeof callId === 'string' && isActive(callId) ? [{ sid, callId }] : [];
  });

  function isActive(callId: string): boolean {
    const value = realtime.get(live.call(callId));
    return value !== null && readCall(value).status === 'ACTIVE';
  }

  async function pass(milliseconds: number): Promise<void> {
    scheduler.after(milliseconds, undefined, platform.lookAfter);
    await scheduler.run();
  }

  /** A caller whom nobody has got past the beginning is played nothing that has a turn. */
  function checkPlace(when: string, of?: ReadonlySet<string>): void {
    for (const { sid, callId } of callers) {
      if (of?.has(callId) === false) continue;
      const document = telephone.waiting().find((line) => line.sid === sid)?.document;
      const link = document === undefined ? undefined : linkIn(document);
      const value = realtime.get(live.call(callId));
      // A call that Twilio began again under another id learns of a takeover by being sent on alone.
      if (!link || value === null || link.call !== callId) continue;
      const call = readCall(value);
      if (call.status !== 'ACTIVE') continue;
      const held = isHeld(call, scheduler.now());
      if (call.owner?.kind === 'supervisor' && !held) {
        ledger.violations.push(`${callId}: nobody has the call ${when}: its lease lapsed`);
      }
      if (held !== (link.heldUntil !== undefined)) {
        const place = held ? 'with Aurora' : 'held';
        ledger.violations.push(`${callId}: the caller is ${place} ${when}, the owner is not`);
      }
    }
  }

  trace(undefined, () => 'a supervisor takes over whoever is left, and writes');
  const taken = new Set<string>();
  for (const { sid, callId } of callers) {
    // While Aurora answers.
    scheduler.after(random.below(AT_ONCE), undefined, () => void telephone.say(sid));
    scheduler.after(random.below(AT_ONCE), undefined, async () => {
      if (!(await supervisors.takeOver('admin_0', callId))) return;
      taken.add(callId);
      if (random.chance(0.5)) await supervisors.write('admin_0', callId);
    });
  }
  await scheduler.run();
  checkPlace('after a takeover', taken);
  for (let turns = 0; turns < 2; turns++) {
    for (const { sid } of callers) void telephone.say(sid);
    await scheduler.run();
  }
  checkHeard();
  trace(undefined, () => 'the supervisor vanishes');
  await pass(PAST_A_LEASE);
  checkPlace('after a lapse');
  for (let times = 0; times < ALL_STEPS; times++) await pass(A_WHILE);
  checkChains();
  for (const { sid } of telephone.waiting()) void telephone.hangUp(sid);
  await scheduler.run();
  await pass(A_WHILE);

  function checkHeard(): void {
    for (const { callId, message } of ledger.messages) {
      if (!callers.some((caller) => caller.callId === callId) || !isActive(callId)) continue;
      if (ledger.played.some(({ document }) => document.includes(message.content))) continue;
      ledger.violations.push(`${callId}: the caller never heard ${message.content}`);
    }
  }

  function checkChains(): void {
    for (const { callId } of callers) {
      const chain = realtime.get(live.pageChain(callId)) as Chain | null;
      const value = realtime.get(live.call(callId));
      if (value === null || readCall(value).status !== 'ACTIVE') continue;
      if (!chain) ledger.violations.push(`${callId}: a lease lapsed, and nobody was fetched`);
      else if (!chain.closed) ledger.violations.push(`${callId}: its pages come to no end`);
      else if (chain.closed.reason === 'nobody') {
        const steps = Object.values(readCall(value).timeline ?? {}).map(({ step }) => step);
        const isReached = steps.some((step) => step.startsWith('emergency_'));
        if (!isReached) ledger.violations.push(`${callId}: its pages end with a supervisor`);
      }
    }
  }
}
