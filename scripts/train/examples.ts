import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readRows, type Utterance } from '../../functions/eval/rows.ts';
import { GENERIC } from '../../functions/src/assistant/floor/cards.ts';
import { LEXICON, type Meaning } from '../../functions/src/assistant/floor/lexicon.ts';
import { EXAMPLES } from '../../functions/src/assistant/floor/recognize.examples.fixture.ts';
import type { Urgency } from '../../functions/src/calls/model.ts';
import { type Carded, EXAMPLES as OF_LEXICON } from './cards.ts';

/** A labelled utterance to learn from. */
export interface Labelled {
  text: string;
  label: Urgency;
  /** Whether the rules were never tuned with it: only there can one see how far they are right. */
  fresh: boolean;
  /** How much it counts; 1 is usual. */
  weight: number;
}

/** Rows that the rules were not tuned with tell more of what is to come; mere answers tell little. */
function countOf(file: string): Pick<Labelled, 'fresh' | 'weight'> {
  if (file === 'dev-answers.jsonl') return { fresh: true, weight: 0.6 };
  return file.startsWith('dev-more-') ? { fresh: true, weight: 2 } : { fresh: false, weight: 1 };
}

const ROWS = fileURLToPath(new URL('../../functions/eval/', import.meta.url));

/** Their examples are no danger at all. What any entry that takes danger back lists as `Not` is CRITICAL. */
const HARMLESS: readonly Meaning[] = [
  'idiom',
  'negator',
  'negation filler',
  'bare no filler',
  'negator behind',
  'asking',
  'errand',
  'past',
  'drill',
  'about',
  'closed',
];
/** Their examples are over, but somebody should look after what is left. */
const OVER: readonly Meaning[] = ['resolved', 'person resolved', 'fire resolved'];
/** Their examples are CRITICAL. */
const DANGEROUS: readonly Meaning[] = [
  'present',
  'not resolved',
  'turn',
  'not drill',
  'definite',
  'telling',
  'plea',
  'call for help',
];

/** Every labelled utterance of the repository but those that are to stay unseen, in a fixed order. */
export function readExamples(): Labelled[] {
  const rows = setNames().flatMap((name) =>
    utterances(name).map(({ text, label }) => ({ text, label, ...countOf(name) })),
  );
  const tested = EXAMPLES.map(({ words, urgency }) => ({
    text: words,
    label: urgency,
    fresh: false,
    weight: 1,
  }));
  return [...rows, ...tested, ...lexiconExamples()];
}

/**
 * Every labelled utterance that names its card, and the lexicon's own examples of hazards. Of what
 * only looks like a hazard no card is the right one: the generic one must do.
 */
export function readCarded(): Carded[] {
  const rows = setNames().flatMap((set) =>
    utterances(set).flatMap(({ text, label, hazard }) =>
      hazard && label !== 'NORMAL' ? [{ text, label, hazard, set }] : [],
    ),
  );
  const examples = LEXICON.hazards.flatMap(({ examples, not, hazard, urgency }) => [
    ...examples.map((text) => ({ text, label: urgency, hazard, set: OF_LEXICON })),
    ...not.map((text) => ({ text, label: urgency, hazard: GENERIC, set: OF_LEXICON })),
  ]);
  return [...rows, ...examples];
}

function setNames(): string[] {
  return readdirSync(ROWS)
    .filter((name) => /^dev(-[a-z]+)*\.jsonl$/.test(name))
    .sort();
}

function utterances(name: string): Utterance[] {
  return readRows(`${ROWS}${name}`).rows as Utterance[];
}

function lexiconExamples(): Labelled[] {
  const all = (texts: readonly string[], label: Urgency) =>
    texts.map((text) => ({ text, label, fresh: false, weight: 1 }));
  return [
    ...LEXICON.hazards.flatMap(({ examples, urgency }) => all(examples, urgency)),
    ...LEXICON.context.flatMap(({ meaning, examples, not }) => {
      if (DANGEROUS.includes(meaning)) return all(examples, 'CRITICAL');
      const label = OVER.includes(meaning) ? 'URGENT' : 'NORMAL';
      const certain = label === 'URGENT' || HARMLESS.includes(meaning);
      return [
        ...all(certain ? examples : [], label),
        ...all(meaning === 'idiom' ? [] : not, 'CRITICAL'),
      ];
    }),
  ];
}
