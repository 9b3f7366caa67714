import type { Facts } from '../../calls/model.ts';
import type { TurnStamp, Utterance } from '../assistant.ts';
import { readFacts } from '../facts/read-facts.ts';
import type { Pack } from '../manual/packs.ts';
import type { Replies } from '../manual/replies.ts';
import type { Intent } from './intents.ts';
import type { Turn } from './turn.ts';

/** Before a turn is numbered, its words still say what need not be asked. */
const UNSTAMPED: TurnStamp = { turn: 0, at: '1970-01-01T00:00:00Z' };

/** Characters of a fact. */
const LONGEST_PLACE = 200;

/** Below this Twilio's Confidence means "heard badly". */
const HEARD_BADLY = 0.5;

export function heardBadly({ text, confidence = 1 }: Utterance): boolean {
  return text.trim() !== '' && confidence < HEARD_BADLY;
}

const NO_ANSWERS: ReadonlySet<Intent> = new Set([
  'repeat',
  'slower',
  'person',
  'falseAlarm',
  'wrongNumber',
  'prank',
  'panic',
  'unsure',
  'who',
  'thanks',
  'greeting',
]);

/** What an utterance tells of the incident. A bad hearing tells nothing: a wrong place misleads. */
export function readTold(
  {
    utterance,
    text,
    situation: { question, language },
    pack,
    recognition: { hazards },
    intents,
  }: Pick<Turn, 'utterance' | 'text' | 'situation' | 'pack' | 'recognition' | 'intents'>,
  stamp: TurnStamp = UNSTAMPED,
): Facts {
  const { place } = utterance;
  const located: Facts = place
    ? { where: { value: place.slice(0, LONGEST_PLACE), confidence: 1, ...stamp, by: 'words' } }
    : {};
  if (heardBadly(utterance) || text === '') return located;
  // "Just kidding" is no place, although one was asked for.
  const answers = ![...intents].some((intent) => NO_ANSWERS.has(intent));
  const read = readFacts(text, {
    ...stamp,
    question: answers ? (repliesTo(pack, question)?.tells ?? question) : undefined,
    hazard: hazards.find(({ hazard }) => pack.procedures.has(hazard))?.hazard,
    language,
  });
  return { ...read, ...located };
}

/** What answers to a card's question mean, by its id such as `fire#ask-1`. */
export function repliesTo(pack: Pack, question: string | undefined): Replies | undefined {
  const [, document = '', at = ''] = /^(.+)#ask-(\d+)$/.exec(question ?? '') ?? [];
  return pack.procedures.get(document)?.replies?.[Number(at) - 1];
}
