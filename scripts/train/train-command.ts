/** `npm run train`: makes weights.json and cards.json of functions/lexicon from the labelled rows. */
import { writeFileSync } from 'node:fs';
import { CARDS_FILE, GENERIC } from '../../functions/src/assistant/floor/cards.ts';
import { isPiece } from '../../functions/src/assistant/floor/features.ts';
import type { Weights } from '../../functions/src/assistant/floor/opinion.ts';
import { WEIGHTS_FILE } from '../../functions/src/assistant/floor/weights.ts';
import { crossValidate, type SeenCard, seeCard, trainCards } from './cards.ts';
import { readCarded, readExamples } from './examples.ts';
import { see, train } from './train.ts';
import { cardsFile, weightsFile } from './weights-file.ts';

/** Features a level and direction. */
const SHOWN = 40;
const rows = readExamples();
const learned = train(rows.map(see));
write(WEIGHTS_FILE, weightsFile(learned, rows), rows.length);
const carded = readCarded();
const seen = carded.map(seeCard);
write(CARDS_FILE, cardsFile(trainCards(seen), carded), carded.length);
if (process.argv.includes('--show')) show(learned.words);
if (process.argv.includes('--cards')) showCards(seen);

function write(file: string, text: string, count: number): void {
  writeFileSync(file, text);
  console.log(`${file}: ${(text.length / 1024).toFixed(0)} kB from ${count} rows`);
}

/** What speaks most strongly for and against each level, pieces of words left out. */
function show(words: Weights): void {
  for (const [at, level] of ['CRITICAL', 'CRITICAL or URGENT'].entries()) {
    const names = [...words]
      .filter(([name]) => !isPiece(name))
      .sort(([, one], [, other]) => (other[at] as number) - (one[at] as number))
      .map(([name, weights]) => `${name} ${weights[at]}`);
    console.log(`\nFor ${level}: ${names.slice(0, SHOWN).join(', ')}`);
    console.log(`Against ${level}: ${names.slice(-SHOWN).reverse().join(', ')}`);
  }
}

/** How often the card is right that those choose who have not learned from the row's set. */
function showCards(seen: readonly SeenCard[]): void {
  const open = crossValidate(seen).filter(({ named }) => !named || named === GENERIC);
  for (const least of [0, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    const used = open.filter(({ probability }) => probability >= least);
    const right = used.filter(({ hazard, row }) => hazard === row.hazard).length;
    const share = (right / used.length).toFixed(3);
    console.log(`From ${least}: ${used.length} of ${open.length} chosen, ${share} of them right`);
  }
}
