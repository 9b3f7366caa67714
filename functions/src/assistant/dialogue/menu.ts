import type { Menu } from '../choice.ts';
import type { Procedure } from '../manual/manual.ts';
import { passagesOf } from '../manual/passages.ts';
import { findPassages } from '../retrieval/search.ts';
import { ask } from './cards.ts';
import type { Turn } from './turn.ts';

/** How many cards and passages a model may choose from; more cost time and help no choice. */
const MOST_CARDS = 8;
const MOST_PASSAGES = 8;
/** Cards whose steps are offered too: a card without them is begun at its beginning. */
const WITH_STEPS = 3;

/** What a model may choose from in this turn. `begun` is the card of the rules' own reply. */
export function menuOf(turn: Turn, begun: string | undefined): Menu {
  const passages = findPassages(turn.pack, turn.text, turn.current?.id).slice(0, MOST_PASSAGES);
  const cards = likeliest(
    turn,
    begun,
    passages.map(({ passage }) => passage.document),
  );
  const spoken = [turn.current?.id, begun];
  const unsaid = cards
    .slice(0, WITH_STEPS)
    .flatMap((card) =>
      passagesOf(card).filter(({ kind, text }) => kind === 'step' && !turn.memory.said(text)),
    );
  const questions = cards
    .filter(({ id }) => spoken.includes(id))
    .flatMap((card) => card.questions.map((_, at) => ask(card, at)))
    .filter(({ text }) => !turn.memory.said(text))
    .map(({ question = '', text }) => ({ id: question, text }));
  return {
    cards: cards.map(({ id, title, urgency }) => ({ id, title, urgency })),
    steps: unsaid,
    passages: passages.map(({ passage, score }) => ({ ...passage, score })),
    questions,
  };
}

function likeliest(turn: Turn, begun: string | undefined, found: readonly string[]): Procedure[] {
  const { recognition, current, asked } = turn;
  const ids = [
    begun,
    current?.id,
    ...recognition.hazards.map(({ hazard }) => hazard),
    asked?.id,
    ...recognition.aside.map(({ hazard }) => hazard),
    ...found,
  ];
  return [...new Set(ids)].flatMap((id) => turn.card(id) ?? []).slice(0, MOST_CARDS);
}
