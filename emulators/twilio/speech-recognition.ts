/**
 * What speech recognition makes of words in a language that it does not listen for: words of its own
 * language that were never said, and little confidence. A Gather listens for one language, so text
 * typed in another one must not pass as if it had been understood. Pure: the same words are always
 * misheard alike.
 *
 * Differs from Twilio: what is misheard has nothing of the sound of what was said; a language is told
 * from its script or by the caller (`--stt-lang`), so Latin letters pass on every line unless told.
 */

/** Languages that are written in a script which others are not. */
const LANGUAGES_BY_SCRIPT: readonly (readonly [RegExp, readonly [string, ...string[]]])[] = [
  [/\p{Script=Devanagari}/u, ['hi', 'mr', 'ne']],
  [/\p{Script=Bengali}/u, ['bn', 'as']],
  [/\p{Script=Gurmukhi}/u, ['pa']],
  [/\p{Script=Gujarati}/u, ['gu']],
  [/\p{Script=Oriya}/u, ['or']],
  [/\p{Script=Tamil}/u, ['ta']],
  [/\p{Script=Telugu}/u, ['te']],
  [/\p{Script=Kannada}/u, ['kn']],
  [/\p{Script=Malayalam}/u, ['ml']],
  [/\p{Script=Arabic}/u, ['ar', 'ur', 'fa']],
  [/\p{Script=Cyrillic}/u, ['ru', 'uk', 'bg', 'sr', 'mk']],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, ['ja']],
  [/\p{Script=Hangul}/u, ['ko']],
  [/\p{Script=Han}/u, ['zh', 'cmn', 'yue', 'ja']],
];

/** Everyday words without any danger in them. */
const COMMON_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: 'are lucky hey say a guy may log in the car tea her a moose key hi mode or so me there'.split(
    ' ',
  ),
  hi: 'है वो तो एक और ना की आप यह हम सब कल आज भी ही घर चाय कर लो दो'.split(' '),
  es: 'a ver el la que de y si no se me lo va mi casa hola un día ya muy'.split(' '),
};

const LEAST_CONFIDENCE = 0.12;
const MOST_CONFIDENCE = 0.42;

export interface Misheard {
  readonly text: string;
  /** 0 to 1, below 0.5. */
  readonly confidence: number;
}

/**
 * @param spoken the language that the caller speaks, BCP 47; undefined where only the script tells
 * @param listening the Gather's language; `multi` understands every one
 * @returns undefined where the words are understood
 */
export function mishear(
  text: string,
  spoken: string | undefined,
  listening: string,
): Misheard | undefined {
  const languages = languagesOf(text, spoken);
  const own = baseOf(listening);
  if (own === 'multi' || languages === undefined || languages.includes(own)) return undefined;
  const words = COMMON_WORDS[own] ?? (COMMON_WORDS.en as readonly string[]);
  const said = text.trim().split(/\s+/);
  const heard = said.map((word, at) => words[hash(`${at} ${word}`) % words.length]);
  const span = MOST_CONFIDENCE - LEAST_CONFIDENCE;
  const confidence = LEAST_CONFIDENCE + (span * (hash(text) % 1_000)) / 1_000;
  return { text: heard.join(' '), confidence: Number(confidence.toFixed(2)) };
}

/** Those that the words may be in; undefined where nothing tells. The script tells more than the caller. */
function languagesOf(text: string, spoken: string | undefined): readonly string[] | undefined {
  const written = LANGUAGES_BY_SCRIPT.find(([script]) => script.test(text))?.[1];
  return written ?? (spoken === undefined ? undefined : [baseOf(spoken)]);
}

function baseOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}
