import type { Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { Recognition } from '../floor/recognize.ts';
import type { Procedure } from '../manual/manual.ts';
import { findPassages } from '../retrieval/search.ts';
import { contentWords } from '../retrieval/words.ts';
import { bareAnswer, hazardAnswered } from './answers.ts';
import { aboutCard, spokenAs } from './asking.ts';
import { begin, goOnWith } from './beginning.ts';
import { answerBadHearing } from './hearing.ts';
import { compose } from './pieces.ts';
import { CONFIRM, nextQuestion } from './questions.ts';
import { switchesByKey } from './switching.ts';
import { changesCard } from './takeover.ts';
import { heardBadly } from './told.ts';
import { beside, type Draft, type Turn } from './turn.ts';
import { withoutHazard } from './unhazarded.ts';
import { besides, danger, firstWishes } from './wishes.ts';

/** What the rules answer to a turn. */
export function decide(turn: Turn): Draft {
  const plain = switchesByKey(turn);
  if (plain) return plain;
  return (heardBadly(turn.utterance) ? answerBadHearing(turn) : undefined) ?? decideHeard(turn);
}

function decideHeard(turn: Turn): Draft {
  const { recognition, current, pack } = turn;
  const answered = hazardAnswered(turn);
  const named = recognition.hazards.filter(({ hazard }) => pack.procedures.has(hazard));
  const known = answered ? [answered, ...named] : named;
  const callsForHelp = recognition.callForHelp && known.length === 0;
  if (!answered && !callsForHelp && known.every(({ hazard }) => isOld(turn, hazard))) {
    const wish = firstWishes(turn, known.length > 0);
    if (wish) return wish;
  }
  const judged = atLeast(keyUrgency(turn, recognition.urgency), answered?.urgency ?? 'NORMAL');
  const change = changesCard(known, current, pack.procedures);
  if (change.to) {
    const asked = judged === 'CRITICAL' ? undefined : answerOf(turn, change.to, judged);
    return asked ?? begin(turn, change.to, judged, change.beware);
  }
  if (callsForHelp) return current ? goOnWith(turn, current, 'CRITICAL') : danger(turn, false);
  const [aside] = recognition.aside.filter(({ hazard }) => pack.procedures.has(hazard));
  if (aside && known.length === 0 && !inTheMiddle(turn, aside)) {
    return notHappening(turn, aside, judged);
  }
  return besides(turn, judged) ?? misread(turn, judged) ?? goOnOrAnswer(turn, judged, change.also);
}

/** Named before, or no more than "accident" beside words that the ambulance is there. */
function isOld({ current, intents }: Turn, hazard: string): boolean {
  return hazard === current?.id || (hazard === 'accident' && intents.has('helpHere'));
}

/** A question about what is not of life and death is answered; its card is read after that. */
function answerOf(turn: Turn, { id: hazard }: Procedure, urgency: Urgency): Draft | undefined {
  if (!isQuestion(turn.text)) return undefined;
  const found = findPassages(turn.pack, turn.text, { ...turn.searching, hazard }).find(
    ({ passage }) => passage.document === hazard,
  );
  if (!found) return undefined;
  const pieces = compose([spokenAs(found)], [nextQuestion(turn, turn.card(hazard))]);
  return { pieces, urgency, rung: 'passage', hazard };
}

function goOnOrAnswer(turn: Turn, judged: Urgency, also: Procedure | undefined): Draft {
  const { current, text, pack, recognition } = turn;
  const asks = isQuestion(text);
  const [found] = current && !asks ? [] : findPassages(pack, text, turn.searching);
  if (found) {
    const question = current && nextQuestion(turn, current);
    return beside(turn, judged, 'passage', compose([spokenAs(found)], [question]));
  }
  if (!current) return withoutHazard(turn, judged, asks);
  if (turn.intents.has('panic')) return goOnWith(turn, current, judged, turn.varied('calm'));
  const unanswered = asks && recognition.hazards.length === 0 && contentWords(text).length > 0;
  if (unanswered) return goOnWith(turn, current, judged, turn.own('noAnswer'));
  if (also) return goOnWith(turn, current, judged, turn.own('also', turn.card(also.id)));
  const { hazard: _, ...told } = turn.told;
  const noted = Object.keys(told).length > 0 ? turn.varied('noted') : undefined;
  return goOnWith(turn, current, judged, noted);
}

/** Place and hazard were read back, and were wrong. */
function misread(turn: Turn, urgency: Urgency): Draft | undefined {
  const { situation, recognition, told, text } = turn;
  const wrong = situation.question === CONFIRM && bareAnswer(turn) === 'no';
  const more = told.where || recognition.hazards.length > 0 || text.split(/\s+/).length > 4;
  if (!wrong || more) return undefined;
  return beside(turn, urgency, 'dialogue', [{ ...turn.own('notConfirmed'), question: 'where' }]);
}

/** The card goes on when something beside it is denied, or its own hazard is asked about. */
function inTheMiddle({ current }: Turn, { hazard, because }: Recognition['aside'][number]) {
  return current !== undefined && (hazard !== current.id || because === 'about');
}

function notHappening(turn: Turn, aside: Recognition['aside'][number], urgency: Urgency): Draft {
  const card = turn.card(aside.hazard) as Procedure;
  if (aside.because === 'drill') return beside(turn, urgency, 'dialogue', [turn.own('drill')]);
  if (aside.because === 'about') return aboutCard(turn, card, urgency);
  const understood =
    aside.because === 'negated' ? turn.own('understoodNo', card) : turn.own('understoodOver');
  return beside(turn, urgency, 'dialogue', compose([understood, turn.own('thanks')]));
}

function keyUrgency({ utterance }: Turn, urgency: Urgency): Urgency {
  if (utterance.key === '1') return 'CRITICAL';
  return utterance.key === '9' ? atLeast('URGENT', urgency) : urgency;
}

function isQuestion(text: string): boolean {
  return (
    /[?？]\s*$/.test(text) ||
    /^(and |but |so |ok |okay |hello |hi |please |sir )*(can|could|may|should|shall|must|do|does|is|are|am|how|what|what's|whats|where|when|which|why|who|tell me|kya|kaise|kahan|kitna|kitni|kab|que|qué|como|cómo|donde|dónde|cuando|cuándo|cual|cuál|cuales|cuáles|puedo|debo|se puede|क्या|कैसे|कहाँ|कहां|कितना|कितनी)(?![\p{L}\p{M}])/iu.test(
      text,
    ) ||
    /(?<![\p{L}\p{M}])(kya|kaise|kahan|kya kare|क्या|कैसे|कहाँ|कहां)( \S+){0,3}$/iu.test(text)
  );
}
