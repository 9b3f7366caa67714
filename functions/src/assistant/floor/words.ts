/** One word as the recognizer sees it: lower case, no accents, no contraction. */
export interface Token {
  word: string;
  /** Counts up at every comma, dash and joining word such as `and` or `but`. */
  clause: number;
  /** Counts up at every full stop, question or exclamation mark. */
  sentence: number;
}

/** What Aurora listens to; Twilio's own limit for a Gather is far below it. */
export const MAX_CHARACTERS = 4000;

const CONTRACTIONS: readonly [RegExp, string][] = [
  [/\bcan(?:'?t|not)\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\bain'?t\b/g, 'is not'],
  [/\b(is|are|was|were|do|does|did|has|have|had|would|could|should)n'?t\b/g, '$1 not'],
  [
    /\b(he|she|it|that|there|here|what|where|who|someone|somebody|everyone|everybody|everything|nobody|nothing|something)'s\b/g,
    '$1 is',
  ],
  [/\b(he|she|there|that|here)s\b/g, '$1 is'],
  [/'s\b/g, ''],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/\bi'?m\b/g, 'i am'],
  [/'d\b/g, ' would'],
  [/\bno one\b/g, 'nobody'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\b(un)able to\b/g, 'can not'],
];

/** Speech arrives without commas: a subject with its verb begins a clause of its own... */
const SUBJECTS = new Set(['i', 'he', 'she', 'we', 'they', 'it', 'there', 'that', 'this']);
const VERBS = new Set(
  `is are am was were has have had will would can could do does did just now still keeps need think feel want got
  never says said looks`.split(/\s+/),
);
/** ...unless one of these stands before it. */
const LEADING_ON = new Set(
  `if when that who which what where why how since after before while as and but or because so say says said think
  thinks believe know knows sure hope not is are was were do does did can could will would have has had like whether
  than until all everything something anything feels thought see told`.split(/\s+/),
);

const JOINING = new Set(
  'and but however then because so aur lekin magar और लेकिन मगर pero y sino'.split(' '),
);

/**
 * The same letters without Latin accents; the vowel signs of other scripts stay. In Devanagari the
 * two marks of a nasal vowel count as one and the dot below as none, since people write either.
 */
export function unaccented(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u093c\u200c\u200d]/g, '')
    .replaceAll('\u0901', '\u0902')
    .normalize('NFC');
}

/** Splits what was said into words; looks at the first {@link MAX_CHARACTERS} characters only. */
export function tokenize(text: string): Token[] {
  let plain = unaccented(text.slice(0, MAX_CHARACTERS).toLowerCase()).replace(
    /[\u2018\u2019\u02bc`]/g,
    "'",
  );
  for (const [pattern, replacement] of CONTRACTIONS) plain = plain.replace(pattern, replacement);

  const tokens: Token[] = [];
  let clause = 0;
  let sentence = 0;
  for (const [piece] of plain.matchAll(/[\p{L}\p{M}\p{N}]+|[.!?\n\u0964]|[,;:]| - /gu)) {
    if (/^[.!?\n\u0964]/.test(piece)) {
      sentence += 1;
      clause += 1;
    } else if (/^[,;: ]/.test(piece)) {
      clause += 1;
    } else {
      if (JOINING.has(piece)) clause += 1;
      tokens.push({ word: piece, clause, sentence });
    }
  }
  return splitAtSubjects(tokens);
}

function splitAtSubjects(tokens: Token[]): Token[] {
  let added = 0;
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const begins =
      before !== undefined &&
      before.sentence === token.sentence &&
      SUBJECTS.has(token.word) &&
      VERBS.has(tokens[at + 1]?.word ?? '') &&
      !LEADING_ON.has(before.word);
    if (begins) added += 1;
    token.clause += added;
  }
  return tokens;
}
