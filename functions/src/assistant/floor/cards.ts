import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Urgency } from '../../calls/model.ts';

/**
 * Chooses the card for danger that no rule has named, by what was learned from labelled utterances
 * (`npm run train`). Multinomial logistic regression: for each card the weights of what the words
 * hold are added up, and the card must be likelier than all others together.
 */
export interface LearnedCards {
  hazards: readonly string[];
  /** Of each feature, in tenths, the weight for each of these. */
  weights: ReadonlyMap<string, readonly number[]>;
}

export interface Choice {
  hazard: string;
  /** From 0 to 1. */
  probability: number;
}

/** The card for whatever no other card is for. */
export const GENERIC = 'accident';

export const ALL = '(all)';
/** How strongly everything that a text holds speaks together, whatever its length. */
const VOICE = 5;
/** The urgency tells cards from each other, too. */
const OF_URGENCY = 1.5;

/** Words and their sounds, meanings and pairs of them: with few features a choice is surer. */
function isOfCards(feature: string): boolean {
  if (feature.startsWith('{')) return /^\{[^{}]*\}(\+\{[^{}]*\})?$/.test(feature);
  return !/[_>^$%#@~{]|\.\./.test(feature);
}

export function cardValues(features: ReadonlySet<string>, urgency: Urgency): Map<string, number> {
  const of = [...features].filter(isOfCards);
  const value = VOICE / Math.sqrt(Math.max(1, of.length));
  const values = new Map(of.map((feature) => [feature, value]));
  return values.set(`!${urgency}`, OF_URGENCY);
}

export function likeliestCard(
  { weights, hazards }: LearnedCards,
  values: ReadonlyMap<string, number>,
): Choice {
  const odds = Float64Array.from(hazards, (_, card) => (weights.get(ALL)?.[card] ?? 0) / 10);
  for (const [feature, value] of values) {
    const of = weights.get(feature);
    if (!of) continue;
    for (let card = 0; card < odds.length; card++) {
      odds[card] = (odds[card] as number) + ((of[card] as number) * value) / 10;
    }
  }
  let best = 0;
  for (let card = 1; card < odds.length; card++) {
    if ((odds[card] as number) > (odds[best] as number)) best = card;
  }
  let all = 0;
  for (const one of odds) all += Math.exp(one - (odds[best] as number));
  return { hazard: hazards[best] as string, probability: 1 / all };
}

/** `functions/lexicon`, seen from `functions/src/assistant/floor` and `functions/lib/assistant/floor`. */
export const CARDS_FILE = fileURLToPath(new URL('../../../lexicon/cards.json', import.meta.url));

export function loadCards(): LearnedCards {
  const { hazards, weights } = JSON.parse(readFileSync(CARDS_FILE, 'utf8'));
  return { hazards, weights: new Map(Object.entries(weights)) };
}
