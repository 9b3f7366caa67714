import type { Companies } from '../access/companies.ts';
import type { Call, CallStarted } from '../calls/model.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Chain, ChainPolicy } from './chain.ts';
import { type Merge, placeOf } from './merge.ts';
import type { Calls } from './ports.ts';
import { type Raised, raise as raiseChain } from './raised.ts';
import { holderOf } from './settled.ts';
import type { ChainStore } from './store.ts';
import type { Timeline } from './timeline.ts';
import type { Outcome, Wish } from './wish.ts';

export interface RaiseOptions extends Merge {
  store: ChainStore;
  companies: Pick<Companies, 'of'>;
  calls: Calls;
  timeline: Timeline;
  runDue: (callId: string, lease?: number) => Promise<unknown>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Fetches people where they are needed and wanted, and nobody has the call. */
export function createRaise(options: RaiseOptions) {
  const { store, companies, calls, timeline, hostOf, merge, runDue, now, log } = options;

  return async function raise(wish: Wish): Promise<Outcome> {
    const { callId, started, lease } = wish;
    const [known, call] = await Promise.all([store.read(callId), calls.live(callId)]);
    const isLost = wish.why === 'caller_lost';
    if (!call && !isLost) {
      if (await calls.isArchived(callId)) return 'over';
      if (started) await makeLive(started);
    }
    const companyId = call?.company_id ?? started?.company_id ?? known?.company_id;
    if (companyId === undefined || (call?.status === 'ENDED' && !isLost)) return 'over';
    if (call && isHeld(call, wish)) return 'held';
    const mayChange = (wish.why === 'critical' || isLost) && known?.why !== wish.why;
    if (known && !known.closed && !mayChange) {
      await runDue(callId, lease);
      return 'known';
    }
    if (wish.calm && (await isUnwanted(companyId, call))) return 'unwanted';
    const place = call ?? placeOf(started);
    const host = known && !known.closed ? undefined : await hostOf(wish, place);
    if (host) return merge(host, wish, call, known);
    const company = await companies.of(companyId);
    const asked = {
      call_id: callId,
      company_id: companyId,
      why: wish.why,
      at: wish.at ?? now(),
      time_zone: company.time_zone,
      by: wish.by,
      reason: wish.reason,
    };
    const policy = ChainPolicy.parse(company.reaching);
    const { chain, outcome } = await store.change(callId, (before) => {
      const raised = raiseChain(before, asked, policy, now());
      return { chain: raised.chain, result: raised };
    });
    await noteRaised(chain, outcome);
    await runDue(callId, lease);
    return outcome;
  };

  /** So that what is done can be put on its timeline; where it can't, people are fetched all the same. */
  async function makeLive(started: CallStarted): Promise<void> {
    try {
      await calls.record([started]);
    } catch (thrown) {
      log.warn('A call is not live yet; people are fetched for it.', { error: asError(thrown) });
    }
  }

  /** Words of a caller with whom somebody speaks fetch nobody; a supervisor may want another one. */
  function isHeld(call: Call, { why, by }: Wish): boolean {
    if (why === 'requested' && by !== undefined) return false;
    return holderOf(call, now()) !== undefined;
  }

  /** A calm question in a call that was never urgent, in a company that is not asked for those. */
  async function isUnwanted(companyId: string, call: Call | undefined): Promise<boolean> {
    if (call && call.urgency !== 'NORMAL') return false;
    return (await companies.of(companyId)).reaching.unanswered === 'urgent';
  }

  async function noteRaised(chain: Chain, outcome: Raised['outcome']): Promise<void> {
    const { why, by, reason = why } = chain;
    if (outcome === 'opened') {
      await timeline.note(chain, [
        { step: 'page_raised', reason, key: [], ...(by === undefined ? {} : { by }) },
      ]);
    }
    if (outcome === 'sharpened') {
      await timeline.note(chain, [{ step: 'page_escalated', reason: why, key: [why] }]);
    }
  }
}
