import type { Procedure } from '../manual/manual.ts';
import type { Pack } from '../manual/packs.ts';
import { type Passage, passageId } from '../manual/passages.ts';
import { compose, type Piece } from './pieces.ts';
import { nextQuestion } from './questions.ts';
import type { Draft, Turn } from './turn.ts';
import { countWords } from './wording.ts';

/** Two steps are spoken together up to this many words. */
const WORDS_TOGETHER = 36;

/** A card that is written stands in one reply up to this many words: three messages, or four. */
const WORDS_WRITTEN = 130;

type CardDraft = Pick<Draft, 'pieces' | 'hazard' | 'step'>;

/** Reads a card from its beginning, and a question: the first two steps, or all that are written. */
export function beginCard(turn: Turn, card: Procedure, before?: Piece): CardDraft {
  const last = turn.situation.written
    ? lastWritten(turn, card, 0)
    : Math.min(1, card.steps.length - 1);
  const told = [turn.own('marked'), turn.own('reaching')];
  const marked = told.some(({ text }) => turn.memory.said(text)) || card.urgency !== 'CRITICAL';
  const { pieces, question } = asking(
    [before, ...steps(turn, card, 0, last)],
    nextQuestion(turn, card),
  );
  const said = withQuestion(turn, pieces, [marked ? undefined : turn.forPeople(), question]);
  return { pieces: said, hazard: card.id, step: last };
}

/** A question fits beside whatever is written. */
function withQuestion(
  { situation }: Turn,
  required: readonly (Piece | undefined)[],
  optional: readonly (Piece | undefined)[],
): Piece[] {
  return situation.written ? compose([...required, ...optional]) : compose(required, optional);
}

/** The last step that is written together with the one at `from`. */
function lastWritten(turn: Turn, card: Procedure, from: number): number {
  if (turn.situation.slow) return from;
  let words = 0;
  let last = from;
  for (let at = from; at < card.steps.length; at++) {
    words += countWords(card.steps[at] ?? '');
    if (at > from && words > WORDS_WRITTEN) break;
    last = at;
  }
  return last;
}

/** The steps of a range; where many are written at once, those that were not said yet. */
function steps(turn: Turn, card: Procedure, from: number, to: number): Piece[] {
  const isNew = (at: number) => at === from || !turn.memory.said(card.steps[at] ?? '');
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    .filter((at) => !turn.situation.written || isNew(at))
    .map((at) => step(turn, card, at));
}

/** Goes on with a card after a step, and says no step twice. */
export function goOn(turn: Turn, card: Procedure, before?: Piece): CardDraft {
  const { memory, situation } = turn;
  const after = card.id === turn.current?.id ? turn.step : -1;
  const next = card.steps.findIndex((text, at) => at > after && !memory.said(text));
  const question = nextQuestion(turn, card);
  if (next < 0) {
    const pieces = compose([before, question ?? turn.varied('end')]);
    return { pieces, hazard: card.id, step: card.steps.length - 1 };
  }
  if (situation.written) {
    const last = lastWritten(turn, card, next);
    const pieces = withQuestion(turn, [before, ...steps(turn, card, next, last)], [question]);
    return { pieces, hazard: card.id, step: last };
  }
  const following = card.steps[next + 1];
  const together =
    following !== undefined &&
    !situation.slow &&
    !memory.said(following) &&
    countWords(`${card.steps[next]} ${following}`) <= WORDS_TOGETHER;
  const pieces = compose(
    [before, step(turn, card, next), together ? step(turn, card, next + 1) : undefined],
    [question],
  );
  return { pieces, hazard: card.id, step: together ? next + 1 : next };
}

/** A step may ask what the card would ask after it: once is enough. */
function asking(pieces: readonly (Piece | undefined)[], question: Piece | undefined) {
  const words = question?.text.toLowerCase() ?? '';
  const asked = (piece: Piece | undefined) => piece?.text.toLowerCase().includes(words);
  if (!question || !pieces.some(asked)) return { pieces, question };
  const known = pieces.map((piece) =>
    piece && asked(piece) ? { ...piece, question: question.question as string } : piece,
  );
  return { pieces: known, question: undefined };
}

/** A step as it stands in the manual. */
export function step({ pack }: Pick<Turn, 'pack'>, card: Procedure, at: number): Piece {
  const { id, language, steps } = card;
  return {
    text: steps[at] ?? '',
    language,
    ...passageOf(pack, passageId(id, language, `step-${at + 1}`)),
  };
}

const byId = new WeakMap<Pack, ReadonlyMap<string, Passage>>();

/** A passage of a pack by its id. */
export function passageOf(pack: Pack, id: string): { passage?: Passage } {
  let passages = byId.get(pack);
  if (!passages) {
    passages = new Map(pack.passages.map((passage) => [passage.id, passage]));
    byId.set(pack, passages);
  }
  const passage = passages.get(id);
  return passage ? { passage } : {};
}
