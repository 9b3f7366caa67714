import { CLASSES } from '../floor/lexicon.ts';
import { createPhraseBook } from '../floor/phrases.ts';
import { tokenize } from '../floor/words.ts';

/** What a caller wants from the conversation itself, apart from any hazard. */
export type Intent =
  | 'repeat'
  | 'person'
  | 'safe'
  | 'yes'
  | 'no'
  | 'next'
  | 'who'
  | 'number'
  | 'thanks'
  | 'greeting';

const PHRASES: readonly { value: Intent; phrases: string }[] = [
  {
    value: 'repeat',
    phrases: `repeat, say that|it again, again please, what did you say, pardon, come again, one more time, say again, phir se, dobara, kya bola|kaha, repite|repita, otra vez, no entendi
      did|could|can not hear|understand|catch|get that|you|it, did not hear|understand`,
  },
  {
    value: 'person',
    phrases: `talk|speak .. human|person|someone|somebody|supervisor|operator|manager|agent|man|woman, real person|human, human please, get|connect|give|put|need me? .. supervisor|operator|manager|human|agent
      kisi se baat, aadmi se baat, insaan se, supervisor se, hablar con .. persona|alguien|supervisor`,
  },
  {
    value: 'safe',
    phrases: `i|we are|am all? safe|okay|ok|fine, everybody|everyone|all is|are? safe|fine|ok|okay, all clear, false alarm, hum surakshit|theek, sab theek, estoy|estamos bien, a salvo`,
  },
  { value: 'number', phrases: 'what|which .. number, number .. call, kaunsa number, que numero' },
  {
    value: 'who',
    phrases:
      'who are|is you|this, who assembled|made|built you, what are you, what .. can you do, how can|do you help, what .. help me with, are you a .. robot|machine|human|person|computer, kaun ho|hai|bol, quien eres',
  },
  {
    value: 'next',
    phrases:
      'next, what now|else|then, and now|then, then what, go on, continue, done, did it, did that, finished, aage, ab kya, phir kya, hecho, y ahora, siguiente, what do i do now',
  },
  {
    value: 'yes',
    phrases: 'yes, yeah, yep, yup, correct, right, exactly, haan, han, ha, ji, si, claro, हाँ, हां',
  },
  { value: 'no', phrases: 'no, nope, nah, wrong, nahi, nahin, नहीं' },
  {
    value: 'thanks',
    phrases:
      'thanks, thank you, bye, goodbye, that is all, dhanyavad, shukriya, gracias, adios, धन्यवाद',
  },
  {
    value: 'greeting',
    phrases:
      'hello, hi|hey|hallo|helo, good morning|evening|afternoon|day, namaste, namaskar, hola, anybody there, are you there, can you hear, नमस्ते',
  },
];

const book = createPhraseBook(PHRASES, CLASSES);
const PRIORITY = PHRASES.map(({ value }) => value);

/** A request to Aurora is short; in a longer story the same words mean something else. */
const LONGEST = 12;

export function recognizeIntents(text: string): ReadonlySet<Intent> {
  const tokens = tokenize(text);
  if (tokens.length > LONGEST) return new Set();
  const found = new Set(book.find(tokens).map(({ value }) => value));
  return new Set(PRIORITY.filter((intent) => found.has(intent)));
}
