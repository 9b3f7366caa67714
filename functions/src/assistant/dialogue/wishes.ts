import { atLeast } from '../../calls/urgency.ts';
import type { Utterance } from '../assistant.ts';
import { MAX_CHARACTERS } from '../floor/words.ts';
import { promisesHelp } from '../languages/promises.ts';
import { goOnWith } from './beginning.ts';
import { step } from './cards.ts';
import { agrees, confirmed } from './hearing.ts';
import type { Intent } from './intents.ts';
import { compose, type Piece } from './pieces.ts';
import { beside, type Draft, type Turn } from './turn.ts';

/** Wishes that go before new words about the same hazard: keys, and what they say in words. */
export function firstWishes(turn: Turn, namesHazard: boolean): Draft | undefined {
  const { asked } = turn;
  if (wants(turn, '0', 'repeat')) return beside(turn, 'NORMAL', 'dialogue', repeated(turn));
  if (asked && (wants(turn, '1') || agrees(turn))) return confirmed(turn, asked, asked.urgency);
  if (wants(turn, '9', 'person')) return person(turn);
  if (wants(turn, '1')) return danger(turn);
  if (wants(turn, '2') || (!namesHazard && wants(turn, '2', 'safe'))) return safe(turn);
  return undefined;
}

/** Wishes that are answered in the middle of a card too. */
export function besides(turn: Turn, urgency: Draft['urgency']): Draft | undefined {
  const { current, intents } = turn;
  if (current && intents.has('next')) return goOnWith(turn, current, urgency);
  if (current && intents.has('greeting')) return goOnWith(turn, current, urgency, turn.own('here'));
  for (const wish of ['number', 'who', 'thanks'] as const) {
    if (intents.has(wish)) return beside(turn, urgency, 'dialogue', [turn.own(wish)]);
  }
  return undefined;
}

export function danger(turn: Turn, pressed = true): Draft {
  const before = pressed ? turn.own('inDanger') : undefined;
  if (turn.current) return goOnWith(turn, turn.current, 'CRITICAL', before);
  const pieces = compose(
    [before, turn.own('getAway'), turn.own('callNow')],
    [turn.own('marked'), turn.own('whatHappens')],
  );
  return beside(turn, 'CRITICAL', 'floor', pieces);
}

function safe(turn: Turn): Draft {
  const pieces = compose([turn.own('safe')], [turn.own('safeQuestion')]);
  return beside(turn, turn.recognition.urgency, 'dialogue', pieces);
}

function person(turn: Turn): Draft {
  const urgency = atLeast('URGENT', turn.recognition.urgency);
  return beside(turn, urgency, 'person', compose([turn.own('person'), turn.own('personQuestion')]));
}

/** A key is plain; words count only without one. */
function wants({ utterance, intents }: Turn, key: Utterance['key'], intent?: Intent): boolean {
  if (utterance.key) return utterance.key === key;
  return intent !== undefined && intents.has(intent);
}

function repeated(turn: Turn): Piece[] {
  const { memory, current } = turn;
  if (memory.last !== undefined && !promisesHelp(memory.last)) {
    return [{ text: memory.last.slice(0, MAX_CHARACTERS).trim(), language: 'en' }];
  }
  return current ? [step(turn, current, Math.max(turn.step, 0))] : [turn.varied('greeting')];
}
