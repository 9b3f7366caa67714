/**
 * Hindi is written in two scripts, and in Latin letters however people please: "nahi", "nahin",
 * "नहीं". What sounds alike is brought to one spelling here, so that all of them teach each other.
 */

const CONSONANTS: Readonly<Record<string, string>> = Object.fromEntries(
  `क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n
  प p फ ph ब b भ bh म m य y र r ल l व v श sh ष sh स s ह h ळ l`
    .split(/\s+/)
    .reduce<[string, string][]>((pairs, _, at, all) => {
      if (at % 2 === 0) pairs.push([all[at] as string, all[at + 1] as string]);
      return pairs;
    }, []),
);
const VOWELS: Readonly<Record<string, string>> = {
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ए: 'e',
  ऐ: 'e',
  ओ: 'o',
  औ: 'o',
  ऑ: 'o',
  ऋ: 'ri',
};
/** Signs of a vowel behind a consonant. */
const SIGNS: Readonly<Record<string, string>> = {
  '\u093e': 'a',
  '\u093f': 'i',
  '\u0940': 'i',
  '\u0941': 'u',
  '\u0942': 'u',
  '\u0947': 'e',
  '\u0948': 'e',
  '\u094b': 'o',
  '\u094c': 'o',
  '\u0949': 'o',
  '\u0943': 'ri',
  '\u0945': 'e',
};
const NO_VOWEL = '\u094d';
const OTHERS: Readonly<Record<string, string>> = { '\u0902': 'n', '\u0903': 'h' };

/** Words that few sentences of Hindi do without, and that other languages hardly use together. */
const COMMON = new Set(
  `hai hain nahi nahin nhi ka ki ke ko se mein me ho gaya gayi raha rahi rahe kya aur bhi wala wale usko uska mera
  hua hui tha thi kar lag lagi par pe ek koi`.split(/\s+/),
);

export function isDevanagari(word: string): boolean {
  return /[\u0900-\u097f]/.test(word);
}

/** Whether a text is Hindi in either script, or mixed with it. */
export function isHindi(words: readonly string[]): boolean {
  const common = words.filter((word) => COMMON.has(word)).length;
  return common >= 2 || (common === 1 && words.length <= 6) || words.some(isDevanagari);
}

/** How a word of Hindi sounds, roughly, in either script: its consonants and what vowels are certain. */
export function soundOf(word: string): string {
  const written = isDevanagari(word) ? inLatin(word) : word;
  const plain = written
    .replace(/ck|q/g, 'k')
    .replaceAll('x', 'ks')
    .replaceAll('ph', 'f')
    .replaceAll('z', 'j')
    .replaceAll('w', 'v')
    .replace(/ee|ii/g, 'i')
    .replace(/oo|uu/g, 'u')
    .replace(/ai|ay(?=[^aeiou]|$)/g, 'e')
    .replace(/au|ou/g, 'o')
    .replaceAll('sh', 's')
    .replace(/([kgcjtdbp])h+/g, '$1')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?!^)y(?=[aeiou])/g, '')
    .replace(/(?!^)y/g, 'i')
    .replace(/(..[aeiou])n$/, '$1')
    .replace(/m(?=[bp])/g, 'n');
  const short = plain.length > 2 ? plain.slice(0, 1) + plain.slice(1).replaceAll('a', '') : plain;
  return short.replace(/(.)\1+/g, '$1');
}

function inLatin(word: string): string {
  const letters = [...word];
  return letters
    .map((letter, at) => {
      const consonant = CONSONANTS[letter];
      if (!consonant) return VOWELS[letter] ?? SIGNS[letter] ?? OTHERS[letter] ?? plain(letter);
      const next = letters[at + 1];
      const spoken = next !== undefined && next !== NO_VOWEL && !(next in SIGNS);
      return spoken ? `${consonant}a` : consonant;
    })
    .join('');
}

function plain(letter: string): string {
  return letter === NO_VOWEL ? '' : letter;
}
