import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { spokenDigits } from './numbers.ts';
import { setOf, type Word } from './said.ts';

/** Digits of a telephone number that somebody can be called back under, by E.164 and by use. */
const FEWEST = 7;
const MOST = 15;

const CALL_BACK =
  setOf(`call callback number phone contact reach mobile cell ring telephone whatsapp dial
  phone-number fon nambar numbar kol fone फोन नंबर नम्बर कॉल मोबाइल
  llame llama llamar llamame llamenme numero telefono celular movil contacto`);
const TIMES = new Map([
  ...['double', 'dabal', 'doble', 'डबल'].map((word) => [word, 2] as const),
  ...['triple', 'treble', 'tripal', 'ट्रिपल'].map((word) => [word, 3] as const),
]);
/** Number something else than telephones. */
const NUMBERED = setOf(
  'part serial order invoice model badge tag employee id batch asset permit account ticket vehicle',
);
/** Said between two groups of digits. */
const PAUSES = setOf('and then uh um aur phir y luego extension और');
const PLUS = setOf('plus mas');

/**
 * The number under which the caller wants to be called back, typed or spoken in digits or words, in
 * E.164 where the country is known or said, else its digits. `taken` are words that number something
 * else, such as the hall.
 */
export function callbackIn(
  text: string,
  words: readonly Word[],
  { country, asked, taken }: { country?: string; asked: boolean; taken: ReadonlySet<number> },
): { value: string; confidence: number } | undefined {
  const [digits, isInternational] = longestRun(text, words, taken);
  if (digits.length < FEWEST || digits.length > MOST) return undefined;
  const parsed = parsePhoneNumberFromString(
    isInternational ? `+${digits}` : digits,
    country as CountryCode | undefined,
  );
  const isOther = words.some(({ word }) => NUMBERED.has(word));
  const isWanted = asked || (!isOther && words.some(({ word }) => CALL_BACK.has(word)));
  const isNumber = parsed?.isPossible() === true;
  return {
    value: isNumber ? parsed.number : `${isInternational ? '+' : ''}${digits}`,
    confidence: isWanted ? (isNumber ? 0.9 : 0.6) : isNumber && isInternational ? 0.6 : 0.4,
  };
}

/** The most digits that follow each other, and whether a plus stands before them. */
function longestRun(
  text: string,
  words: readonly Word[],
  taken: ReadonlySet<number>,
): [digits: string, isInternational: boolean] {
  let best: [string, boolean] = ['', false];
  for (let at = 0; at < words.length; ) {
    const [digits, after] = runFrom(text, words, at, taken);
    if (digits.length > best[0].length) best = [digits, hasPlus(text, words, at)];
    at = Math.max(after, at + 1);
  }
  return best;
}

function runFrom(
  text: string,
  words: readonly Word[],
  from: number,
  taken: ReadonlySet<number>,
): [digits: string, after: number] {
  let digits = '';
  let at = from;
  while (at < words.length && !taken.has(at)) {
    if (digits && isApart(text, words, at)) break;
    const word = words[at]?.word ?? '';
    const times = TIMES.get(word);
    const one = spokenDigits(words[times ? at + 1 : at]?.word ?? '');
    if (one === undefined || (times && one.length > 1)) {
      const goesOn = digits && PAUSES.has(word) && spokenDigits(words[at + 1]?.word ?? '');
      if (!goesOn) break;
      at += 1;
      continue;
    }
    const isTens = /^[a-z]+$/.test(word) && /^[2-9]0$/.test(one);
    const unit = isTens ? spokenDigits(words[at + 1]?.word ?? '') : undefined;
    if (unit && /^[1-9]$/.test(unit) && /^\p{L}/u.test(words[at + 1]?.word ?? '')) {
      digits += `${one[0]}${unit}`;
      at += 2;
    } else {
      digits += one.repeat(times ?? 1);
      at += times ? 2 : 1;
    }
  }
  return [digits, at];
}

/** "There are 2. 98765…": a sentence has ended in between. */
function isApart(text: string, words: readonly Word[], at: number): boolean {
  const between = text.slice(words[at - 1]?.end, words[at]?.start);
  return /[.!?।\n]\s|\n/.test(between);
}

function hasPlus(text: string, words: readonly Word[], at: number): boolean {
  const { start = 0 } = words[at] ?? {};
  return (
    /\+\s*\(?$/.test(text.slice(Math.max(0, start - 3), start)) ||
    PLUS.has(words[at - 1]?.word ?? '')
  );
}
