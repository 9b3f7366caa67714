import type { Line, Owner } from './model.ts';
import { instant } from './times.ts';

/**
 * Who speaks, whatever the order of arrival: the higher epoch stands. An epoch is given out once, by
 * compare-and-set on the live call, so two owners of one epoch are one owner whose lease was renewed:
 * the later end stands.
 */
export function foldOwner(known: Owner | undefined, owner: Owner): Owner {
  if (!known) return owner;
  const order =
    known.epoch - owner.epoch ||
    endOf(known) - endOf(owner) ||
    compare(textOf(known), textOf(owner));
  return order >= 0 ? known : owner;
}

/** A lease without an end is held by a joined leg, and outlasts every lease by the clock. */
function endOf({ kind, until }: Owner): number {
  if (until !== undefined) return instant(until);
  return kind === 'supervisor' ? Number.MAX_SAFE_INTEGER : 0;
}

/** The newest place of the line: the higher epoch, then the later turn. */
export function foldLine(known: Line | undefined, line: Line): Line {
  if (!known) return line;
  const order =
    known.epoch - line.epoch || known.turn - line.turn || compare(known.link, line.link);
  return order >= 0 ? known : line;
}

function textOf({ kind, id, leg }: Owner): string {
  return JSON.stringify([kind, id ?? '', leg ?? '']);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether a supervisor speaks on the call at this moment (epoch milliseconds), and Aurora does not.
 * A lease that has ended holds nothing, also before somebody has noticed it.
 */
export function isHeld({ owner }: { owner?: Owner | undefined }, now: number): boolean {
  if (owner?.kind !== 'supervisor') return false;
  return owner.leg !== undefined || owner.until === undefined || instant(owner.until) > now;
}
