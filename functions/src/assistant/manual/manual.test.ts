import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './document.ts';
import { loadManuals, ManualError, type Manuals, manualReview, parseProcedure } from './manual.ts';

const manuals = loadManuals();
const procedures = [...manuals.procedures.values()];

const VALID = `---
id: flood
title: Flood
spoken: a flood
urgency: CRITICAL
danger_to_helpers: yes
version: 2
source: A guideline, 2020
reviewed_by: nobody yet
---

## Steps

1. Go up.
2. Call {emergency_number} now.

## Ask

- Where are you?

## Never

- Never wade through moving water.

## If asked

### May I drive through water?

No. Leave the car
and walk to high ground.
`;

describe('the manual that ships', () => {
  test('covers what a plant needs', () => {
    const ids = [...manuals.procedures.keys()];
    expect(ids).toEqual(
      expect.arrayContaining(
        `fire gas-leak chemical-splash electric-shock fall entrapment bleeding burns cardiac-arrest
        heat-stroke confined-space explosion spill evacuation machine-stop eye-injury fainting
        missing-person threat power-failure`.split(/\s+/),
      ),
    );
  });

  test('says in every file that nobody has reviewed it yet', () => {
    expect(manualReview(manuals)).toEqual({
      procedures: procedures.length,
      reviewed: 0,
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  test.each(procedures)('says for $id nothing that an upload might not say', ({ id }) => {
    const hazards = new Set(manuals.procedures.keys());
    const text = readFileSync(new URL(`../../../manuals/${id}.md`, import.meta.url), 'utf8');
    expect(readDocument(text, { version: 1, hazards }).problems).toEqual([]);
  });

  test.each(procedures)('names for $id the edition of a public guideline', ({ source }) => {
    expect(source.length).toBeGreaterThan(20);
  });
});

describe('reading a procedure', () => {
  test('gives its parts', () => {
    expect(parseProcedure('flood.md', VALID)).toEqual({
      id: 'flood',
      title: 'Flood',
      spoken: 'a flood',
      urgency: 'CRITICAL',
      dangerToHelpers: true,
      language: 'en',
      version: 2,
      source: 'A guideline, 2020',
      reviewedBy: undefined,
      steps: ['Go up.', 'Call {emergency_number} now.'],
      questions: ['Where are you?'],
      warnings: ['Never wade through moving water.'],
      answers: [
        {
          question: 'May I drive through water?',
          answer: 'No. Leave the car and walk to high ground.',
        },
      ],
    });
  });

  test('reads files with Windows line ends alike', () => {
    expect(parseProcedure('flood.md', VALID.replaceAll('\n', '\r\n'))).toEqual(
      parseProcedure('flood.md', VALID),
    );
  });

  test.each([
    ['without a head', VALID.replace('---\n', ''), 'head'],
    ['with an unknown urgency', VALID.replace('CRITICAL', 'HIGH'), 'urgency'],
    ['without a source', VALID.replace(/source: .*\n/, ''), 'source'],
    ['with a key nobody knows', VALID.replace('version: 2', 'version: 2\ncolour: red'), 'colour'],
    ['without steps', VALID.replace(/## Steps[\s\S]*(?=## Ask)/, ''), '## Steps'],
    ['with a semicolon in its title', VALID.replace('title: Flood', 'title: A; B'), 'semicolon'],
    ['under another name', VALID.replace('id: flood', 'id: storm'), 'storm.md'],
  ])('refuses a file %s, and says so', (_what, text, word) => {
    expect(() => parseProcedure('flood.md', text)).toThrow(ManualError);
    expect(() => parseProcedure('flood.md', text)).toThrow(word);
  });

  test('counts a reviewer, and the hash follows the words', () => {
    const reviewed = VALID.replace('nobody yet', 'A. Example, safety officer, 2026-01-05');
    const before = manualReview(manualsOf({ 'flood.md': VALID }));
    const after = manualReview(manualsOf({ 'flood.md': reviewed }));
    expect(before).toMatchObject({ procedures: 1, reviewed: 0 });
    expect(after).toMatchObject({ procedures: 1, reviewed: 1 });
    expect(after.hash).not.toBe(before.hash);
  });

  test('takes words in another language only where somebody has reviewed them', () => {
    const hindi = VALID.replace('version', 'language: hi\nversion');
    const reviewed = hindi.replace('nobody yet', 'A. Example, safety officer, 2026-01-05');
    const unreviewed = manualsOf({ 'flood.md': VALID, 'flood.hi.md': hindi });
    expect(unreviewed.translations.size).toBe(0);
    const { procedures, translations } = manualsOf({ 'flood.md': VALID, 'flood.hi.md': reviewed });
    expect(procedures.get('flood')?.language).toBe('en');
    expect(translations.get('flood')?.get('hi')?.reviewedBy).toContain('A. Example');
  });
});

function manualsOf(files: Record<string, string>): Manuals {
  const directory = mkdtempSync(join(tmpdir(), 'aurora-manual-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return loadManuals(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
