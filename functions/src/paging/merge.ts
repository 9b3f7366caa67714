import type { Call, CallStarted } from '../calls/model.ts';
import { instant } from '../calls/times.ts';
import type { Chain } from './chain.ts';
import { mergedInto, take } from './merged.ts';
import type { Calls } from './ports.ts';
import { raise as raiseChain } from './raised.ts';
import type { ChainStore } from './store.ts';
import type { TellOthers } from './tell-others.ts';
import type { Timeline } from './timeline.ts';
import type { FindTold } from './told.ts';
import type { Outcome, Wish } from './wish.ts';

/** Milliseconds between the beginnings of two calls of one incident. */
const TOGETHER = 10 * 60_000;

export interface MergeOptions {
  store: ChainStore;
  calls: Calls;
  tellOthers: TellOthers;
  timeline: Timeline;
  told: FindTold;
  raise: (wish: Wish) => Promise<Outcome>;
  runDue: (callId: string, lease?: number) => Promise<unknown>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Has the people of one call of an incident be those of the others as well. */
export function createMerge(options: MergeOptions) {
  const { store, calls, timeline, raise, runDue, now } = options;

  /** The open chain of another call of the incident. */
  async function hostOf(wish: Wish, call: Place | undefined): Promise<Chain | undefined> {
    if (!call) return undefined;
    const open = (await store.all()).filter(
      ({ closed, company_id, call_id }) =>
        !closed && company_id === call.company_id && call_id !== wish.callId,
    );
    if (open.length === 0) return undefined;
    const incident = await calls.incidentOf(wish.callId).catch(() => undefined);
    for (const chain of open) {
      const other = await calls.live(chain.call_id);
      if (!other || other.status === 'ENDED') continue;
      if (incident !== undefined && incident === other.incident_id) return chain;
      // What makes a call urgent may not be in the live copy yet, and so its incident.
      const bothCritical = wish.why === 'critical' && chain.why === 'critical';
      if (bothCritical && isTogether(call, other)) return chain;
    }
    return undefined;
  }

  async function merge(
    host: Chain,
    wish: Wish,
    call: Call | undefined,
    known: Chain | undefined,
  ): Promise<Outcome> {
    const { callId, why } = wish;
    const chain = await store.change(host.call_id, (before) => {
      if (!before || before.closed) return { result: undefined };
      const asked = { ...before, why, at: now() };
      const taken = take(before, callId, now());
      const { chain: sharpened } = raiseChain(taken, asked, before.policy, now());
      return { chain: sharpened, result: sharpened };
    });
    // Its last answer came in between: this call has people of its own.
    if (!chain) return raise(wish);
    await store.change(callId, (before) => {
      if (before && !before.closed) return { result: undefined };
      return { chain: mergedInto(chain, callId, why, before, now()), result: undefined };
    });
    await timeline.note(chain, [
      { step: 'page_merged', other: callId, key: [callId] },
      { step: 'page_merged', other: chain.call_id, key: [callId], callId },
    ]);
    const isNews = known?.merged_into !== chain.call_id || known.why !== 'critical';
    if (why === 'critical' && isNews) {
      await options.tellOthers.critical(chain, callId, await options.told({ ...chain, why }, call));
    }
    await runDue(chain.call_id, wish.lease);
    return 'merged';
  }

  return { hostOf, merge };
}

export type Merge = ReturnType<typeof createMerge>;

export type Place = Pick<Call, 'company_id' | 'site_id' | 'timestamp'>;

export function placeOf(started: CallStarted | undefined): Place | undefined {
  return started && { ...started, timestamp: started.at };
}

/** Calls from one site that began within minutes are of one incident. */
function isTogether(one: Place, other: Place): boolean {
  const apart = Math.abs(instant(one.timestamp) - instant(other.timestamp));
  return one.site_id === other.site_id && apart <= TOGETHER;
}
