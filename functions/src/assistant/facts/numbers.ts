import { plain, setOf, type Word } from './said.ts';

/**
 * Number words by value, in English, Hindi (both scripts) and Spanish. `do` is two in Hindi and a
 * verb in English, and `once` eleven in Spanish: the first is looked at more closely, the second is
 * left out.
 */
const CARDINALS: Readonly<Record<number, string>> = {
  0: 'zero shunya शून्य cero',
  1: 'one ek एक uno un una',
  2: 'two do दो dos',
  3: 'three teen tin तीन tres',
  4: 'four char chaar चार cuatro',
  5: 'five paanch panch paach पांच पाँच cinco',
  6: 'six chhe che chhah chah छह छः छे seis',
  7: 'seven saat सात siete',
  8: 'eight aath आठ ocho',
  9: 'nine nau नौ nueve',
  10: 'ten das दस diez',
  11: 'eleven gyarah ग्यारह',
  12: 'twelve barah बारह doce',
  13: 'thirteen trece',
  14: 'fourteen catorce',
  15: 'fifteen pandrah quince',
  16: 'sixteen dieciseis',
  17: 'seventeen diecisiete',
  18: 'eighteen dieciocho',
  19: 'nineteen diecinueve',
  20: 'twenty bees बीस veinte',
  30: 'thirty tees treinta',
  40: 'forty chalis cuarenta',
  50: 'fifty pachas cincuenta',
  60: 'sixty sesenta',
  70: 'seventy setenta',
  80: 'eighty ochenta',
  90: 'ninety noventa',
};

export const ORDINALS =
  setOf(`ground first second third fourth fifth sixth seventh eighth ninth tenth top
  1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th
  pehli pahli pehle dusri doosri dusre teesri tisri teesre chauthi chauthe paanchvi panchvi nichli upari
  पहली पहले दूसरी दूसरे तीसरी तीसरे चौथी पांचवीं निचली ऊपरी
  primer primero primera segundo segunda tercer tercero tercera cuarto cuarta quinto quinta sexto septimo
  ultimo ultima`);

const VALUES = new Map(
  Object.entries(CARDINALS).flatMap(([value, words]) =>
    plain(words)
      .split(' ')
      .map((word) => [word, Number(value)] as const),
  ),
);

/** Words of people after which `do` was two: "do log". */
const AFTER_TWO = setOf(
  'log logon logo aadmi admi aadmiyon mazdoor majdoor jan jane worker workers bande bande-log ladke',
);
/** Words before which, or beside which, `do` is two: "haan do", "number do". */
const BEFORE_TWO = setOf('haan han ha ji number nambar no sirf bas kareeb karib shayad kul hum');

/** The value of a number word or of up to three digits; undefined for anything else. */
export function numberAt(words: readonly Word[], at: number): number | undefined {
  const word = words[at]?.word ?? '';
  if (/^\d{1,3}$/.test(word)) return Number(word);
  if (word === 'do' && !isTwo(words, at)) return undefined;
  return VALUES.get(word);
}

/** The same, where a number is read out digit by digit. */
export function spokenDigits(word: string): string | undefined {
  if (/^\d+$/.test(word)) return word;
  if (word === 'oh' || word === 'o') return '0';
  const value = VALUES.get(word);
  return value === undefined ? undefined : String(value);
}

function isTwo(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]?.word;
  const after = words[at + 1]?.word;
  return (
    words.length === 1 ||
    AFTER_TWO.has(after ?? '') ||
    (BEFORE_TWO.has(before ?? '') && after !== 'not' && after !== 'you')
  );
}
