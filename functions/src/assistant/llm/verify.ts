import type { Facts } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { TurnStamp } from '../assistant.ts';
import type { Choice, Considered } from '../choice.ts';
import { numberAt } from '../facts/numbers.ts';
import { wordsOf as spelledWords } from '../facts/said.ts';
import type { Passage } from '../manual/passages.ts';
import { acceptAcknowledgement } from './acknowledgement.ts';
import { acceptAnswer } from './answer.ts';
import type { Output } from './output.ts';
import { has, NEGATIONS, occursIn, wordsOf } from './words.ts';

/** Surer than a guess, less sure than what the rules read out of the words. */
const CONFIDENCE = 0.6;
const MOST_STEPS = 3;
const MOST_PASSAGES = 3;
const MOST_WORDS_OF_FACT = 12;
/** Characters. */
const LONGEST_FACT = 200;

export interface Heard {
  /** The caller's words of this turn. */
  text: string;
  /** BCP 47 of the line. */
  language?: string | undefined;
  stamp?: TurnStamp | undefined;
}

/**
 * What remains of a model's output when everything is left out that is not in the menu, that lowers
 * what the rules judged, or that is not plainly harmless. Undefined where that says nothing more
 * than the rules do: an output that names a wrong id beside a raised urgency still raises it.
 */
export function verify(
  output: Output,
  considered: Considered,
  heard: Heard,
  by: Choice['by'],
): Choice | undefined {
  const { menu, reply } = considered;
  const steps = stepsOfOneCard(output, considered);
  const chosen = menu.cards.find(({ id }) => id === (steps[0]?.document ?? output.card));
  const card = chosen?.id;
  const judged = atLeast(output.urgency, reply.urgency);
  // To begin a card says that its hazard is there.
  const begins = chosen && card !== reply.hazard;
  const urgency = begins ? atLeast(judged, chosen.urgency) : judged;
  const passages = pick(output.passages, menu.passages, MOST_PASSAGES);
  const question = menu.questions.find(({ id }) => id === output.question)?.id;
  const answer =
    urgency === 'NORMAL' && card === undefined && isEveryday(considered)
      ? acceptAnswer(output.answer, passages.filter(isInformation))
      : undefined;
  const says = steps.length > 0 || passages.length > 0 || [card, question].some(Boolean);
  if (!says && urgency === reply.urgency) return undefined;
  const acknowledgement = acceptAcknowledgement(output.acknowledgement, heard.text, heard.language);
  const facts = factsOf(output, card, heard);
  return {
    urgency,
    ...(card === undefined ? {} : { card }),
    steps: steps.map(({ id }) => id),
    passages: passages.map(({ id }) => id),
    ...(question === undefined ? {} : { question }),
    ...(acknowledgement === undefined ? {} : { acknowledgement }),
    ...(answer === undefined ? {} : { answer }),
    ...(facts ? { facts } : {}),
    by,
  };
}

function pick<T extends { id: string }>(
  ids: readonly string[],
  menu: readonly T[],
  most: number,
): T[] {
  const picked = new Set(ids);
  const known = menu.filter(({ id }) => picked.has(id));
  return known.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).slice(0, most);
}

/** In the card's own order, not in the model's. None where two cards are mixed. */
function stepsOfOneCard({ steps, card }: Output, { menu }: Considered): Passage[] {
  const picked = menu.steps.filter(({ id }) => steps.includes(id)).slice(0, MOST_STEPS);
  const documents = new Set(picked.map(({ document }) => document));
  const [document] = documents;
  const named = document === undefined || card === null || card === document;
  const known = menu.cards.some(({ id }) => id === document);
  return documents.size === 1 && named && known ? picked : [];
}

/** Whether neither the words nor the call so far have anything to do with a hazard. */
function isEveryday({ reply }: Considered): boolean {
  return (
    reply.urgency === 'NORMAL' &&
    reply.hazard === undefined &&
    reply.asked === undefined &&
    reply.facts?.hazard === undefined
  );
}

/** What a card says is spoken as it was reviewed, or not at all. */
function isInformation({ kind }: Passage): boolean {
  return kind === 'section';
}

function factsOf(output: Output, card: string | undefined, heard: Heard): Facts | undefined {
  if (!heard.stamp) return undefined;
  const { where, injured, trapped } = output.facts;
  const told = {
    where: quoted(where, heard.text),
    hazard: card,
    injured: counted(quoted(injured, heard.text)),
    trapped: counted(quoted(trapped, heard.text)),
  };
  const { turn, at } = heard.stamp;
  const facts: Facts = {};
  for (const kind of ['where', 'hazard', 'injured', 'trapped'] as const) {
    const value = told[kind];
    if (value) facts[kind] = { value, confidence: CONFIDENCE, turn, at, by: 'model' };
  }
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/** The value if the caller said it so; nothing where anything that was said takes something back. */
function quoted(value: string | null, text: string): string | undefined {
  const said = wordsOf(text);
  const words = wordsOf(value ?? '');
  const known = words.length <= MOST_WORDS_OF_FACT && occursIn(words, said);
  return known && !has(said, NEGATIONS) ? words.join(' ').slice(0, LONGEST_FACT) : undefined;
}

/** The number of people in these words. */
function counted(words = ''): string | undefined {
  const spelled = spelledWords(words);
  const numbers = spelled.map((_, at) => numberAt(spelled, at));
  return numbers.find((number) => number !== undefined)?.toString();
}
