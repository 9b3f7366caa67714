import { atLeast } from '../../calls/urgency.ts';
import { compareUrgency } from '../floor/recognize.ts';
import { languageAfterBadHearing } from '../languages/choose.ts';
import type { Procedure } from '../manual/manual.ts';
import { bareAnswer } from './answers.ts';
import { begin, goOnWith } from './beginning.ts';
import { compose } from './pieces.ts';
import { callLanguages, inLanguage } from './switching.ts';
import { changesCard } from './takeover.ts';
import { beside, type Draft, type Turn } from './turn.ts';

/**
 * What a bad hearing means: it raises and is asked back, and never takes anything back. Undefined
 * where it is plain all the same: a key, a call for help, "yes" to what was asked back.
 */
export function answerBadHearing(turn: Turn): Draft | undefined {
  const { recognition, utterance, intents, asked } = turn;
  if (utterance.key || (recognition.callForHelp && recognition.hazards.length === 0)) {
    return undefined;
  }
  const [heard] = [...recognition.hazards, ...recognition.aside]
    .filter(({ hazard }) => turn.pack.procedures.has(hazard))
    .sort((one, other) => compareUrgency(other.urgency, one.urgency));
  const badly_heard = (turn.situation.badly_heard ?? 0) + 1;
  if (heard) {
    const urgency = atLeast(heard.urgency, recognition.urgency);
    return { ...heardHazard(turn, { ...heard, urgency }), badly_heard, settled: true };
  }
  if (asked && agrees(turn)) return undefined;
  if (intents.has('repeat') || intents.has('person')) return undefined;
  const language = languageAfterBadHearing(badly_heard, callLanguages(turn.situation));
  if (language !== undefined) return { ...inLanguage(turn, language), badly_heard };
  return {
    ...beside(turn, recognition.urgency, 'dialogue', [turn.varied('notHeard')]),
    ...(asked ? { asked: asked.id } : {}),
    badly_heard,
    settled: true,
  };
}

function heardHazard(turn: Turn, heard: { hazard: string; urgency: Draft['urgency'] }): Draft {
  const { asked, current } = turn;
  const card = turn.card(heard.hazard) as Procedure;
  if (card.id === asked?.id) return confirmed(turn, card, heard.urgency);
  const { to } = changesCard([heard], current, turn.pack.procedures);
  return current && !to
    ? goOnWith(turn, current, heard.urgency)
    : askBack(turn, card, heard.urgency);
}

/** What was asked back is so: its card begins, unless the present one goes first. */
export function confirmed(turn: Turn, card: Procedure, urgency: Draft['urgency']): Draft {
  const sighting = { hazard: card.id, urgency };
  const change = changesCard([sighting], turn.current, turn.pack.procedures);
  if (change.to || !turn.current) return begin(turn, card, urgency, change.beware);
  return goOnWith(turn, turn.current, urgency);
}

export function agrees(turn: Turn): boolean {
  return bareAnswer(turn) === 'yes';
}

function askBack(turn: Turn, card: Procedure, urgency: Draft['urgency']): Draft {
  const meanwhile = urgency === 'CRITICAL' ? turn.own('meanwhile') : undefined;
  const pieces = compose([turn.own('didYouSay', card), meanwhile]);
  return { ...beside(turn, urgency, 'dialogue', pieces), asked: card.id };
}
