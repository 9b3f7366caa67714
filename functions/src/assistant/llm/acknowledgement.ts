import { baseOf } from '../../calls/language-tags.ts';
import { promisesHelp } from '../languages/promises.ts';
import {
  has,
  hasAddress,
  hasNumber,
  inPlainForm,
  NEGATIONS,
  occursIn,
  wordSet,
  wordsOf,
} from './words.ts';

/** Longer is not listened to before what matters. */
const MOST_WORDS = 15;

interface Language {
  /** Sentences that may be said as they stand; `(a|b)` is a choice. */
  sentences: readonly string[];
  /** Before the caller's own words: they stay what somebody said. */
  attributions: readonly string[];
  /** The caller's words about themselves, as they are said back. */
  swapped: Readonly<Record<string, string>>;
  /** A quotation begins with one of these: what begins with a verb may be an order. */
  beginnings: string;
}

/**
 * All that may be said to show that a caller was heard. It is a list of what is allowed, because a
 * list of what is forbidden always lacks one more way to tell somebody what to do.
 */
const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    sentences: [
      'i (understand|see|hear you)',
      'i am (here|with you|listening|here with you)',
      'i am (so |very )?sorry( to hear that| to hear this)?',
      '(that|this|it) sounds (very |really )?(serious|dangerous|frightening|painful|bad|worrying|hard)',
      'thank you( for telling me| for calling| for letting me know)?',
      '(okay|ok|all right|alright|understood|got it|right)',
      'i (got|have) (that|it)',
      'that is a good question',
    ],
    attributions: ['you (said|say|told me|tell me)( that)?', 'i (heard|hear)'],
    swapped: {
      i: 'you',
      my: 'your',
      me: 'you',
      mine: 'yours',
      am: 'are',
      our: 'your',
      we: 'you',
      us: 'you',
    },
    beginnings: 'there the a an your you he she it they this that his her their some',
  },
  hi: {
    sentences: [
      'मैं (समझ गया|समझ गयी|समझ गई|समझता हूँ|समझती हूँ|समझ रहा हूँ|समझ रही हूँ|सुन रहा हूँ|सुन रही हूँ)',
      'मैं (यहाँ|यहां|यहीं) हूँ',
      '(धन्यवाद|शुक्रिया|ठीक है|अच्छा)',
      'बताने के लिए (धन्यवाद|शुक्रिया)',
      'यह (बहुत )?(गंभीर|खतरनाक) (है|लगता है)',
      'main (samajh gaya|samajh gayi|samajh raha hoon|samajh rahi hoon|sun raha hoon|sun rahi hoon)',
      'main (yahan|yahin) hoon',
      '(dhanyavad|shukriya|theek hai|accha|achha)',
    ],
    attributions: ['आपने (कहा|बताया)( कि)?', 'aapne (kaha|bataya)( ki)?'],
    swapped: { मेरा: 'आपका', मेरे: 'आपके', मेरी: 'आपकी', mera: 'aapka', mere: 'aapke', meri: 'aapki' },
    beginnings: 'यहाँ यहां वहाँ वहां आपका आपके आपकी एक वह वे कोई yahan wahan aapka aapke aapki woh koi',
  },
  es: {
    sentences: [
      '(lo |le |te )?(entiendo|comprendo|escucho|oigo)',
      '(estoy|sigo) (aquí|con usted|contigo|escuchando)',
      'lo siento( mucho)?',
      '(eso |esto )?(suena|parece) (muy )?(grave|serio|peligroso|doloroso)',
      '(muchas )?gracias( por (avisar|decirlo|decírmelo|llamar|contármelo))?',
      '(de acuerdo|entendido|vale|está bien|bien)',
    ],
    attributions: ['(usted )?(dice|dijo|ha dicho)( que)?', 'oigo'],
    swapped: { mi: 'su', mis: 'sus', me: 'le', yo: 'usted', estoy: 'está', tengo: 'tiene' },
    beginnings: 'hay el la los las un una unos unas su sus hubo este esta',
  },
};

/** Turns words that somebody said into advice, or into something that is not sure. */
const DOUBTFUL = wordSet(
  `should must need needs have has had ought may might can could will would shall let lets please better best
  want go run leave stop get to if whether maybe think hope wish ask asked what how why where which who
  chahiye karo karna jao kya kaise agar चाहिए करो करना करें जाओ जाइए क्या कैसे अगर शायद
  debe debo deben hay que puede puedo tiene si quiero vaya haga qué cómo dónde quizás`,
);

/** A question, a wish or a doubt: words of it, said back, could sound like an answer. */
function isPlainReport(words: readonly string[]): boolean {
  return !has(words, NEGATIONS) && !has(words, DOUBTFUL);
}

/**
 * What shows that the caller was heard, ready to be spoken; undefined where anything in it could be
 * an instruction, a number, an address or a promise, and where that is not sure.
 */
export function acceptAcknowledgement(
  text: string | null,
  callerSaid: string,
  language = 'en',
): string | undefined {
  const plain = text === null ? undefined : inPlainForm(text);
  const allowed = ALLOWED[baseOf(language)];
  if (plain === undefined || allowed === undefined) return undefined;
  if (plain.split(/\s+/).length > MOST_WORDS || wordsOf(plain).length > MOST_WORDS)
    return undefined;
  if (hasNumber(plain) || hasAddress(plain) || promisesHelp(plain)) return undefined;
  const clauses = plain.split(/[^\p{L}\p{M}\p{N}\s'’]+/u).filter((clause) => clause.trim() !== '');
  const said = allowed.saidBack(wordsOf(callerSaid));
  const fits = clauses.length > 0 && clauses.every((clause) => fitsIn(allowed, clause, said));
  return fits ? plain : undefined;
}

interface Allowed {
  sentence: RegExp;
  attribution: RegExp;
  beginnings: ReadonlySet<string>;
  saidBack(words: readonly string[]): readonly string[];
}

const ALLOWED: Readonly<Record<string, Allowed>> = Object.fromEntries(
  Object.entries(LANGUAGES).map(([language, { sentences, attributions, swapped, beginnings }]) => [
    language,
    {
      sentence: new RegExp(`^(?:${sentences.map(asWords).join('|')})$`, 'u'),
      attribution: new RegExp(`^(?:${attributions.map(asWords).join('|')}) `, 'u'),
      beginnings: wordSet(beginnings),
      saidBack: (words: readonly string[]) => words.map((word) => swapped[word] ?? word),
    },
  ]),
);

function fitsIn(allowed: Allowed, clause: string, said: readonly string[]): boolean {
  const words = wordsOf(clause).join(' ');
  if (allowed.sentence.test(words)) return true;
  if (!allowed.attribution.test(words) || !isPlainReport(said)) return false;
  const [first = '', ...rest] = words.replace(allowed.attribution, '').split(' ');
  return allowed.beginnings.has(first) && rest.length > 0 && occursIn([first, ...rest], said);
}

/** Letters as {@link wordsOf} gives them, without touching the pattern's own marks. */
function asWords(pattern: string): string {
  return pattern.replace(/[\p{L}\p{M}]+/gu, (word) => wordsOf(word).join(' '));
}
