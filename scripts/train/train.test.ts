import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { opinionOf } from '../../functions/src/assistant/floor/opinion.ts';
import { WEIGHTS_FILE } from '../../functions/src/assistant/floor/weights.ts';
import { type Labelled, readExamples } from './examples.ts';
import { see, train } from './train.ts';
import { fingerprint, weightsFile } from './weights-file.ts';

const row = (text: string, label: Labelled['label']): Labelled => ({
  text,
  label,
  fresh: true,
  weight: 1,
});
const ROWS = Array.from({ length: 40 }, (_, at) => [
  row(`the flurb has wibbled on hall ${at}`, 'CRITICAL'),
  row(`the flurb was polished in hall ${at}`, 'NORMAL'),
]).flat();

describe('training', () => {
  const learned = train(ROWS.map(see));

  test('learns which words tell of danger, also in sentences that it has not seen', () => {
    const odds = (text: string) => opinionOf(learned, see(row(text, 'NORMAL')).findings).critical;
    expect(odds('our flurb has wibbled again')).toBeGreaterThan(0);
    expect(odds('our flurb was polished again')).toBeLessThan(0);
  });

  test('makes the same file of the same rows', () => {
    expect(weightsFile(train(ROWS.map(see)), ROWS)).toBe(weightsFile(learned, ROWS));
  });
});

describe('the weights that are shipped', () => {
  const text = readFileSync(WEIGHTS_FILE, 'utf8');

  test('were made from the rows of the repository: run npm run train', () => {
    expect(JSON.parse(text).from).toBe(fingerprint(readExamples()));
  });

  test('are small enough to be read and loaded quickly', () => {
    expect(text.length).toBeLessThan(300_000);
  });
});
