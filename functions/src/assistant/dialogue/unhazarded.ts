import type { Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import { bareAnswer } from './answers.ts';
import { compose, type Piece } from './pieces.ts';
import { nextQuestion } from './questions.ts';
import { beside, type Draft, type Turn } from './turn.ts';
import { danger } from './wishes.ts';

/** The question of the words for what the manual does not say: "Is anybody hurt or in danger?" */
export const DANGER = 'danger';

/**
 * What is said where no hazard is known and no passage answers: never an instruction. What is not
 * in the manual is told so, with a question back and the key for a person.
 */
export function withoutHazard(turn: Turn, urgency: Urgency, asks: boolean): Draft {
  const { intents, text, situation } = turn;
  const answer = bareAnswer(turn);
  if (situation.question === DANGER && answer === 'yes') return danger(turn, false);
  if (answer === 'no') {
    return beside(turn, urgency, 'dialogue', [{ ...turn.own('notAsked'), question: 'hazard' }]);
  }
  if (text === '' || intents.has('greeting')) {
    return beside(turn, urgency, 'dialogue', [turn.varied('greeting')]);
  }
  if (intents.has('panic')) {
    const question: Piece = { ...turn.own('personQuestion'), question: 'hazard' };
    return beside(turn, atLeast('URGENT', urgency), 'person', [turn.varied('calm'), question]);
  }
  const question = nextQuestion(turn, undefined);
  if (asks || !question) {
    return beside(turn, urgency, 'person', [{ ...turn.varied('unknown'), question: DANGER }]);
  }
  const before = Object.keys(turn.told).length > 0 ? turn.varied('noted') : turn.varied('calm');
  return beside(turn, urgency, 'person', compose([before, question], [turn.own('forPerson')]));
}
