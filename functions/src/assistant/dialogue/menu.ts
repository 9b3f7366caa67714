import type { Menu } from '../choice.ts';
import type { Procedure } from '../manual/manual.ts';
import { passagesOf } from '../manual/passages.ts';
import { passagesNear } from '../retrieval/search.ts';
import { questionsFor } from './questions.ts';
import type { Turn } from './turn.ts';

/** More passages cost a model time and help no choice. */
const MOST_PASSAGES = 8;
/** Cards whose steps are offered too: a card without them is begun at its beginning. */
const WITH_STEPS = 3;

/** What a model may choose from in this turn. `begun` is the card of the rules' own reply. */
export function menuOf(turn: Turn, begun: string | undefined): Menu {
  const passages = passagesNear(turn.pack, turn.text, turn.searching).slice(0, MOST_PASSAGES);
  const likely = likeliest(
    turn,
    begun,
    passages.map(({ passage }) => passage.document),
  );
  // All others too: a model may know a hazard in words that the rules do not.
  const cards = inCallersLanguage(turn, [...likely, ...turn.pack.procedures.keys()]);
  const unsaid = cards
    .slice(0, Math.min(WITH_STEPS, likely.length))
    .flatMap((card) =>
      passagesOf(card).filter(({ kind, text }) => kind === 'step' && !turn.memory.said(text)),
    );
  return {
    cards: cards.map(({ id, title, urgency }) => ({ id, title, urgency })),
    steps: unsaid,
    passages: passages.map(({ passage, score }) => ({ ...passage, score })),
    questions: questionsFor(turn, turn.card(begun)).map(({ question = '', text }) => ({
      id: question,
      text,
    })),
  };
}

/** Ids of cards. */
function likeliest(turn: Turn, begun: string | undefined, found: readonly string[]): string[] {
  const { recognition, current, asked } = turn;
  const ids = [
    begun,
    current?.id,
    ...recognition.hazards.map(({ hazard }) => hazard),
    asked?.id,
    ...recognition.aside.map(({ hazard }) => hazard),
    ...found,
  ];
  return [...new Set(ids)].filter(
    (id) => id !== undefined && turn.pack.procedures.has(id),
  ) as string[];
}

function inCallersLanguage(turn: Turn, ids: readonly string[]): Procedure[] {
  return [...new Set(ids)].flatMap((id) => turn.card(id) ?? []);
}
