import type { Procedure } from '../manual/manual.ts';
import { beginCard, goOn } from './cards.ts';
import type { Piece } from './pieces.ts';
import type { Draft, Turn } from './turn.ts';

/**
 * Begins a card, or goes on with it where it is being read already. `beware` where the present
 * card's hazard is still a danger to whoever helps.
 */
export function begin(
  turn: Turn,
  { id }: Procedure,
  urgency: Draft['urgency'],
  beware?: boolean,
): Draft {
  if (id === turn.current?.id) return goOnWith(turn, turn.current, urgency);
  const card = turn.card(id) as Procedure;
  const rung = urgency === 'CRITICAL' ? 'floor' : 'card';
  const before = beware && turn.current ? turn.own('onlyWhereSafe', turn.current) : undefined;
  return { ...beginCard(turn, card, before), urgency, rung };
}

export function goOnWith(
  turn: Turn,
  card: Procedure,
  urgency: Draft['urgency'],
  before?: Piece,
): Draft {
  return { ...goOn(turn, card, before), urgency, rung: 'card' };
}
