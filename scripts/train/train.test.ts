import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  CARDS_FILE,
  cardValues,
  likeliestCard,
} from '../../functions/src/assistant/floor/cards.ts';
import { opinionOf } from '../../functions/src/assistant/floor/opinion.ts';
import { WEIGHTS_FILE } from '../../functions/src/assistant/floor/weights.ts';
import { seeCard, trainCards } from './cards.ts';
import { type Labelled, readCarded, readExamples } from './examples.ts';
import { see, train } from './train.ts';
import { cardsFile, fingerprint, lexiconFiles, weightsFile } from './weights-file.ts';

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

describe('training cards', () => {
  const carded = ROWS.map(({ text, label }, at) => ({
    text,
    label: 'CRITICAL' as const,
    hazard: label === 'CRITICAL' ? 'fire' : 'burns',
    set: `set ${at % 4}`,
  }));
  const cards = trainCards(carded.map(seeCard));

  test('learns which card is right, also of sentences that it has not seen', () => {
    const cardOf = (text: string) =>
      likeliestCard(cards, seeCard({ text, label: 'CRITICAL', hazard: '', set: '' }).values);
    expect(cardOf('our flurb has wibbled again').hazard).toBe('fire');
    expect(cardOf('our flurb was polished again').hazard).toBe('burns');
    expect(likeliestCard(cards, cardValues(new Set(), 'NORMAL')).probability).toBeLessThan(0.9);
  });

  test('makes the same file of the same rows', () => {
    expect(cardsFile(trainCards(carded.map(seeCard)), carded)).toBe(cardsFile(cards, carded));
  });
});

describe('the fingerprint of what was learned from', () => {
  const files = lexiconFiles();
  const changed = (name: string, change: (text: string) => string) =>
    fingerprint(ROWS, new Map(files).set(name, change(files.get(name) as string)));

  test.each(['meanings.md', 'hazards.md', 'en/fire.md', 'hi/body.md', 'es/context.md'])(
    'is another once a word of %s is',
    (name) => {
      expect(changed(name, (text) => text.replace(/^(?:- |en: |1\. ).*/m, '$&, flurb'))).not.toBe(
        changed(name, (text) => text),
      );
    },
  );

  test('is the same whoever has reviewed a file', () => {
    const reviewed = 'Reviewed by: Meera Rao, safety officer, 2026-11-26';
    expect(changed('en/fire.md', (text) => text.replace(/^Reviewed by: .*/m, reviewed))).toBe(
      changed('en/fire.md', (text) => text),
    );
  });

  test('leaves out what nothing is learned from', () => {
    expect([...files.keys()].filter((name) => /README|retrieval|weights/.test(name))).toEqual([]);
  });
});

describe('the weights that are shipped', () => {
  const text = readFileSync(WEIGHTS_FILE, 'utf8');

  test('were made from the rows and the lexicon of the repository: run npm run train', () => {
    expect(JSON.parse(text).from).toBe(fingerprint(readExamples()));
    expect(JSON.parse(readFileSync(CARDS_FILE, 'utf8')).from).toBe(fingerprint(readCarded()));
  });

  test('are small enough to be read and loaded quickly', () => {
    expect(text.length).toBeLessThan(1_500_000);
  });
});
