import { createPhraseBook, type Match } from '../floor/phrases.ts';
import {
  answerIn,
  type Count,
  GUESS,
  isNoNumber,
  isUnsure,
  numbered,
  SEVERAL,
} from './count-answer.ts';
import { numberAt } from './numbers.ts';
import * as people from './people.ts';
import { plain, setOf, type Word } from './said.ts';

const SURE = { number: 0.9, nobody: 0.9, far: 0.6, self: 0.75, one: 0.65, many: 0.6 };

/** Words of a clause that are looked at on each side of what happened. */
const REACH = 9;

interface Cue {
  of: 'injured' | 'trapped';
  /** `one`: a part of one body is named; `inside`: tells something only with a number of people. */
  as: 'hurt' | 'one' | 'inside' | 'nobody';
}

const cues = createPhraseBook<Cue>(
  [
    { phrases: people.INJURED, value: { of: 'injured', as: 'hurt' } },
    { phrases: people.INJURED_ONE, value: { of: 'injured', as: 'one' } },
    { phrases: people.NOBODY_INJURED, value: { of: 'injured', as: 'nobody' } },
    { phrases: people.TRAPPED, value: { of: 'trapped', as: 'hurt' } },
    { phrases: people.INSIDE, value: { of: 'trapped', as: 'inside' } },
    { phrases: people.NOBODY_TRAPPED, value: { of: 'trapped', as: 'nobody' } },
  ].map(({ phrases, value }) => ({
    phrases: plain(phrases.replace(/\|\s+/g, '|')),
    value: value as Cue,
  })),
  {},
);

const BEFORE_ALL = setOf('not is are no if');

/**
 * How many people the words call injured and trapped. `taken` are words that number something else,
 * such as the hall; `asked` is what Aurora had asked about.
 */
export function countPeople(
  words: readonly Word[],
  taken: ReadonlySet<number>,
  asked: 'injured' | 'trapped' | undefined,
): { injured?: Count; trapped?: Count } {
  const found = cues.find(words);
  const covered = new Set(found.flatMap(({ start, end }) => range(start, end)));
  const counted = { injured: count('injured'), trapped: count('trapped') };
  return {
    ...(counted.injured ? { injured: counted.injured } : {}),
    ...(counted.trapped ? { trapped: counted.trapped } : {}),
  };

  function count(of: Cue['of']): Count | undefined {
    const told = greatest(
      found.flatMap((match) =>
        match.value.of === of ? (countAt(words, match, { taken, covered }) ?? []) : [],
      ),
    );
    if (asked !== of || (told && told.confidence >= 0.5)) return told;
    return answerIn(words, taken) ?? told;
  }
}

/** Somebody who is hurt counts for more than a word that nobody is; of two numbers the greater. */
function greatest(counts: readonly Count[]): Count | undefined {
  return counts.reduce<Count | undefined>(
    (best, next) => (best && rank(best) >= rank(next) ? best : next),
    undefined,
  );
}

function rank({ value, confidence }: Count): number {
  const number = value === SEVERAL ? 1.5 : Number(value);
  return (confidence >= 0.5 ? 100_000 : 0) + (number > 0 ? 1 + number : 0) + confidence / 10;
}

interface Around {
  taken: ReadonlySet<number>;
  /** Words that say what happened: they link like "is" and "or". */
  covered: ReadonlySet<number>;
}

function countAt(words: readonly Word[], match: Match<Cue>, around: Around): Count | undefined {
  const { as } = match.value;
  const clause = words[match.start]?.clause;
  const unsure = isUnsure(words.filter((word) => word.clause === clause));
  if (as === 'nobody') {
    const isAsked = people.DENIALS.has(words[match.start - 1]?.word ?? '') || beforeAll();
    return isAsked || unsure ? undefined : { value: '0', confidence: SURE.nobody };
  }
  const who = subjectBefore(words, match, around);
  const denied = who.denied || isDeniedAfter(words, match);
  if (who.nobody || (who.anybody && denied)) {
    return unsure ? undefined : { value: '0', confidence: SURE.nobody };
  }
  if (who.anybody && !who.somebody) return undefined;
  if (denied) return undefined;
  const counted =
    numbered(who.number, SURE.number) ??
    numbered(numberAfter(words, match, around), as === 'inside' ? 0.7 : SURE.number) ??
    personCount(who, as) ??
    numbered(as === 'inside' ? undefined : numberFarBefore(words, match, around), SURE.far) ??
    (as === 'inside' ? undefined : withoutSubject(words, match));
  return counted && unsure
    ? { ...counted, confidence: Math.min(counted.confidence, GUESS) }
    : counted;

  function beforeAll(): boolean {
    return BEFORE_ALL.has(words[match.start - 1]?.word ?? '');
  }
}

interface Subject {
  number?: number;
  nobody?: boolean;
  anybody?: boolean;
  somebody?: boolean;
  one?: boolean;
  many?: boolean;
  self?: boolean;
  denied?: boolean;
  /** A part of somebody's body. */
  part?: boolean;
}

/** Reads backwards from what happened, over words that only link, to whom it happened to. */
function subjectBefore(
  words: readonly Word[],
  { start, end }: Match<Cue>,
  { taken, covered }: Around,
): Subject {
  const who: Subject = {};
  const clause = words[start]?.clause;
  for (const at of range(start, end)) note(words[at]?.word ?? '');
  /** "a gas main": only at the beginning of a clause it is "I" in Hindi. */
  const isPipe = (at: number) => words[at]?.word === 'main' && words[at - 1]?.clause === clause;
  for (let at = start - 1; at >= Math.max(0, start - REACH); at--) {
    const word = words[at]?.word ?? '';
    if (words[at]?.clause !== clause || isPipe(at)) break;
    const number = people.UNITS.has(words[at + 1]?.word ?? '') ? undefined : numberAt(words, at);
    if (word === 'one' && words[at - 1]?.word === 'no') return { ...who, nobody: true };
    if (number !== undefined && !taken.has(at) && !isNoNumber(words, at)) return { ...who, number };
    if (people.NOBODY.has(word)) return { ...who, nobody: true };
    if (word === 'no') {
      if (people.DENIED_BY_NO.has(words[at + 1]?.word ?? '')) return { ...who, nobody: true };
      if (words[at + 1]?.word?.startsWith('est')) who.denied = true;
      break;
    }
    if (people.DENIALS.has(word)) who.denied = true;
    else if (!note(word) && !isLink(word) && !covered.has(at) && !taken.has(at)) break;
  }
  return who;

  function note(word: string): boolean {
    if (people.ANYBODY.has(word)) who.anybody = true;
    if (people.BODY_PARTS.has(word)) who.part = true;
    if (people.SOMEBODY.has(word)) who.somebody = true;
    else if (people.SELF.has(word) || (who.part && /^m[yi]$/.test(word))) who.self = true;
    else if (people.ONE_PERSON.has(word) || people.ONE_MEANT.has(word)) who.one = true;
    else if (people.MANY_PEOPLE.has(word) || people.MANY_MEANT.has(word)) who.many = true;
    else return people.ANYBODY.has(word);
    return true;
  }
}

function isLink(word: string): boolean {
  return people.LINKS.has(word) || people.BODY_PARTS.has(word);
}

/** "koi ghayal nahi hai": Hindi denies after the word, and Spanish and English hardly ever do. */
function isDeniedAfter(words: readonly Word[], { end }: Match<Cue>): boolean {
  const clause = words[end - 1]?.clause;
  return words
    .slice(end, end + 3)
    .some(({ word, ...at }) => at.clause === clause && word !== 'not' && people.DENIALS.has(word));
}

function personCount(who: Subject, as: Cue['as']): Count | undefined {
  if (as === 'inside') {
    if (who.many) return { value: SEVERAL, confidence: SURE.many };
    return who.one ? { value: '1', confidence: GUESS } : undefined;
  }
  if (as === 'one') return { value: '1', confidence: SURE.self };
  if (who.many) return { value: SEVERAL, confidence: SURE.many };
  if (who.one) return { value: '1', confidence: SURE.one };
  if (who.self) return { value: '1', confidence: SURE.self };
  return who.somebody ? { value: '1', confidence: GUESS } : undefined;
}

/** "injured two people", "boiler ke andar do log". */
function numberAfter(words: readonly Word[], { end }: Match<Cue>, { taken }: Around) {
  const clause = words[end - 1]?.clause;
  for (let at = end; at < Math.min(words.length, end + 3); at++) {
    if (words[at]?.clause !== clause) return undefined;
    const number = taken.has(at) ? undefined : numberAt(words, at);
    if (number === undefined) continue;
    const counts = words.slice(at + 1, at + 4).some(({ word }) => people.PEOPLE.has(word));
    return counts ? number : undefined;
  }
  return undefined;
}

/** "two men fell from the ladder and are injured". */
function numberFarBefore(words: readonly Word[], { start }: Match<Cue>, { taken }: Around) {
  const sentence = words[start]?.sentence;
  for (let at = start - 1; at >= Math.max(0, start - 2 * REACH); at--) {
    if (words[at]?.sentence !== sentence) return undefined;
    const next = words[at + 1]?.word ?? '';
    if (!people.PEOPLE.has(next) || taken.has(at)) continue;
    return numberAt(words, at) ?? (/^an?$/.test(words[at]?.word ?? '') ? 1 : undefined);
  }
  return undefined;
}

/** "injured people", "casualties", "hay heridos". */
function withoutSubject(words: readonly Word[], { start, end }: Match<Cue>): Count | undefined {
  const next = words[end]?.word ?? '';
  const itself = words[start]?.word ?? '';
  if (people.ONE_PERSON.has(next)) return { value: '1', confidence: SURE.one };
  const isPlural = /^(casualt|injuries|herid[oa]s$|lesionados|atrapados|muertos)/.test(itself);
  return people.MANY_PEOPLE.has(next) || isPlural
    ? { value: SEVERAL, confidence: GUESS }
    : undefined;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
