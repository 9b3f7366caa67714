import {
  ALL,
  type Choice,
  cardValues,
  type LearnedCards,
  likeliestCard,
} from '../../functions/src/assistant/floor/cards.ts';
import { featuresOf } from '../../functions/src/assistant/floor/opinion.ts';
import { recognizeByRules } from '../../functions/src/assistant/floor/rules.ts';
import type { Urgency } from '../../functions/src/calls/model.ts';
import { createRandom, shuffle } from './logistic.ts';

/** An utterance of which one card is the right one. */
export interface Carded {
  text: string;
  label: Urgency;
  hazard: string;
  /** The set that it stands in: rows of one set were written by one hand. */
  set: string;
}

export interface SeenCard {
  row: Carded;
  values: Map<string, number>;
  /** The card that the rules name first, if any. */
  named: string | undefined;
}

const OPTIONS = { epochs: 25, rate: 0.3, decay: 30, seed: 7 };
/** A feature of one example only tells nothing about others. */
const FEWEST = 2;
/** How many features are kept, the weightiest: what loads quickly. */
export const MOST = 4_800;

export function seeCard(row: Carded): SeenCard {
  const findings = recognizeByRules(row.text);
  return {
    row,
    values: cardValues(featuresOf(findings), row.label),
    named: findings.recognition.hazards[0]?.hazard,
  };
}

/** Multinomial logistic regression by AdaGrad; the same rows give the same weights. */
export function trainCards(seen: readonly SeenCard[]): LearnedCards {
  const cards = [...new Set(seen.map(({ row }) => row.hazard))].sort();
  const counts = new Map<string, number>();
  for (const { values } of seen) {
    for (const name of values.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts.keys()].filter((name) => (counts.get(name) as number) >= FEWEST);
  const places = new Map([...names, ALL].map((name, at) => [name, at * cards.length]));
  const examples = seen.map(({ row, values }) => {
    const known = [...values].filter(([name]) => places.has(name));
    return {
      right: cards.indexOf(row.hazard),
      features: Int32Array.from([...known.map(([name]) => name), ALL], (name) => place(name)),
      values: Float64Array.from([...known.map(([, value]) => value), 1]),
    };
  });
  const weights = descend(examples, places.size * cards.length, cards.length);
  const learned = [...names, ALL].map((name) => {
    const of = [...weights.subarray(place(name), place(name) + cards.length)];
    const often = counts.get(name) ?? Number.POSITIVE_INFINITY;
    const strength = Math.hypot(...of) * Math.sqrt(often);
    return { name, of: of.map((weight) => Math.round(weight * 10) + 0), strength };
  });
  const kept = learned
    .sort((one, other) => other.strength - one.strength || (one.name < other.name ? -1 : 1))
    .slice(0, MOST);
  return { hazards: cards, weights: new Map(kept.map(({ name, of }) => [name, of])) };

  function place(name: string): number {
    return places.get(name) as number;
  }
}

interface Input {
  right: number;
  features: Int32Array;
  values: Float64Array;
}

function descend(examples: readonly Input[], size: number, cards: number): Float64Array {
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-2);
  const wrong = new Float64Array(cards);
  const random = createRandom(OPTIONS.seed);
  const order = examples.map((_, at) => at);
  const pull = OPTIONS.decay / examples.length;
  for (let epoch = 0; epoch < OPTIONS.epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const { right, features, values } = examples[at] as Input;
      wrong.fill(0);
      for (let n = 0; n < features.length; n++) {
        const [from, value] = [features[n] as number, values[n] as number];
        for (let card = 0; card < cards; card++) {
          wrong[card] = (wrong[card] as number) + (weights[from + card] as number) * value;
        }
      }
      toProbabilities(wrong);
      wrong[right] = (wrong[right] as number) - 1;
      for (let n = 0; n < features.length; n++) {
        const [from, value] = [features[n] as number, values[n] as number];
        for (let card = 0; card < cards; card++) {
          const weight = weights[from + card] as number;
          const gradient = (wrong[card] as number) * value + pull * weight;
          const square = (squares[from + card] as number) + gradient * gradient;
          squares[from + card] = square;
          weights[from + card] = weight - (OPTIONS.rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return weights;
}

function toProbabilities(odds: Float64Array): void {
  const most = Math.max(...odds);
  let all = 0;
  for (let at = 0; at < odds.length; at++) {
    odds[at] = Math.exp((odds[at] as number) - most);
    all += odds[at] as number;
  }
  for (let at = 0; at < odds.length; at++) odds[at] = (odds[at] as number) / all;
}

/** What is chosen for each row by those who have learned from other sets only. */
export function crossValidate(seen: readonly SeenCard[], parts = 5): (SeenCard & Choice)[] {
  const sets = [...new Set(seen.map(({ row }) => row.set))].filter((set) => set !== EXAMPLES);
  const partOf = ({ row }: SeenCard) => sets.indexOf(row.set) % parts;
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const learned = trainCards(seen.filter((one) => partOf(one) !== part));
    return seen
      .filter((one) => partOf(one) === part)
      .map((one) => ({ ...one, ...likeliestCard(learned, one.values) }));
  });
}

/** The set of the lexicon's own examples, which the rules know. */
export const EXAMPLES = 'lexicon';
