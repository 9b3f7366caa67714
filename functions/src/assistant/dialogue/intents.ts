import { CLASSES } from '../floor/lexicon.ts';
import { createPhraseBook } from '../floor/phrases.ts';
import { tokenize } from '../floor/words.ts';

/** What a caller wants from the conversation itself, apart from any hazard. */
export type Intent =
  | 'repeat'
  | 'slower'
  | 'person'
  | 'helpHere'
  | 'falseAlarm'
  | 'wrongNumber'
  | 'prank'
  | 'panic'
  | 'unsure'
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
    value: 'slower',
    phrases: `slower, slowly, more slowly, slow down, too fast, dheere, dheere|dhire bolo|boliye|bolna, aaram se bolo|boliye, धीरे, mas despacio, mas lento, despacio`,
  },
  {
    value: 'helpHere',
    phrases: `fire brigade|service|department|truck|engine|fighters is|are here, ambulance|paramedics|medics|medic|doctor|nurse|firefighters|firemen|police|rescue|rescuers|supervisor|team|they|help is|are here, they|help has|have arrived, ambulance|paramedics|firefighters|doctor|help has|have? arrived|come
      ambulance|doctor|brigade|police aa gayi|gaya|gaye, madad aa gayi, aa gayi ambulance, एम्बुलेंस|एंबुलेंस|दमकल|पुलिस आ गई, डॉक्टर आ गए|गया, मदद आ गई, llego la ambulancia|ayuda, llegaron los bomberos, ya llegaron|llego, ambulancia|bomberos|medico ya? esta|estan aqui`,
  },
  {
    value: 'falseAlarm',
    phrases: `false alarm, it was nothing, nothing happened, jhootha|jhutha alarm, kuch nahi hua, झूठा अलार्म, कुछ नहीं हुआ, falsa alarma, no paso nada`,
  },
  {
    value: 'wrongNumber',
    phrases: `wrong number, dialled|dialed|called .. wrong, by mistake, pocket dial|dialled, galat number|nambar, galti se, गलत नंबर, numero equivocado, me equivoque`,
  },
  {
    value: 'prank',
    phrases: `just|only kidding|joking, just a joke|prank, only a joke|prank, it is a joke|prank, was a joke|prank, for fun, lol, haha, hahaha, mazak, majak, मज़ाक, es una broma`,
  },
  {
    value: 'panic',
    phrases: `oh god, oh my god, omg, oh no, please please, quick quick, hurry, what do i do, what should i do, do not know what to do, i am scared|panicking, jaldi, jaldi karo, kya karu|karun, hey bhagwan, he bhagwan, जल्दी, क्या करूं, dios mio, rapido, que hago, no se que hacer`,
  },
  {
    value: 'unsure',
    phrases: `do not know, not sure, no idea, can not tell|say|see, maybe, perhaps, pata nahi|nahin, malum nahi, पता नहीं, मालूम नहीं, no se, no estoy seguro|segura, quizas, tal vez`,
  },
  {
    value: 'person',
    phrases: `talk|speak .. human|person|someone|somebody|supervisor|operator|manager|agent|man|woman, real person|human, human please, get|connect|give|put|need me? .. supervisor|operator|manager|human|agent
      kisi se baat, aadmi se baat, insaan se, supervisor se, hablar con .. persona|alguien|supervisor`,
  },
  {
    value: 'safe',
    phrases: `i|we are|am all? safe|okay|ok|fine, everybody|everyone|all is|are? safe|fine|ok|okay, all clear, hum surakshit|theek, sab theek, estoy|estamos bien, a salvo`,
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

const OVER = ['helpHere', 'falseAlarm', 'safe'] as const;

/** A request to Aurora is short; in a longer story the same words mean something else. */
const LONGEST = 12;

export function recognizeIntents(text: string): ReadonlySet<Intent> {
  const tokens = tokenize(text);
  if (tokens.length > LONGEST) return new Set();
  const found = new Set(book.find(tokens).map(({ value }) => value));
  // "It is not a false alarm", "the ambulance is not here".
  if (tokens.some(({ word }) => word === 'not' || word === 'never')) {
    for (const over of OVER) found.delete(over);
  }
  return new Set(PRIORITY.filter((intent) => found.has(intent)));
}
