/** `npm run train`: makes functions/lexicon/weights.json from the labelled rows of the repository. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isPiece } from '../../functions/src/assistant/floor/features.ts';
import type { Weights } from '../../functions/src/assistant/floor/opinion.ts';
import { readExamples } from './examples.ts';
import { see, train } from './train.ts';
import { weightsFile } from './weights-file.ts';

/** Features a level and direction. */
const SHOWN = 40;
const file = fileURLToPath(new URL('../../functions/lexicon/weights.json', import.meta.url));
const rows = readExamples();
const learned = train(rows.map(see));
const text = weightsFile(learned, rows);
writeFileSync(file, text);
console.log(`${file}: ${(text.length / 1024).toFixed(0)} kB from ${rows.length} rows`);
if (process.argv.includes('--show')) show(learned.words);

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
