import type { Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { Recognition } from '../floor/recognize.ts';
import type { Procedure } from '../manual/manual.ts';
import { type Found, findPassages } from '../retrieval/search.ts';
import { contentWords } from '../retrieval/words.ts';
import { begin, goOnWith } from './beginning.ts';
import { step } from './cards.ts';
import { answerBadHearing, heardBadly } from './hearing.ts';
import { compose, countPieces, type Piece } from './pieces.ts';
import { changesCard } from './takeover.ts';
import { beside, type Draft, type Turn } from './turn.ts';
import { besides, danger, firstWishes } from './wishes.ts';

/** Words of a procedure that are read to somebody who only asks about it. */
const WORDS_ABOUT = 40;

/** What the rules answer to a turn. */
export function decide(turn: Turn): Draft {
  return (heardBadly(turn) ? answerBadHearing(turn) : undefined) ?? decideHeard(turn);
}

function decideHeard(turn: Turn): Draft {
  const { recognition, current, text, pack } = turn;
  const callsForHelp = recognition.callForHelp && recognition.hazards.length === 0;
  const known = recognition.hazards.filter(({ hazard }) => pack.procedures.has(hazard));
  if (known.every(({ hazard }) => hazard === current?.id) && !callsForHelp) {
    const wish = firstWishes(turn, known.length > 0);
    if (wish) return wish;
  }
  const judged = keyUrgency(turn, recognition.urgency);
  const change = changesCard(known, current, pack.procedures);
  if (change.to) return begin(turn, change.to, judged, change.beware);
  if (callsForHelp) return current ? goOnWith(turn, current, 'CRITICAL') : danger(turn, false);
  const [aside] = recognition.aside.filter(({ hazard }) => pack.procedures.has(hazard));
  if (aside && known.length === 0 && !inTheMiddle(turn, aside)) {
    return notHappening(turn, aside, judged);
  }
  const wish = besides(turn, judged);
  if (wish) return wish;
  const [found] = current && !isQuestion(text) ? [] : findPassages(pack, text, turn.searching);
  if (found) return beside(turn, judged, 'passage', [spokenAs(found)]);
  if (!current) return withoutHazard(turn, judged);
  const unanswered = isQuestion(text) && known.length === 0 && contentWords(text).length > 0;
  const also = change.also && turn.own('also', turn.card(change.also.id));
  return goOnWith(turn, current, judged, unanswered ? turn.own('noAnswer') : also);
}

/** The card goes on when something beside it is denied, or its own hazard is asked about. */
function inTheMiddle({ current }: Turn, { hazard, because }: Recognition['aside'][number]) {
  return current !== undefined && (hazard !== current.id || because === 'about');
}

function notHappening(turn: Turn, aside: Recognition['aside'][number], urgency: Urgency): Draft {
  const card = turn.card(aside.hazard) as Procedure;
  if (aside.because === 'drill') return beside(turn, urgency, 'dialogue', [turn.own('drill')]);
  if (aside.because === 'about') return about(turn, card, urgency);
  const understood =
    aside.because === 'negated' ? turn.own('understoodNo', card) : turn.own('understoodOver');
  return beside(turn, urgency, 'dialogue', compose([understood, turn.own('thanks')]));
}

/** Somebody asks about a hazard that is, by their words, not there. */
function about(turn: Turn, card: Procedure, urgency: Urgency): Draft {
  const named = contentWords(`${card.title} ${card.spoken}`);
  const asksMore = contentWords(turn.text).some((word) => !named.includes(word));
  const found = findPassages(turn.pack, turn.text, { ...turn.searching, hazard: card.id }).find(
    ({ passage }) => asksMore && passage.question !== '',
  );
  const answer: Piece[] = [];
  if (found) answer.push(spokenAs(found));
  for (const [at] of found ? [] : card.steps.entries()) {
    const piece = step(turn, card, at);
    if (countPieces([...answer, piece]) > WORDS_ABOUT) break;
    answer.push(piece);
  }
  const pieces = compose(answer, [turn.own('notHappening')]);
  return { ...beside(turn, urgency, 'passage', pieces), asked: card.id };
}

function withoutHazard(turn: Turn, urgency: Urgency): Draft {
  const { asked, intents, text } = turn;
  if (asked && intents.has('no')) {
    return beside(turn, urgency, 'dialogue', [turn.own('notAsked')]);
  }
  if (text === '' || intents.has('greeting')) {
    return beside(turn, urgency, 'dialogue', [turn.varied('greeting')]);
  }
  return beside(turn, urgency, 'person', [turn.varied('unknown')]);
}

function keyUrgency({ utterance }: Turn, urgency: Urgency): Urgency {
  if (utterance.key === '1') return 'CRITICAL';
  return utterance.key === '9' ? atLeast('URGENT', urgency) : urgency;
}

function spokenAs({ passage, score }: Found): Piece {
  return { text: passage.text, language: passage.language, passage, score };
}

function isQuestion(text: string): boolean {
  return (
    /\?\s*$/.test(text) ||
    /^(and |but |so |ok |okay )?(can|could|may|should|shall|must|do|does|is|are|how|what|where|when|which|why|who|kya|kaise|kahan|que|como|donde|puedo|debo)\b/i.test(
      text,
    )
  );
}
