import { baseOf } from '../../calls/language-tags.ts';
import type { Pack } from '../manual/packs.ts';
import { BASE_LANGUAGE, type Passage } from '../manual/passages.ts';
import { type Index, indexOf, soundOf } from './pack-index.ts';
import { contentWords } from './words.ts';

/** A passage that was found for some words. */
export interface Found {
  passage: Passage;
  /** How much of the question the passage knows, and how much of the passage's question was asked: 0 to 1. */
  score: number;
}

export interface SearchContext {
  /** The hazard that is being talked about. */
  hazard?: string | undefined;
  /** The caller's languages, the best first: a passage that exists in several is found in the first. */
  languages?: readonly string[];
}

/**
 * Grounded or silent: from here on a passage counts as an answer. Set where, on the labelled questions
 * of `functions/eval/retrieval-dev.jsonl`, one that the manual does not answer is hardly ever answered.
 */
export const THRESHOLD = 0.42;
/** Below this a passage has nothing to do with the words. */
const FAINT = 0.2;
/** A longer question is judged by its first words, to bound the work. */
const MAX_TERMS = 16;
/** A word that only resembles one of the manual, and one that only sounds like it, count for less. */
const RESEMBLES = 0.8;
const SOUNDS_LIKE = 0.75;
/** A word that stands in the answer, but not in its question or title. */
const IN_TEXT = 0.75;
/** The factor of an answer whose own question was not said at all; of one wholly said it is 1. */
const KEPT = 0.62;
/** The share of an answer's question that must be said, by several words or by a single one. */
const SAID = 0.36;
const SAID_ALONE = 0.6;
/** The factor of a step or a warning of the hazard that is talked about, and of one that is named. */
const IN_CONTEXT = 1;
const ANSWERS_IN_CONTEXT = 1.35;
const NAMED = 0.63;

/** The passages that answer a question, the best first; none where the pack does not say. */
export function findPassages(pack: Pack, question: string, context: SearchContext = {}): Found[] {
  return passagesNear(pack, question, context).filter(({ score }) => score >= THRESHOLD);
}

/** The passages that have anything to do with some words, the best first. */
export function passagesNear(pack: Pack, words: string, context: SearchContext = {}): Found[] {
  const index = indexOf(pack);
  const slots = slotsOf([...new Set(contentWords(words))].slice(0, MAX_TERMS), index);
  if (slots.length === 0) return [];
  const query = [...new Set(slots.flatMap(({ terms }) => [...terms.keys()]))];
  const total = slots.reduce((sum, { worth }) => sum + worth, 0);
  const found = index.search.search(query.join(' ')).map(({ id, queryTerms, match }) => {
    const passage = pack.passages[id] as Passage;
    const inText = new Set(
      Object.entries(match)
        .filter(([, fields]) => fields.every((field) => field === 'text'))
        .map(([term]) => term),
    );
    const matched = new Set(queryTerms);
    let covered = 0;
    for (const { worth, terms } of slots) {
      let best = 0;
      for (const [term, quality] of terms) {
        if (matched.has(term)) best = Math.max(best, quality * (inText.has(term) ? IN_TEXT : 1));
      }
      covered += worth * best;
    }
    const score = (covered / total) * fit(index, passage, id as number, match, context.hazard);
    return { passage, score: Math.min(1, score) };
  });
  return oneLanguage(found, context.languages ?? [])
    .filter(({ score }) => score >= FAINT)
    .sort((one, other) => other.score - one.score || compare(one.passage.id, other.passage.id));
}

/**
 * How far a passage is about what was asked, as a factor; 0 where too little of its question was
 * said. A step is an answer only where its hazard is named or is being talked about: "Do not move
 * them" says nothing elsewhere.
 */
function fit(
  { asked, worth, unknown }: Index,
  { kind, document }: Passage,
  id: number,
  match: Record<string, string[]>,
  hazard: string | undefined,
): number {
  const inContext = document === hazard;
  const names = Object.values(match).some((fields) => fields.includes('title'));
  if (kind === 'step' || kind === 'warning') return inContext ? IN_CONTEXT : names ? NAMED : 0;
  const question = asked[id] ?? [];
  const known = question.filter((term) => match[term]?.includes('question'));
  const sum = (terms: readonly string[]) =>
    terms.reduce((total, term) => total + (worth.get(term) ?? unknown), 0);
  const said = question.length === 0 ? 0 : sum(known) / sum(question);
  const enough = Object.keys(match).length > 1 ? SAID : SAID_ALONE;
  if (!inContext && !names && kind === 'answer' && said < enough) return 0;
  return (KEPT + (1 - KEPT) * said) * (inContext ? ANSWERS_IN_CONTEXT : 1);
}

/** A caller's word: what it may stand for, and how surely. */
interface Slot {
  worth: number;
  terms: ReadonlyMap<string, number>;
}

function slotsOf(words: readonly string[], { worth, unknown, bySound }: Index): Slot[] {
  const slots: Slot[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const joined = `${word}${words[at + 1] ?? ''}`;
    if (!worth.has(word) && worth.has(joined)) {
      slots.push({ worth: worth.get(joined) as number, terms: new Map([[joined, 1]]) });
      at += 1;
      continue;
    }
    const own = worth.get(word);
    const terms = new Map([[word, own === undefined ? RESEMBLES : 1]]);
    if (own === undefined) {
      for (const term of bySound.get(soundOf(word)) ?? []) terms.set(term, SOUNDS_LIKE);
    }
    slots.push({ worth: own ?? unknown, terms });
  }
  return slots;
}

/** Each passage once, in the first of the languages that has it. */
function oneLanguage(found: readonly Found[], languages: readonly string[]): Found[] {
  const wanted = [...languages.map(baseOf), BASE_LANGUAGE];
  const rank = ({ language }: Passage) => {
    const at = wanted.indexOf(language);
    return at < 0 ? wanted.length : at;
  };
  const best = new Map<string, Found>();
  for (const each of found) {
    const key = each.passage.id.replace(`#${each.passage.language}-`, '#');
    const known = best.get(key);
    if (!known) best.set(key, each);
    else {
      const passage = rank(each.passage) < rank(known.passage) ? each.passage : known.passage;
      best.set(key, { passage, score: Math.max(each.score, known.score) });
    }
  }
  return [...best.values()];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
