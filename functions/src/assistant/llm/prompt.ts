import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Message } from '../../calls/model.ts';
import type { Situation, Utterance } from '../assistant.ts';
import type { Considered } from '../choice.ts';

/** The text that a reviewer reads: `functions/prompts/choose.md`. */
const TEXT = readFileSync(new URL('../../../prompts/choose.md', import.meta.url), 'utf8');

/** Names the prompt in groundings; another text has another version: `choose@1a2b3c4d5e6f`. */
export const PROMPT_VERSION = `choose@${createHash('sha256').update(TEXT).digest('hex').slice(0, 12)}`;

/** What a provider is sent at most, whatever the call and the manuals are like. */
export const MOST = {
  words: 1_000,
  messages: 10,
  messageCharacters: 300,
  cards: 60,
  steps: 12,
  passages: 6,
  questions: 6,
  passageCharacters: 600,
} as const;

/** Longer runs are telephone or personal numbers; a shorter one may be a hall, a room or a dose. */
const LONG_NUMBER = /\+?\p{Nd}(?:[\s().-]?\p{Nd}){5,}/gu;

/** One turn, as a model is asked about it. */
export interface Turn {
  conversation: readonly Message[];
  utterance: Utterance;
  situation: Situation;
  considered: Considered;
}

export interface Prompt {
  system: string;
  user: string;
}

/**
 * The reviewed text as the system's words, and all that others wrote as one JSON object in the user's
 * role: nobody's words can leave their string. Telephone numbers and ids are not in it.
 */
export function promptFor({ conversation, utterance, situation, considered }: Turn): Prompt {
  const { menu, reply } = considered;
  const turn = {
    caller_said: plain(utterance.text, MOST.words),
    said_before: conversation.slice(-MOST.messages).map(({ role, content }) => ({
      role,
      words: plain(content, MOST.messageCharacters),
    })),
    urgency_so_far: reply.urgency,
    language: situation.language ?? 'en',
    ...(situation.handed_back === undefined
      ? {}
      : { handed_back: plain(situation.handed_back, MOST.messageCharacters) }),
    menu: {
      cards: menu.cards.slice(0, MOST.cards).map(({ id, title }) => ({ id, title: text(title) })),
      steps: menu.steps
        .slice(0, MOST.steps)
        .map((step) => ({ id: step.id, text: text(step.text) })),
      passages: menu.passages
        .slice(0, MOST.passages)
        .map(({ id, title, question, text: words }) => ({
          id,
          title: text(title),
          question: text(question),
          text: text(words),
        })),
      questions: menu.questions
        .slice(0, MOST.questions)
        .map(({ id, text: words }) => ({ id, text: text(words) })),
    },
  };
  return { system: TEXT, user: escaped(JSON.stringify({ turn })) };

  function text(words: string): string {
    return words.slice(0, MOST.passageCharacters);
  }
}

function plain(words: string, most: number): string {
  return words.slice(0, most).replace(LONG_NUMBER, '[number]');
}

/** Marks that some models read as the end of a message, and what hides text from a reader's eyes. */
function escaped(json: string): string {
  return json.replace(
    /[<>|&\u007f-\u009f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
