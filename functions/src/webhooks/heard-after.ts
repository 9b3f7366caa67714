import type { Reply, SpokenPart, Utterance } from '../assistant/assistant.ts';
import type { TurnToken } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Message } from '../calls/model.ts';
import { type CallState, inOrder } from '../calls/reduce.ts';
import { atLeast } from '../calls/urgency.ts';
import { waitingMessages } from '../calls/waiting.ts';
import { afterWords, heard, partsOf } from './after-reply.ts';
import { type Link, MOST_TOLD } from './link.ts';
import type { Speaker } from './speaker.ts';
import { backAgain, holdWords, toldBy } from './spoken-by.ts';

/** A turn, what Aurora made of it, and who has the call. */
export interface Heard {
  link: Link;
  started: CallStarted;
  utterance: Utterance | undefined;
  silences: number;
  made: Reply;
  state: CallState | undefined;
  speaker: Speaker;
}

/** What the caller hears after a turn, and the turn that is offered then. */
export interface Told {
  by: Speaker['kind'];
  say: SpokenPart[];
  next: Link;
  /** Aurora's words, where she has the call. */
  reply?: Reply;
  /** Whether the line has moved; a caller who is held and says nothing stays where they are. */
  moves: boolean;
  /** What other instances wrote and this one did not know. */
  news: CallEvent[];
}

/** `at` is the turn after this one. Pure: the same turn and knowledge give the same words. */
export function heardAfter(turn: Heard, at: TurnToken): Told {
  const waiting = turn.state ? notYetTold(turn.state, turn.link) : [];
  return turn.speaker.kind === 'supervisor'
    ? held(turn, turn.speaker, at, waiting)
    : answered(turn, turn.speaker.epoch, at, waiting);
}

function held(
  turn: Heard,
  { epoch, until }: Speaker & { kind: 'supervisor' },
  at: TurnToken,
  waiting: readonly Message[],
): Told {
  const { link, utterance, made } = turn;
  const isNew = link.heldUntil === undefined;
  const silences = isNew ? 0 : turn.silences;
  const moves = isNew || utterance !== undefined || waiting.length > 0;
  const quiet = { n: link.turn.n, random: at.random };
  return {
    by: 'supervisor',
    moves,
    news: newsOf(turn, waiting),
    say: [...toldBy(waiting, link), ...holdWords(link, isNew, waiting.length > 0 ? 0 : silences)],
    next: {
      ...(utterance ? whileHeld(link, made) : link),
      ...PLAIN,
      turn: moves ? at : quiet,
      urgency: atLeast(link.urgency, made.urgency),
      silences,
      epoch,
      heldUntil: until,
      told: idsOf(waiting),
      // A reply to this turn, made elsewhere, was not heard.
      heard: isNew ? heard(link.turn, '') : link.heard,
    },
  };
}

function answered(turn: Heard, epoch: number, at: TurnToken, waiting: readonly Message[]): Told {
  const { link, utterance, made } = turn;
  const isBack = link.heldUntil !== undefined || link.resumes === true;
  const reply = isBack && made.reply !== '' ? backAgain(made, link) : made;
  return {
    by: 'aurora',
    moves: true,
    news: [...newsOf(turn, waiting), ...(isBack ? changesOfOwner(turn) : [])],
    reply,
    say: [...toldBy(waiting, link), ...partsOf(reply, link.language)],
    next: {
      ...(utterance || isBack ? afterWords(link, reply) : link),
      ...PLAIN,
      turn: at,
      urgency: atLeast(link.urgency, made.urgency),
      silences: isBack ? 0 : turn.silences,
      epoch,
      heldUntil: undefined,
      told: idsOf(waiting),
      heard: heard(link.turn, reply.reply),
    },
  };
}

/** What a turn that is offered by a webhook is not. */
const PLAIN = { resumes: undefined, sent: undefined } as const;

/**
 * What Aurora keeps of words that she does not answer: the card stays where it stood, unless there
 * is another hazard, whose card begins when she speaks again.
 */
function whileHeld(link: Link, { hazard, slow, language, badly_heard }: Reply): Link {
  return {
    ...link,
    ...(hazard === undefined || hazard === link.hazard ? {} : { hazard, step: undefined }),
    slow: slow ?? link.slow,
    language: language ?? link.language,
    badlyHeard: badly_heard ?? 0,
  };
}

function notYetTold(state: CallState, { told = [] }: Link): Message[] {
  return waitingMessages(state)
    .filter(({ id }) => !told.includes(id))
    .slice(0, MOST_TOLD);
}

function idsOf(messages: readonly Message[]): string[] | undefined {
  return messages.length > 0 ? messages.map(({ id }) => id) : undefined;
}

/** Supervisors' words, for this instance's own copy: the assistant sees what was said before. */
function newsOf({ started, state, link }: Heard, waiting: readonly Message[]): CallEvent[] {
  const told = inOrder(state?.conversation?.messages ?? {}).filter(({ id }) =>
    link.told?.includes(id),
  );
  return [...told, ...waiting].map((message) => ({
    type: 'message_added',
    call_id: started.call_id,
    message,
  }));
}

/** Why Aurora has the call again, for this instance's own copy. */
function changesOfOwner({ started, state, speaker }: Heard): CallEvent[] {
  return Object.entries(state?.call?.timeline ?? {}).flatMap(([id, entry]) =>
    entry.epoch === speaker.epoch
      ? [{ type: 'timeline_added' as const, call_id: started.call_id, id, entry }]
      : [],
  );
}
