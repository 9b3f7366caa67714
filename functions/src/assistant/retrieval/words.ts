import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stemmer } from 'stemmer';
import { tokenize } from '../floor/words.ts';

/** Words that say nothing of what a question is about, in the languages that callers mix. */
const STOP_WORDS = new Set(
  `a an the i you he she it we they me my your his her our us them him their this that these those there here some any
  is are was were be been being am do does did doing done have has had having can could should would will must may might
  shall to of in on at for from with by and or but if so as not no what which who whom how when where why whether than
  then also just very too more most much many all one ones own same such into onto out up down off over again please
  tell say says said about ask asked question give gives get gets got need needs want wants know now ok okay yes help
  let lets allowed right fine good wear wat somebody someone anybody anyone everybody person people man woman guy bloke
  colleague mate friend worker thing things something anything everything happen happens happened happening mean means
  yous use using used chalate chalana chalaye istemal upyog चलाते चलाना चलाएं इस्तेमाल उपयोग usa usar uso utilizar utiliza
  way ways manual procedure aurora next look looks go goes going been because while during after before when rings
  there's he's she's it's i'm hello hi hey sir madam well like really quite bit trick tips advise advice best correct take takes took taking put puts putting feel feels work works working enter hit
  kya hai hain ho hota hote hoti karna karne karu karun kare karen karte karta karti kar karo karo chahiye ke mein me main
  se ka ki ko ne par pe agar kaise kab kahan kaun kitna kitni aur ya to bhi jaye jaaye aaye aa gaya gayi gaye sakte sakta
  sakti sakten lagana laga lagaye lage hum hamen mujhe mera meri mere uska uski koi yeh woh wala wali wale batao bataiye
  का की के को में से ने पर है हैं हो था थी थे क्या कैसे कब कहाँ कहां कौन कितना कितनी करना करते करें करूं और या तो भी
  जाए सकते सकता सकती लगा लगाना कोई यह वह मुझे मेरा मेरी हम लिए जा जाना
  el la los las lo un una unos unas en de del al con por para a y o que como cuando donde cual cuales quien hago hacer
  debo debe puedo puede se si no es son esta estan hay me mi tu su le les nos muy mas esto eso este esa tengo tiene poner
  pongo alguien persona`.split(/\s+/),
);

/** `functions/lexicon/retrieval.md`, seen from `src/assistant/retrieval` and from `lib/…`. */
const SHIPPED = fileURLToPath(new URL('../../../lexicon/retrieval.md', import.meta.url));

/** The longest phrase of the lexicon, in words. */
const LONGEST_PHRASE = 5;

/** What a caller's words stand for in the manual: words by phrase, both stemmed. */
export type SearchLexicon = ReadonlyMap<string, readonly string[]>;

/** Reads lines of the form `- manual's words: phrase, phrase`. */
export function parseSearchLexicon(text: string): SearchLexicon {
  const lexicon = new Map<string, readonly string[]>();
  for (const [, meant = '', phrases = ''] of text.matchAll(/^- ([^:\n]+): (.+)$/gm)) {
    for (const phrase of phrases.split(',')) {
      lexicon.set(plainWords(phrase).join(' '), plainWords(meant).map(stem));
    }
  }
  return lexicon;
}

const LEXICON = parseSearchLexicon(readFileSync(SHIPPED, 'utf8'));

/**
 * The words of a text that say what it is about, as the search compares them: the manual's word in
 * place of a caller's, without endings.
 */
export function contentWords(text: string, lexicon: SearchLexicon = LEXICON): string[] {
  const words = plainWords(text);
  const content: string[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(words, at, lexicon);
    if (found) {
      content.push(...found.meant);
      at += found.length;
    } else {
      const word = words[at] as string;
      if (!STOP_WORDS.has(word)) content.push(stem(word));
      at += 1;
    }
  }
  return content;
}

function longestPhrase(words: readonly string[], at: number, lexicon: SearchLexicon) {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    const meant = lexicon.get(words.slice(at, at + length).join(' '));
    if (meant) return { meant, length };
  }
  return undefined;
}

function plainWords(text: string): string[] {
  return tokenize(text).map(({ word }) => word);
}

/** Endings are those of English; other words stay as they are. */
function stem(word: string): string {
  return /^[a-z]{4,}$/.test(word) ? stemmer(word) : word;
}
