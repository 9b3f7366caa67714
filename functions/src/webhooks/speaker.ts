import type { Call, Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { instant } from '../calls/times.ts';
import type { Link } from './link.ts';

/** Who speaks on the line, as far as an instance knows. */
export type Speaker =
  | {
      kind: 'aurora';
      epoch: number;
      /** A supervisor's lease that has ended, and that nobody has noticed yet. */
      lapsed?: Owner;
    }
  | {
      kind: 'supervisor';
      epoch: number;
      /** Epoch seconds until which this is known. */
      until: number;
    };

/** Seconds for which it is believed that a joined leg, which has no clock, holds a call. */
const LEG_BELIEVED = 45;

/** What was read of the live call. `undefined`: nothing, or not in time. */
export type Read = { call?: Call | undefined } | undefined;

/**
 * The live call decides, unless it was read before it knew of what the link tells: an epoch is
 * given out once and never goes back. Where nothing could be read, a hold lasts until the end of the
 * lease that is known, and then Aurora speaks: a caller is not left alone because a database is away.
 */
export function speakerOf(link: Link, read: Read, now: number): Speaker {
  if (!read) return asSent(link, now);
  const { call } = read;
  if (call?.status !== 'ACTIVE') return { kind: 'aurora', epoch: link.epoch };
  const owner = call.owner ?? { kind: 'aurora', epoch: 0 };
  if (owner.epoch < link.epoch) return asSent(link, now);
  if (isHeld({ owner }, now)) return heldBy(owner, now);
  return {
    kind: 'aurora',
    epoch: owner.epoch,
    ...(owner.kind === 'supervisor' ? { lapsed: owner } : {}),
  };
}

/** `heldUntil` of a call that a supervisor has. */
export function heldBy({ epoch, until }: Owner, now: number): Speaker & { kind: 'supervisor' } {
  const end = until === undefined ? now / 1_000 + LEG_BELIEVED : instant(until) / 1_000;
  return { kind: 'supervisor', epoch, until: Math.ceil(end) };
}

function asSent({ epoch, heldUntil }: Link, now: number): Speaker {
  if (heldUntil === undefined || now >= heldUntil * 1_000) return { kind: 'aurora', epoch };
  return { kind: 'supervisor', epoch, until: heldUntil };
}
