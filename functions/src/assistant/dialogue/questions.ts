import type { FactKind } from '../../calls/model.ts';
import type { Procedure } from '../manual/manual.ts';
import type { Piece } from './pieces.ts';
import type { Turn } from './turn.ts';

/** A question that got no answer is asked once more, in other words; then it is let be. */
const MOST_ASKED = 2;
/** From here on a fact counts as told. */
const TOLD = 0.5;
/** Words of a place that are read back; a longer one is no place. */
const LONGEST_PLACE = 8;

/**
 * What may be asked next, the most useful first: what tells one danger of life from another, where the
 * caller is (or whether it was understood), what has happened, the card's other questions, who is
 * hurt or trapped.
 */
export function questionsFor(turn: Turn, card: Procedure | undefined): Piece[] {
  const ofCard = card ? cardQuestions(turn, card) : [];
  const [decisive, others] = [true, false].map((wanted) =>
    ofCard.filter(({ decides }) => decides === wanted).map(({ piece }) => piece),
  ) as [Piece[], Piece[]];
  // Whoever does not breathe is hurt, and nobody asks how many.
  const ofOnePerson = card !== undefined && !card.dangerToHelpers;
  const tellsByCard = new Set(card?.replies?.map(({ tells }) => tells));
  return [
    ...decisive,
    readBack(turn, card),
    card ? undefined : factQuestion(turn, 'hazard'),
    factQuestion(turn, 'where'),
    ...others,
    ...(['injured', 'trapped'] as const).map((kind) =>
      ofOnePerson || tellsByCard.has(kind) ? undefined : factQuestion(turn, kind),
    ),
  ].filter((piece) => piece !== undefined);
}

export function nextQuestion(turn: Turn, card: Procedure | undefined): Piece | undefined {
  return questionsFor(turn, card)[0];
}

/** A card's question to the caller. */
export function ask({ id, language, questions }: Procedure, at: number): Piece {
  return { text: questions[at] ?? '', language, question: `${id}#ask-${at + 1}` };
}

/** The question about one fact; undefined where the answer is known or was asked for often enough. */
export function factQuestion(turn: Turn, kind: FactKind): Piece | undefined {
  if (isKnown(turn, kind)) return undefined;
  const { variants, language } = turn.wording;
  const texts = variants[kind];
  const times = turn.memory.times(texts);
  if (times >= MOST_ASKED) return undefined;
  // Where this instance can't read the conversation, it still knows what was asked last.
  const again = times > 0 || turn.situation.question === kind;
  return { text: texts[again ? 1 : 0] ?? texts[0], language, question: kind };
}

/** "I understood: fire, hall 3. Is that right?" Once in a call. */
function readBack(turn: Turn, card: Procedure | undefined): Piece | undefined {
  const { where } = turn.facts;
  if (!card || !where || where.confidence < TOLD || turn.situation.confirmed) return undefined;
  const place = where.value.replace(/[^\p{L}\p{M}\p{N} ,'-]/gu, ' ').trim();
  if (!/[\p{L}\p{M}]{4}|\S\s+\S/u.test(place) || place.split(/\s+/).length > LONGEST_PLACE) {
    return undefined;
  }
  const { text, language } = turn.own('confirm', card);
  return { text: text.replace('{place}', () => place), language, question: CONFIRM };
}

export const CONFIRM = 'confirm';

function cardQuestions(turn: Turn, card: Procedure): { piece: Piece; decides: boolean }[] {
  const replies = turn.pack.procedures.get(card.id)?.replies ?? [];
  return card.questions.flatMap((text, at) => {
    const piece = ask(card, at);
    const { yes, no, unsure, tells } = replies[at] ?? {};
    const asked = turn.memory.said(text) || turn.situation.question === piece.question;
    if (asked || (tells && isKnown(turn, tells))) return [];
    return [{ piece, decides: [yes, no, unsure].some((hazard) => hazard !== undefined) }];
  });
}

function isKnown({ facts }: Turn, kind: FactKind): boolean {
  return (facts[kind]?.confidence ?? 0) >= TOLD;
}
