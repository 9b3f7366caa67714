import type { Grounding } from '../calls/grounding.ts';
import type { Facts, Message, Urgency } from '../calls/model.ts';

/** What the caller did: said words, pressed a key, or both. Silence never reaches the assistant. */
export interface Utterance {
  /** Trimmed words as Twilio heard them; empty when only a key was pressed. */
  text: string;
  /** Twilio's Confidence, 0 to 1; absent when Twilio sent none. */
  confidence?: number;
  /** What came with the words and is recorded, not judged: `[1 picture]`. */
  note?: string;
  /** Where the caller's telephone says that they are, in words that were not said. */
  place?: string;
  /** 1 danger, 2 safe, 9 a person, 0 repeat; 3 to 8 the second to seventh of the site's languages. */
  key?: Key;
}

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/**
 * What is known besides the conversation. It travels with the call in the action URL, so that an
 * instance that can't read the call still goes on from it.
 */
export interface Situation {
  urgency: Urgency;
  /** The hazard whose card is being worked through, e.g. `fire`. */
  hazard?: string;
  /**
   * The last step of that card that was spoken; 0 is the first. Steps before it were spoken too, or
   * skipped because the conversation holds them. Whatever is not a step of the card begins it.
   */
  step?: number;
  /** The hazard that Aurora asked back about ("did you say fire? press 1"). */
  asked?: string;
  /** The id of the question that Aurora's last reply ended with, e.g. `where` or `fire#ask-1`. */
  question?: string;
  /** Whether place and hazard were read back to the caller already. */
  confirmed?: boolean;
  /** Turns in a row that were badly heard, before this one. */
  badly_heard?: number;
  /** Whether the caller asked for slower speech. */
  slow?: boolean;
  /**
   * Whether replies are read as messages and not heard: a card is then given as far as a few messages
   * hold it, for nobody can be asked to write back before each step.
   */
  written?: boolean;
  /** Whose manuals hold; absent: the embedded ones. */
  company_id?: string;
  /** BCP 47: what the Gather listens for, and what Aurora speaks where its text has that language. */
  language?: string;
  /** The site's languages, its own one first; offered by key. Absent: only `language`. */
  languages?: readonly string[];
  /** Whether the company has people who can be rung: whoever is in danger has them fetched. */
  reaches?: boolean;
  /** What is known of the incident, as far as this instance could read it. */
  facts?: Facts;
  /** Why a supervisor who had the call has handed it back, in their words. */
  handed_back?: string;
  /** The site's emergency number, e.g. `112`; a CRITICAL caller hears it in the first reply. */
  emergency_number: string;
}

/** A piece of a reply in one language, BCP 47. */
export interface SpokenPart {
  text: string;
  language: string;
}

/**
 * One answer. `urgency` is this utterance's own judgement ("ok" in the middle of a fire is NORMAL):
 * whoever folds it never lowers the call. `hazard` and `step` are where the card stands after this
 * reply, also when the reply is beside the card; absent when there is none. `asked` and `question`
 * hold for the next utterance only: absent means that nothing is asked (back) any more.
 */
export interface Reply {
  reply: string;
  urgency: Urgency;
  /** `""` or titles joined by `"; "`, in the schema's form. */
  sources: string;
  hazard?: string;
  step?: number;
  asked?: string;
  question?: string;
  /** True from the reply on that reads place and hazard back. */
  confirmed?: boolean;
  /** 0, or absent, where this turn was heard well. */
  badly_heard?: number;
  slow?: boolean;
  /** The same words as `reply`, where not all are in the situation's language. */
  parts?: readonly SpokenPart[];
  /** The language to listen for and to speak from now on, where it changes. */
  language?: string;
  /** What the reply rests on. */
  grounding?: Grounding;
  /** What this utterance told of the incident; absent where nothing. */
  facts?: Facts;
}

/** A turn's place and time, for the facts that are read out of its words. */
export interface TurnStamp {
  turn: number;
  /** ISO 8601 with the company's offset. */
  at: string;
}

export interface AskOptions {
  stamp?: TurnStamp;
  /** Aborts where the caller is gone: what is under way then costs nothing more. */
  signal?: AbortSignal;
}

export interface Assistant {
  /** Never throws for any words; bounded in time by its implementation. */
  reply(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
    options?: AskOptions,
  ): Promise<Reply>;
  /**
   * The card of a hazard in safe words with the emergency number, without any I/O: what a caller
   * hears when all else fails. Its urgency is the hazard's own, URGENT when none is known. In `language` (BCP 47)
   * where the card has it.
   */
  card(hazard: string | undefined, emergencyNumber: string, language?: string): Reply;
}
