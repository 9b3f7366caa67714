import type { Lexicon, Meaning } from './lexicon.ts';
import { createPhraseBook, type Match } from './phrases.ts';
import type { Token } from './words.ts';

/** Why a danger word does not count as happening now. */
export type SetAside = 'negated' | 'about' | 'drill' | 'past' | 'recent' | 'resolved' | 'closed';

/** Says of a hazard's cue why it does not count, or undefined if it does. */
export type Judge = (cue: Match<unknown>, hazard: string) => SetAside | undefined;

/** The judge of one text, and what of its context was found there. */
export interface Judgement {
  because: Judge;
  meanings: Iterable<Meaning>;
}

const WORD_LISTS = [
  'negator',
  'negation filler',
  'bare no filler',
  'negator behind',
  'after negator behind',
  'question opener',
  'before a question',
] as const satisfies readonly Meaning[];

const MARKERS: ReadonlySet<Meaning> = new Set([
  'past',
  'recent',
  'past verb',
  'present',
  'resolved',
  'person resolved',
  'fire resolved',
  'closed',
  'well',
  'not resolved',
  'turn',
  'drill',
  'not drill',
  'about',
  'asking',
  'errand',
  'definite',
  'telling',
  'plea',
]);

/** A denial further back than this speaks of something else. */
const FURTHEST_DENIAL = 12;

const DENIABLE: ReadonlySet<Meaning> = new Set([
  'resolved',
  'person resolved',
  'fire resolved',
  'closed',
  'well',
]);

/**
 * Everything here errs to the safe side: what is not plainly taken back counts as happening now.
 */
export function createJudge(lexicon: Lexicon): (tokens: readonly Token[]) => Judgement {
  const words = new Map(WORD_LISTS.map((meaning) => [meaning, wordsOf(lexicon, meaning)]));
  const has = (meaning: (typeof WORD_LISTS)[number], word: string) =>
    words.get(meaning)?.has(word) ?? false;
  const markers = createPhraseBook<Meaning>(
    lexicon.context
      .filter(({ meaning }) => MARKERS.has(meaning))
      .map(({ phrases, meaning }) => ({ phrases, value: meaning })),
    lexicon.classes,
  );
  /** Drills are about these; a body that is hurt during a drill is hurt. */
  const drilled = (hazard: string) =>
    !lexicon.body.has(hazard) && hazard !== 'entrapment' && hazard !== 'chemical-splash';

  return function judge(tokens) {
    const places = new Map<Meaning, Match<Meaning>[]>();
    const clauses = new Map<Meaning, Set<number>>();
    const sentences = new Map<Meaning, Set<number>>();
    const found = markers.find(tokens);
    const inPast = new Set(
      found.filter(({ value }) => value === 'past').flatMap(({ words }) => words),
    );
    for (const marker of found) {
      const { value, start, end } = marker;
      // "We used to have": the verb belongs to the past.
      if (value === 'present' && inPast.has(start)) continue;
      // "Not awake", "never under control".
      if (DENIABLE.has(value) && deniedBefore(tokens, start, undefined)) continue;
      const others = places.get(value);
      if (others) others.push(marker);
      else places.set(value, [marker]);
      const [first, last] = [tokens[start] as Token, tokens[end - 1] as Token];
      addTo(clauses, value, first.clause);
      addTo(clauses, value, last.clause);
      addTo(sentences, value, first.sentence);
    }
    const questions = questionsAmong(tokens);
    const inClause = (meaning: Meaning, clause: number) =>
      clauses.get(meaning)?.has(clause) ?? false;
    const inSentence = (meaning: Meaning, sentence: number) =>
      sentences.get(meaning)?.has(sentence) ?? false;

    /** Said after the cue, or before it without a turn such as "but" or "now" in between. */
    const takesBack = (meaning: Meaning, cue: Match<unknown>) => {
      const last = cue.words.at(-1) as number;
      return (places.get(meaning) ?? []).some(
        ({ end }) =>
          end > last ||
          !(places.get('turn') ?? []).some((turn) => turn.start >= end && turn.end <= last),
      );
    };
    const isOver = (cue: Match<unknown>, hazard: string, clause: number) =>
      (!inClause('not resolved', clause) &&
        (inClause('resolved', clause) ||
          (hazard === 'fire' && inClause('fire resolved', clause)))) ||
      (lexicon.body.has(hazard) &&
        takesBack('person resolved', cue) &&
        !sentences.has('not resolved'));

    return { because, meanings: places.keys() };

    function because(cue: Match<unknown>, hazard: string): SetAside | undefined {
      const { clause, sentence } = tokens[cue.start] as Token;
      if (isNegated(tokens, cue)) return 'negated';
      if (drilled(hazard) && sentences.has('drill') && !sentences.has('not drill')) return 'drill';
      if (takesBack('closed', cue) && !sentences.has('not resolved')) return 'closed';
      if (isOver(cue, hazard, clause)) return sentences.has('well') ? 'closed' : 'resolved';
      for (const time of ['past', 'recent'] as const) {
        const reaches =
          inClause(time, clause) || (inSentence(time, sentence) && inClause('past verb', clause));
        if (reaches && !inClause('present', clause)) return time;
      }
      if (inSentence('errand', sentence) && !inSentence('plea', sentence)) return 'about';
      if (inSentence('definite', sentence)) return undefined;
      if (inSentence('about', sentence)) return 'about';
      if (
        (inSentence('asking', sentence) || questions.has(sentence)) &&
        !inSentence('telling', sentence)
      )
        return 'about';
      return undefined;
    }
  };

  /** The sentences that begin as a question does: transcripts have no question marks. */
  function questionsAmong(tokens: readonly Token[]): ReadonlySet<number> {
    const asked = new Set<number>();
    const begun = new Set<number>();
    for (const [at, { sentence, word }] of tokens.entries()) {
      if (begun.has(sentence) || has('before a question', word)) continue;
      begun.add(sentence);
      if (has('question opener', word) && tokens[at + 1]?.word !== 'not') asked.add(sentence);
    }
    return asked;
  }

  /** A negation before the cue or in a gap of it, with nothing but fillers up to the next word of the cue. */
  function isNegated(tokens: readonly Token[], cue: Match<unknown>): boolean {
    const named = cue.words.map((at) => (tokens[at] as Token).word);
    if (named.some((word) => has('negator', word))) return false;
    const after = tokens[cue.end]?.word ?? '';
    const next = tokens[cue.end + 1]?.word;
    if (has('negator behind', after) && (!next || has('after negator behind', next))) return true;
    return cue.words.some(
      (at, index) => tokens[at - 1] !== undefined && deniedBefore(tokens, at, cue.words[index - 1]),
    );
  }

  function deniedBefore(tokens: readonly Token[], at: number, stop: number | undefined): boolean {
    const { clause } = tokens[at] as Token;
    const furthest = Math.max(stop ?? -1, at - 1 - FURTHEST_DENIAL);
    for (let before = at - 1; before > furthest; before--) {
      const token = tokens[before] as Token;
      if (token.clause !== clause) return false;
      if (has('negator', token.word)) {
        const between = tokens.slice(before + 1, at).map(({ word }) => word);
        if (token.word !== 'no' || between[0] === 'one' || between[0] === 'person') return true;
        return between.every((word) => has('bare no filler', word));
      }
      if (!has('negation filler', token.word)) return false;
    }
    return false;
  }
}

export function wordsOf(lexicon: Lexicon, meaning: Meaning): Set<string> {
  return new Set(
    lexicon.context
      .filter((entry) => entry.meaning === meaning)
      .flatMap(({ phrases }) => phrases.split(/[,\s]+/))
      .filter((word) => word !== ''),
  );
}

function addTo(known: Map<Meaning, Set<number>>, marker: Meaning, value: number): void {
  const values = known.get(marker);
  if (values) values.add(value);
  else known.set(marker, new Set([value]));
}
