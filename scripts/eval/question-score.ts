import { type Share, share } from './share.ts';

/** A question, what answers it, what was found for it and what was said to it. */
export interface Answered {
  /** Ids of passages that answer it; none where the manual holds no answer. */
  expected: readonly string[];
  /** Ids of passages as they were found, the best first. */
  found: readonly string[];
  /** Ids of the passages that the reply spoke. */
  spoken: readonly string[];
  /** Whether the reply named a manual as its source. */
  sourced: boolean;
  lang?: string | undefined;
  category?: string | undefined;
}

export interface QuestionScore {
  /** Of the questions that the manual answers, those whose first passage, */
  hitAt1: Share;
  /** or one of whose first three, is a right one. */
  hitAt3: Share;
  /** Of the same questions, those that were told a right passage, */
  told: Share;
  /** and those that were told only from documents that do not answer them. */
  toldWrong: Share;
  /** Of the questions that the manual does not answer, those that were answered from it. */
  wrongAnswer: Share;
}

export function scoreQuestions(rows: readonly Answered[]): QuestionScore {
  const inside = rows.filter(({ expected }) => expected.length > 0);
  const outside = rows.filter(({ expected }) => expected.length === 0);
  return {
    hitAt1: share(inside, ({ expected, found }) => holdsOneOf(found.slice(0, 1), expected)),
    hitAt3: share(inside, ({ expected, found }) => holdsOneOf(found.slice(0, 3), expected)),
    told: share(inside, isTold),
    toldWrong: share(inside, isToldAnother),
    wrongAnswer: share(outside, ({ sourced }) => sourced),
  };
}

/** Right where a right passage was told, or nothing where there is none. */
export function isRight(row: Answered): boolean {
  return row.expected.length > 0 ? isTold(row) : !row.sourced;
}

function isTold({ expected, spoken }: Answered): boolean {
  return holdsOneOf(spoken, expected);
}

function isToldAnother({ expected, spoken }: Answered): boolean {
  const right = new Set(expected.map(documentOf));
  return spoken.length > 0 && !spoken.some((id) => right.has(documentOf(id)));
}

function holdsOneOf(ids: readonly string[], expected: readonly string[]): boolean {
  return ids.some((id) => expected.includes(inBaseLanguage(id)));
}

function documentOf(id: string): string {
  return id.slice(0, id.indexOf('#'));
}

/** `fire#hi-step-3` is the Hindi text of `fire#step-3`. */
function inBaseLanguage(id: string): string {
  return id.replace(/#[a-z]{2,3}-(?=(?:step|never|asked)-)/, '#');
}
