import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countWords, promisesHelp } from '../dialogue/wording.ts';
import { loadManuals, ManualError, manualReview, parseProcedure } from './manual.ts';

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

  describe.each(procedures)('$id', (procedure) => {
    const { steps, questions, warnings, answers } = procedure;
    const texts = [
      ...steps,
      ...questions,
      ...warnings,
      ...answers.flatMap(({ question, answer }) => [question, answer]),
    ];

    test('names the edition of a public guideline', () => {
      expect(procedure.source.length).toBeGreaterThan(20);
    });

    test('has steps that can be spoken: at most 25 words, answers at most 45', () => {
      for (const step of [...steps, ...warnings]) {
        expect(countWords(step), step).toBeLessThanOrEqual(25);
      }
      for (const question of questions) expect(countWords(question)).toBeLessThanOrEqual(15);
      for (const { answer } of answers) expect(countWords(answer)).toBeLessThanOrEqual(45);
    });

    test('never says that help or a person is coming', () => {
      for (const text of texts) expect(promisesHelp(text), text).toBe(false);
    });

    test('holds plain sentences and no other placeholder than the number', () => {
      for (const text of texts) {
        expect(text.replaceAll('{emergency_number}', '112')).not.toMatch(/[{}<>*_#[\]`|\\;]/);
      }
      for (const step of steps) expect(step).toMatch(/[.?!]$/);
      for (const question of questions) expect(question).toMatch(/\?$/);
    });

    test('names the emergency number', () => {
      expect(steps.join(' ')).toContain('{emergency_number}');
    });
  });

  test.each(procedures.filter(({ urgency }) => urgency === 'CRITICAL'))(
    '$id begins with a short step and then the emergency number',
    ({ steps: [first, second] }) => {
      expect(countWords(first)).toBeLessThanOrEqual(12);
      expect(second).toContain('{emergency_number}');
    },
  );
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
    ['without steps', VALID.replace(/## Steps[\s\S]*(?=## Ask)/, ''), 'steps'],
    ['with a semicolon in its title', VALID.replace('title: Flood', 'title: A; B'), 'semicolon'],
    ['under another name', VALID.replace('id: flood', 'id: storm'), 'storm.md'],
  ])('refuses a file %s, and says so', (_what, text, word) => {
    expect(() => parseProcedure('flood.md', text)).toThrow(ManualError);
    expect(() => parseProcedure('flood.md', text)).toThrow(word);
  });

  test('counts a reviewer, and the hash follows the words', () => {
    const directory = mkdtempSync(join(tmpdir(), 'aurora-manual-'));
    try {
      const reviewed = VALID.replace('nobody yet', 'A. Example, safety officer, 2026-01-05');
      writeFileSync(join(directory, 'flood.md'), VALID);
      const before = manualReview(loadManuals(directory));
      writeFileSync(join(directory, 'flood.md'), reviewed);
      const after = manualReview(loadManuals(directory));
      expect(before).toMatchObject({ procedures: 1, reviewed: 0 });
      expect(after).toMatchObject({ procedures: 1, reviewed: 1 });
      expect(after.hash).not.toBe(before.hash);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
