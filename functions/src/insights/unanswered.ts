import { WORDINGS } from '../assistant/languages/wording.ts';
import { writtenWording } from '../assistant/languages/written.ts';
import type { Message } from '../calls/model.ts';

/** Words of a caller for which Aurora had none of a manual. */
export interface UnansweredQuestion {
  message_id: string;
  at: string;
  question: string;
  answer: string;
}

const SAID = WORDINGS.flatMap((wording) => [wording, writtenWording(wording)]).map(
  ({ sentences }) => sentences,
);
/** In the middle of a card: the card goes on after it, so that the reply's rung is the card's. */
const NO_ANSWER = SAID.map(({ noAnswer }) => noAnswer);
/** To who asks for a person: that is no question that a manual could answer. */
const ASKED_FOR_PERSON = SAID.flatMap(({ person, personTried }) => [person, personTried]);
/** A key was pressed and nothing was said. */
const ONLY_A_KEY = /^Pressed \d: /;

/**
 * What callers said and no manual answers, in order: Aurora's reply to it came from the rung `person`
 * (nothing but the number and a question back), or said in the middle of a card that she has no
 * answer. Replies that were not spoken, pressed keys, and wishes for a person are left out.
 */
export function unansweredIn(messages: readonly Message[]): UnansweredQuestion[] {
  const words = new Map(
    messages.flatMap((message) => (message.role === 'user' ? [[turnOf(message), message]] : [])),
  );
  return messages.flatMap((reply) => {
    const asked = words.get(turnOf(reply));
    if (!asked || ONLY_A_KEY.test(asked.content) || !hasNoWords(reply)) return [];
    const { id: message_id, timestamp: at, content: question } = asked;
    return [{ message_id, at, question, answer: reply.content }];
  });
}

function hasNoWords({ role, spoken, grounding, content }: Message): boolean {
  if (role !== 'assistant' || spoken === false || !grounding) return false;
  const says = (sentences: readonly string[]) =>
    sentences.some((sentence) => content.includes(sentence));
  return grounding.rung === 'person' ? !says(ASKED_FOR_PERSON) : says(NO_ANSWER);
}

/** Words and the reply to them share all of their ids but the rank. */
function turnOf({ id }: Pick<Message, 'id'>): string {
  return id.slice(0, -1);
}
