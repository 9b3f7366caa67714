import type { Urgency } from '../../calls/model.ts';
import type { Procedure } from '../manual/manual.ts';
import { type Found, findPassages } from '../retrieval/search.ts';
import { contentWords } from '../retrieval/words.ts';
import { step } from './cards.ts';
import { compose, countPieces, type Piece } from './pieces.ts';
import { beside, type Draft, type Turn } from './turn.ts';

/** Words of a procedure that are read to somebody who only asks about it. */
const WORDS_ABOUT = 40;

/** Somebody asks about a hazard that is, by their words, not there. */
export function aboutCard(turn: Turn, card: Procedure, urgency: Urgency): Draft {
  const named = contentWords(`${card.title} ${card.spoken}`);
  const asksMore = contentWords(turn.text).some((word) => !named.includes(word));
  const found = findPassages(turn.pack, turn.text, { ...turn.searching, hazard: card.id }).find(
    ({ passage }) => asksMore && passage.question !== '',
  );
  const answer: Piece[] = found ? [spokenAs(found)] : firstSteps(turn, card);
  const pieces = compose(answer, [turn.own('notHappening')]);
  return { ...beside(turn, urgency, 'passage', pieces), asked: card.id };
}

export function spokenAs({ passage, score }: Found): Piece {
  return { text: passage.text, language: passage.language, passage, score };
}

function firstSteps(turn: Turn, card: Procedure): Piece[] {
  const pieces: Piece[] = [];
  for (const at of card.steps.keys()) {
    const piece = step(turn, card, at);
    if (countPieces([...pieces, piece]) > WORDS_ABOUT) break;
    pieces.push(piece);
  }
  return pieces;
}
