import type { Facts, Urgency } from '../calls/model.ts';
import type { Reply } from './assistant.ts';
import type { Passage } from './manual/passages.ts';

/** What a model may choose from in one turn: nothing else can reach the caller as an instruction. */
export interface Menu {
  /** Cards whose hazard fits the words or the conversation, the likeliest first. */
  cards: readonly { id: string; title: string; urgency: Urgency }[];
  /** Steps of those cards that were not said yet, in their order; ids are passage ids. */
  steps: readonly Passage[];
  /** Passages that were found for the words, the best first. */
  passages: readonly (Passage & { score: number })[];
  /** Questions that were not asked yet, the most useful first. */
  questions: readonly { id: string; text: string }[];
}

/** A model's choice, after every id in it was found in the menu and its free words were checked. */
export interface Choice {
  urgency: Urgency;
  /** A card of the menu to begin, or to go on with. */
  card?: string;
  /** Ids of the menu's steps, all of one card. */
  steps: readonly string[];
  /** Ids of the menu's passages, to be spoken as they stand. */
  passages: readonly string[];
  /** The id of the next question. */
  question?: string;
  /** At most 15 words without instruction, number, address or promise; absent when in doubt. */
  acknowledgement?: string;
  /** Only for a NORMAL question: an answer composed from `passages`. */
  answer?: string;
  facts?: Facts;
  /** Who chose, for the message's grounding. */
  by: { rung: 'model' | 'hedge'; model: string; prompt: string };
}

/** What the rules make of a turn, before any model is asked. */
export interface Considered {
  /** What is said if no model answers in time. Its grounding names a rung below the model's. */
  reply: Reply;
  /** Nothing is gained by a model: a recognized CRITICAL, a key, "say that again", a bad hearing. */
  settled: boolean;
  menu: Menu;
  /** The reviewed text of a choice. Its urgency is never below that of `reply` (the floor). */
  speak(choice: Choice): Reply;
}
