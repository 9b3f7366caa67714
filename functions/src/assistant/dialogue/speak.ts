import { atLeast } from '../../calls/urgency.ts';
import type { Reply } from '../assistant.ts';
import type { Choice, Menu } from '../choice.ts';
import { beginCard, goOn, passageOf } from './cards.ts';
import { finish } from './finish.ts';
import { compose, type Piece } from './pieces.ts';
import { questionsFor } from './questions.ts';
import { changesCard } from './takeover.ts';
import { beside, type Draft, type Turn } from './turn.ts';
import { danger } from './wishes.ts';

/**
 * The reviewed text of a model's choice: the acknowledgement, the instruction, the question. It is
 * never less urgent than the rules' reply, changes the card only by their rules, and where nothing of
 * the choice can be said, the rules' reply stands.
 */
export function speakChoice(turn: Turn, menu: Menu, ruled: Reply, choice: Choice): Reply {
  const urgency = atLeast(ruled.urgency, choice.urgency);
  const spoken =
    instruction(turn, menu, ruled, choice) ??
    unnamedDanger(turn, ruled, urgency) ??
    answer(turn, menu, ruled, choice);
  const asked = question(turn, menu, ruled, choice);
  if (!spoken && !asked) return { ...ruled, urgency };
  const body = spoken ?? beside(turn, urgency, choice.by.rung, []);
  const acknowledgement: Piece | undefined = choice.acknowledgement
    ? { text: choice.acknowledgement, language: turn.situation.language ?? 'en' }
    : undefined;
  const pieces = compose(
    [acknowledgement, ...body.pieces.filter((piece) => !asked || piece.question === undefined)],
    [asked],
  );
  const { rung, model, prompt } = choice.by;
  const reply = finish(turn, { ...body, pieces, urgency, rung });
  return reply.grounding ? { ...reply, grounding: { ...reply.grounding, model, prompt } } : reply;
}

/** Steps of the card that the rules read, or another card's beginning where it may take over. */
function instruction(turn: Turn, menu: Menu, ruled: Reply, choice: Choice): Draft | undefined {
  const { current, pack } = turn;
  const urgency = atLeast(ruled.urgency, choice.urgency);
  const reads = turn.card(ruled.hazard);
  const named = menu.cards.some(({ id }) => id === choice.card);
  const chosen = named ? turn.card(choice.card) : undefined;
  if (chosen && chosen.id !== reads?.id && choice.urgency !== 'NORMAL') {
    const change = changesCard([{ hazard: chosen.id, urgency }], reads, pack.procedures);
    if (change.to) {
      const before = change.beware && reads ? turn.own('onlyWhereSafe', reads) : undefined;
      return { ...beginCard(turn, chosen, before), urgency, rung: choice.by.rung };
    }
  }
  if (!current || reads?.id !== current.id) return undefined;
  const steps = choice.steps.filter((step) =>
    menu.steps.some((known) => known.id === step && known.document === current.id),
  );
  if (steps.length === 0 && chosen?.id !== current.id) return undefined;
  if (steps.length === 0) return { ...goOn(turn, current), urgency, rung: choice.by.rung };
  const pieces = compose(steps.slice(0, 1).map(pieceOf), steps.slice(1).map(pieceOf));
  return beside(turn, urgency, choice.by.rung, pieces);

  function pieceOf(step: string): Piece | undefined {
    const { passage } = passageOf(pack, step);
    return passage && { text: passage.text, language: passage.language, passage };
  }
}

/** A model says that a life is in danger, and not of what: what is right in any danger. */
function unnamedDanger(turn: Turn, ruled: Reply, urgency: Draft['urgency']): Draft | undefined {
  return urgency === 'CRITICAL' && ruled.urgency !== 'CRITICAL' ? danger(turn, false) : undefined;
}

function answer(turn: Turn, menu: Menu, ruled: Reply, choice: Choice): Draft | undefined {
  const passages = menu.passages.filter(({ id }) => choice.passages.includes(id));
  if (passages.length === 0) return undefined;
  const pieces = passages.map(
    ({ score, ...passage }): Piece => ({
      text: passage.text,
      language: passage.language,
      passage,
      score,
    }),
  );
  const calm = ruled.urgency === 'NORMAL' && choice.urgency === 'NORMAL' && !turn.current;
  if (choice.answer && calm) {
    const composed: Piece = { text: choice.answer, language: turn.situation.language ?? 'en' };
    return beside(turn, 'NORMAL', choice.by.rung, [
      composed,
      ...pieces.map((piece) => ({ ...piece, text: '' })),
    ]);
  }
  return beside(turn, ruled.urgency, choice.by.rung, compose(pieces.slice(0, 1), pieces.slice(1)));
}

function question(turn: Turn, menu: Menu, ruled: Reply, choice: Choice): Piece | undefined {
  if (!menu.questions.some(({ id }) => id === choice.question)) return undefined;
  const card = turn.card(ruled.hazard);
  return questionsFor(turn, card).find((piece) => piece.question === choice.question);
}
