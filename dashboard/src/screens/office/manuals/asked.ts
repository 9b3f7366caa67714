import type { UnansweredView } from '../../../api/types.ts';

/** The same question, however often it was asked: the newest first. */
export interface Asked {
  question: string;
  times: [UnansweredView, ...UnansweredView[]];
}

/** Puts questions together that are the same but for capitals, spaces and signs at their end. */
export function together(items: readonly UnansweredView[]): Asked[] {
  const found = new Map<string, Asked>();
  for (const item of items) {
    const key = item.question
      .toLocaleLowerCase()
      .replace(/[\s\p{P}]+$/u, '')
      .replace(/\s+/gu, ' ')
      .trim();
    const asked = found.get(key);
    if (asked) asked.times.push(item);
    else found.set(key, { question: item.question, times: [item] });
  }
  return [...found.values()];
}
