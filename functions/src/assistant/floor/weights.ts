import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Learned } from './opinion.ts';

/** `functions/lexicon`, seen from `functions/src/assistant/floor` and `functions/lib/assistant/floor`. */
export const WEIGHTS_FILE = fileURLToPath(
  new URL('../../../lexicon/weights.json', import.meta.url),
);

/** Shipped with the code and made by `npm run train`: read once, at start-up. */
export const LEARNED = loadWeights();

function loadWeights(): Learned {
  const { words, trust } = JSON.parse(readFileSync(WEIGHTS_FILE, 'utf8'));
  return { words: new Map(Object.entries(words)), trust: new Map(Object.entries(trust)) };
}
