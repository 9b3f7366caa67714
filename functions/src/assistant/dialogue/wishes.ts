import { atLeast } from '../../calls/urgency.ts';
import type { Utterance } from '../assistant.ts';
import { goOnWith } from './beginning.ts';
import { agrees, confirmed } from './hearing.ts';
import type { Intent } from './intents.ts';
import { compose, type Piece } from './pieces.ts';
import { repeated, slower } from './repeating.ts';
import { beside, type Draft, type Turn } from './turn.ts';

/** Wishes that go before new words about the same hazard: keys, and what they say in words. */
export function firstWishes(turn: Turn, namesHazard: boolean): Draft | undefined {
  const { asked } = turn;
  if (wants(turn, '0', 'repeat')) return repeated(turn);
  if (wants(turn, undefined, 'slower')) return slower(turn);
  if (asked && (wants(turn, '1') || agrees(turn))) return confirmed(turn, asked, asked.urgency);
  if (wants(turn, '9', 'person')) return person(turn);
  if (wants(turn, '1')) return danger(turn);
  if (wants(turn, '2') || (!namesHazard && wants(turn, '2', 'safe'))) return safe(turn);
  return closing(turn);
}

/** Wishes that are answered in the middle of a card too. */
export function besides(turn: Turn, urgency: Draft['urgency']): Draft | undefined {
  const { current, intents } = turn;
  if (current && intents.has('next')) return goOnWith(turn, current, urgency);
  if (current && intents.has('greeting')) return goOnWith(turn, current, urgency, turn.own('here'));
  for (const wish of ['number', 'who', 'thanks'] as const) {
    if (intents.has(wish)) return settled(beside(turn, urgency, 'dialogue', [turn.own(wish)]));
  }
  return undefined;
}

/** The caller says that it is over, or never was: noted, and nothing is lowered by it. */
function closing(turn: Turn): Draft | undefined {
  const { urgency } = turn.recognition;
  const say = (pieces: Piece[]) => settled(beside(turn, urgency, 'dialogue', pieces));
  if (wants(turn, undefined, 'helpHere')) return say([turn.own('helpHere')]);
  if (wants(turn, undefined, 'falseAlarm')) return say([turn.own('falseAlarm')]);
  if (wants(turn, undefined, 'wrongNumber')) return say([turn.own('wrongNumber')]);
  if (wants(turn, undefined, 'prank')) return say([turn.own('keepFree')]);
  return undefined;
}

export function danger(turn: Turn, pressed = true): Draft {
  const before = pressed ? turn.own('inDanger') : undefined;
  if (turn.current) return goOnWith(turn, turn.current, 'CRITICAL', before);
  const pieces = compose(
    [before, turn.own('getAway'), turn.own('callNow')],
    [turn.forPeople(), { ...turn.own('whatHappens'), question: 'where' }],
  );
  return beside(turn, 'CRITICAL', 'floor', pieces);
}

function safe(turn: Turn): Draft {
  const question: Piece = { ...turn.own('safeQuestion'), question: 'injured' };
  const pieces = compose([turn.own('safe')], [question]);
  return settled(beside(turn, turn.recognition.urgency, 'dialogue', pieces));
}

function person(turn: Turn): Draft {
  const urgency = atLeast('URGENT', turn.recognition.urgency);
  const question: Piece = { ...turn.own('personQuestion'), question: 'hazard' };
  const said = turn.own(turn.situation.reaches ? 'personTried' : 'person');
  return settled(beside(turn, urgency, 'person', compose([said, question])));
}

/** A key is plain; words count only without one. */
function wants(
  { utterance, intents }: Turn,
  key: Utterance['key'] | undefined,
  intent?: Intent,
): boolean {
  if (utterance.key) return utterance.key === key;
  return intent !== undefined && intents.has(intent);
}

function settled(draft: Draft): Draft {
  return { ...draft, settled: true };
}
