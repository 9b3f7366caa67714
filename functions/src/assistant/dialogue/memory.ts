import type { Message } from '../../calls/model.ts';
import { withNumber } from './wording.ts';

/** How far back Aurora looks for what it has said already. */
const REMEMBERED = 40;
/** Utterances of the caller that give a bare answer its meaning. */
const BEFORE = 3;

/** What was said in the conversation, as far as this instance can read it. */
export interface Memory {
  /** Whether Aurora has said these words. */
  said(text: string): boolean;
  /** In how many of Aurora's replies one of these texts occurs. */
  times(texts: readonly string[]): number;
  /** The first text after the one in Aurora's last reply; the first one where none is in it. */
  vary(texts: readonly string[]): string;
  /** Aurora's last reply. */
  last: string | undefined;
  /** The caller's last utterances, the oldest first. */
  before: readonly string[];
}

export function rememberedIn(conversation: readonly Message[], number: string): Memory {
  const recent = conversation.slice(-REMEMBERED);
  const spoken = recent
    .filter(({ role, content }) => role === 'assistant' && content.trim() !== '')
    .map(({ content }) => content);
  const before = recent
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .slice(-BEFORE);
  const last = spoken.at(-1);
  const holds = (content: string, text: string) =>
    content.toLowerCase().includes(withNumber(text, number).toLowerCase());

  return {
    said: (text) => spoken.some((content) => holds(content, text)),
    times: (texts) => spoken.filter((content) => texts.some((text) => holds(content, text))).length,
    vary(texts) {
      const at = last === undefined ? -1 : texts.findIndex((text) => holds(last, text));
      return texts[(at + 1) % texts.length] ?? '';
    },
    last,
    before,
  };
}
