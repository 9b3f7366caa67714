import { useState } from 'react';
import * as z from 'zod/mini';

const MOST = 30;
const LONGEST = 1_000;

const Kept = z.array(z.string().check(z.maxLength(LONGEST)));

const keyOf = (companyId: string, manualId: string) => `aurora-examples ${companyId} ${manualId}`;

export function readExamples(kept: string | null): string[] {
  try {
    return Kept.parse(JSON.parse(kept ?? '[]'));
  } catch {
    return [];
  }
}

/** With one more at the end; the oldest goes where there are too many, and none stands there twice. */
export function withExample(examples: readonly string[], words: string): string[] {
  const added = words.trim();
  if (added === '') return [...examples];
  return [...examples.filter((each) => each !== added), added].slice(-MOST);
}

/** What somebody tries a manual with again and again. It stays in this browser. */
export function useExamples(companyId: string, manualId: string) {
  const key = keyOf(companyId, manualId);
  const [examples, setExamples] = useState(() => readExamples(localStorage.getItem(key)));
  function keep(next: string[]): void {
    localStorage.setItem(key, JSON.stringify(next));
    setExamples(next);
  }
  return {
    examples,
    add: (words: string) => keep(withExample(examples, words)),
    remove: (words: string) => keep(examples.filter((each) => each !== words)),
  };
}
