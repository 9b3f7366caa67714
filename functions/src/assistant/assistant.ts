import type { Message, Urgency } from '../calls/model.ts';

/** What the caller did: said words, pressed a key, or both. Silence never reaches the assistant. */
export interface Utterance {
  /** Trimmed words as Twilio heard them; empty when only a key was pressed. */
  text: string;
  /** Twilio's Confidence, 0 to 1; absent when Twilio sent none. */
  confidence?: number;
  /** 1 danger, 2 safe, 9 a person, 0 repeat. */
  key?: '0' | '1' | '2' | '9';
}

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
  /** The site's emergency number, e.g. `112`; a CRITICAL caller hears it in the first reply. */
  emergency_number: string;
}

/**
 * One answer. `urgency` is this utterance's own judgement ("ok" in the middle of a fire is NORMAL):
 * whoever folds it never lowers the call. `hazard` and `step` are where the card stands after this
 * reply, also when the reply is beside the card; absent when there is none. `asked` holds for the
 * next utterance only: absent means that nothing is asked back any more.
 */
export interface Reply {
  reply: string;
  urgency: Urgency;
  /** `""` or titles joined by `"; "`, in the schema's form. */
  sources: string;
  hazard?: string;
  step?: number;
  asked?: string;
}

export interface Assistant {
  /** Never throws for any words; bounded in time by its implementation. */
  reply(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
  ): Promise<Reply>;
  /**
   * The card of a hazard in safe words with the emergency number, without any I/O: what a caller
   * hears when all else fails. Its urgency is the hazard's own, URGENT when none is known.
   */
  card(hazard: string | undefined, emergencyNumber: string): Reply;
}
