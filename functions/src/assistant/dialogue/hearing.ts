import { compareUrgency } from '../floor/recognize.ts';
import type { Procedure } from '../manual/manual.ts';
import { begin, goOnWith } from './beginning.ts';
import { compose } from './pieces.ts';
import { changesCard } from './takeover.ts';
import { beside, type Draft, type Turn } from './turn.ts';

/** Below this Twilio's Confidence means "heard badly". */
const HEARD_BADLY = 0.5;

export function heardBadly({ text, utterance }: Turn): boolean {
  return text !== '' && (utterance.confidence ?? 1) < HEARD_BADLY;
}

/**
 * What a bad hearing means: it raises and is asked back, and never takes anything back. Undefined
 * where it is plain all the same: a key, a call for help, "yes" to what was asked back.
 */
export function answerBadHearing(turn: Turn): Draft | undefined {
  const { recognition, utterance, intents, asked, current } = turn;
  const [heard] = [...recognition.hazards, ...recognition.aside]
    .filter(({ hazard }) => turn.pack.procedures.has(hazard))
    .sort((one, other) => compareUrgency(other.urgency, one.urgency));
  if (utterance.key || (recognition.callForHelp && recognition.hazards.length === 0)) {
    return undefined;
  }
  if (heard) {
    const card = turn.card(heard.hazard) as Procedure;
    if (card.id === asked?.id) return confirmed(turn, card, heard.urgency);
    const { to } = changesCard([heard], current, turn.pack.procedures);
    return current && !to
      ? goOnWith(turn, current, heard.urgency)
      : askBack(turn, card, heard.urgency);
  }
  if (asked && agrees(turn)) return undefined;
  if (intents.has('repeat') || intents.has('person')) return undefined;
  return {
    ...beside(turn, 'NORMAL', 'dialogue', [turn.varied('notHeard')]),
    ...(asked ? { asked: asked.id } : {}),
  };
}

/** What was asked back is so: its card begins, unless the present one goes first. */
export function confirmed(turn: Turn, card: Procedure, urgency: Draft['urgency']): Draft {
  const sighting = { hazard: card.id, urgency };
  const change = changesCard([sighting], turn.current, turn.pack.procedures);
  if (change.to || !turn.current) return begin(turn, card, urgency, change.beware);
  return goOnWith(turn, turn.current, urgency);
}

export function agrees({ utterance, intents }: Turn): boolean {
  return !utterance.key && intents.has('yes') && !intents.has('no');
}

function askBack(turn: Turn, card: Procedure, urgency: Draft['urgency']): Draft {
  const meanwhile = urgency === 'CRITICAL' ? turn.own('meanwhile') : undefined;
  const pieces = compose([turn.own('didYouSay', card), meanwhile]);
  return { ...beside(turn, urgency, 'dialogue', pieces), asked: card.id };
}
