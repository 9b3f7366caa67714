import { compareHazards, type Sighting } from '../floor/recognize.ts';
import type { Manuals, Procedure } from '../manual/manual.ts';

/** What the hazards of one utterance mean for the card that is being read. */
export interface CardChange {
  /** The card to begin. */
  to?: Procedure;
  /** Whether helpers are still in danger from the present card's hazard: to be said first. */
  beware?: boolean;
  /** Named, but the present card goes first. */
  also?: Procedure;
}

/**
 * Decides whether new words change the card. Without a card the worst hazard's begins. A card gives
 * way to a hazard that is worse, or that is new while the present one is not named again.
 */
export function changesCard(
  sightings: readonly Sighting[],
  current: Procedure | undefined,
  procedures: Manuals['procedures'],
): CardChange {
  const [worst, ...others] = sightings;
  const procedure = worst && procedures.get(worst.hazard);
  if (!worst || !procedure) return {};
  if (!current) return { to: procedure };
  const next = [worst, ...others].find(({ hazard }) => hazard !== current.id);
  const other = next && procedures.get(next.hazard);
  if (!next || !other) return {};
  const namedAgain = sightings.some(({ hazard }) => hazard === current.id);
  if (!takesOver(next, other, current, namedAgain)) return { also: other };
  const stillThere = current.dangerToHelpers && !other.dangerToHelpers;
  return stillThere ? { to: other, beware: true } : { to: other };
}

function takesOver(
  { urgency }: Sighting,
  other: Procedure,
  current: Procedure,
  namedAgain: boolean,
): boolean {
  if (current.urgency !== 'CRITICAL') return urgency === 'CRITICAL' || !namedAgain;
  // "Accident" says less than any card, and a missing person is part of the card that is read.
  if (urgency !== 'CRITICAL' || other.urgency !== 'CRITICAL' || other.id === 'accident')
    return false;
  if (current.id === 'accident') return true;
  if (compareHazards(other.id, current.id) < 0) return true;
  if (namedAgain) return false;
  if (current.dangerToHelpers) return true;
  // Who loses consciousness may stop breathing; chest compressions go on anyway.
  return other.id === 'unconscious' && current.id !== 'cardiac-arrest';
}
