/** `npm run train`: makes functions/lexicon/weights.json from the labelled rows of the repository. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readExamples } from './examples.ts';
import { see, train } from './train.ts';
import { weightsFile } from './weights-file.ts';

const file = fileURLToPath(new URL('../../functions/lexicon/weights.json', import.meta.url));
const rows = readExamples();
const text = weightsFile(train(rows.map(see)), rows);
writeFileSync(file, text);
console.log(`${file}: ${(text.length / 1024).toFixed(0)} kB from ${rows.length} rows`);
