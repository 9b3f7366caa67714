import type { Owner } from '../../functions/src/calls/model.ts';
import { instant } from '../../functions/src/calls/times.ts';
import type { Chain } from '../../functions/src/paging/chain.ts';
import { live } from '../../functions/src/paths.ts';
import type { Ledger } from './ledger.ts';
import { child } from './realtime-database.ts';
import { changes } from './watch.ts';

/** Looks at every change of who has a call, and of who is fetched for it. */
export function watchPeople(ledger: Ledger, now: () => number) {
  const { violations, owners } = ledger;

  return function watch(before: unknown, after: unknown): void {
    const [old, current] = [child(before, live.calls), child(after, live.calls)];
    if (old !== current) {
      const ids = new Set([...Object.keys(old ?? {}), ...Object.keys(current ?? {})]);
      for (const id of ids) {
        if (child(old, id) !== child(current, id))
          watchCall(id, child(old, id), child(current, id));
      }
    }
    for (const [id, old, current] of changes(live.pageChains, before, after)) {
      watchChain(id, old as Chain, current as Chain);
    }
  };

  function watchCall(id: string, old: unknown, current: unknown): void {
    const isLive = child(current, 'status') === 'ACTIVE';
    const [was, is] = [old, current].map((call) => child(call, 'owner') as Owner | null);
    const history = owners.get(id) ?? [];
    owners.set(id, history);
    history.push({ from: now(), owner: isLive ? (is ?? AURORA) : undefined });
    if (old === null || current === null || was === null || was === undefined) return;
    if (!is || is.epoch < was.epoch) violations.push(`${id}: an epoch stepped back`);
    else if (is.epoch === was.epoch && nameOf(is) !== nameOf(was)) {
      violations.push(`${id}: two owners of epoch ${is.epoch}: ${nameOf(was)}, ${nameOf(is)}`);
    } else if (wasTaken(was, is) && !isHandedOver(current, is)) {
      violations.push(`${id}: ${nameOf(was)} had the call, and ${nameOf(is)} took it`);
    }
  }

  /** From a supervisor whose lease holds, by another one. */
  function wasTaken(was: Owner, is: Owner): boolean {
    const isOther = is.kind === 'supervisor' && was.kind === 'supervisor' && is.id !== was.id;
    return isOther && (was.leg !== undefined || instant(was.until ?? '') > now());
  }

  /** A step has one holder until that one's time is over, and so has an acceptance. */
  function watchChain(id: string, was: Chain, is: Chain): void {
    if (is.round !== was.round) return;
    if (is.next < was.next) violations.push(`${id}: its pages stepped back`);
    const { claim: held, accepted } = was;
    const isTaken = held && is.claim && is.claim.by !== held.by && held.until > now();
    if (isTaken) violations.push(`${id}: step ${held.stage} was claimed twice`);
    if (is.claim && is.claim.by !== held?.by && is.claim.stage < was.next) {
      violations.push(`${id}: step ${is.claim.stage} was done, and is claimed again`);
    }
    const other = is.accepted && accepted && is.accepted.by !== accepted.by;
    if (other && accepted.until > now()) violations.push(`${id}: accepted by two people`);
  }
}

const AURORA: Owner = { kind: 'aurora', epoch: 0 };

function nameOf({ kind, id }: Owner): string {
  return id ?? kind;
}

function isHandedOver(call: unknown, { epoch }: Owner): boolean {
  const entries = Object.values((child(call, 'timeline') ?? {}) as object);
  return entries.some((entry) => entry.epoch === epoch && entry.step === 'transferred');
}
