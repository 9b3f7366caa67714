import { describe, expect, test } from 'vitest';
import { readCard } from './card.ts';
import { readDocument } from './document.ts';

const CARD = `---
id: flood
title: Flood
spoken: a flood
urgency: CRITICAL
danger_to_helpers: yes
source: A guideline, 2020
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

const LONG = 'and on '.repeat(30).trim();
const hazards = new Set(['flood', 'fire']);

describe('a card', () => {
  test('can be read without version and reviewer, which are counted and named elsewhere', () => {
    expect(readCard(CARD, hazards)).toMatchObject({
      problems: [],
      procedure: { id: 'flood', version: 1, language: 'en', reviewedBy: undefined },
    });
  });

  test.each([
    ['a long step', '1. Go up.', `1. Go up. ${LONG}`, 12, '25 words'],
    [
      'a first step that takes long to say',
      '1. Go up.',
      `1. Go up ${'now '.repeat(12)}.`,
      12,
      '12 words',
    ],
    [
      'a second step without the number',
      'Call {emergency_number}',
      'Call 112',
      13,
      '{emergency_number}',
    ],
    ['a step that has no end', 'Go up.', 'Go up', 12, 'full stop'],
    ['a step on two lines', 'Go up.', 'Go up.\nand stay there.', 13, 'one line'],
    ['a step without its number', '1. Go up.', '- Go up.', 12, 'one line'],
    ['a promise of help in a step', 'Go up.', 'Wait until the ambulance arrives.', 12, 'promises'],
    ['a promise of help in an answer', 'No. Leave', 'No. Help is coming. Leave', 27, 'promises'],
    ['Markdown', 'Go up.', 'Go **up**.', 12, '"*"'],
    ['another placeholder', 'Go up.', 'Go to {assembly_point}.', 12, '"{"'],
    ['a long question', 'Where are you?', `Where ${LONG}?`, 17, '15 words'],
    ['a question that asks nothing', 'Where are you?', 'Tell me where.', 17, 'question mark'],
    ['a long warning', 'Never wade', `Never wade ${LONG}`, 21, '25 words'],
    ['a long answer', 'No. Leave', `No. ${LONG} Leave`, 27, '45 words'],
    [
      'a question without an answer',
      '\nNo. Leave the car\nand walk to high ground.',
      '',
      25,
      'no answer',
    ],
    ['an answer to nothing', '### May', 'May', 25, 'first'],
    ['a section that is unknown', '## Never', '## Not', 19, 'sections'],
    ['a section twice', '## Never', '## Ask', 19, 'sections'],
    ['words above its sections', '## Steps', 'Hello.\n\n## Steps', 10, '## Steps'],
    ['an unknown urgency', 'CRITICAL', 'HIGH', 5, 'urgency'],
    ['a semicolon in its title', 'title: Flood', 'title: A; B', 3, 'semicolon'],
    ['a key that nobody knows', 'source:', 'colour: red\nsource:', 7, 'colour'],
    ['no source', 'source: A guideline, 2020\n', '', 1, 'source'],
    ['a reviewer without a date', 'source:', 'reviewed_by: Meera Rao\nsource:', 7, 'date'],
  ])('with %s is refused, and told the line', (_, from, to, line, word) => {
    expect(CARD).toContain(from);
    const { procedure, problems } = readCard(CARD.replace(from, to), hazards);
    expect(procedure).toBeUndefined();
    const found = problems.find((problem) => problem.message.includes(word));
    expect([found?.line, problems]).toEqual([line, expect.arrayContaining([found])]);
  });

  test('of less urgency may begin at length, but still names the number', () => {
    const urgent = CARD.replace('CRITICAL', 'URGENT').replace(
      'Go up.',
      'Go up and up and on, as far up as you can get.',
    );
    expect(readCard(urgent, hazards).problems).toEqual([]);
    const { problems } = readCard(urgent.replace('{emergency_number}', 'somebody'), hazards);
    expect(problems).toEqual([
      { line: 12, message: expect.stringContaining('{emergency_number}') },
    ]);
  });
});

describe('a document that is uploaded', () => {
  const problemsOf = (text: string) => readDocument(text, { version: 3, hazards }).problems;

  test('is a card of the version that is counted, whatever its head says', () => {
    const text = CARD.replace('source:', 'version: 99\nsource:');
    const { document } = readDocument(text, { version: 3, hazards });
    expect(document).toMatchObject({ kind: 'card', card: { id: 'flood', version: 3 } });
  });

  test('is a card for no hazard that nobody recognizes', () => {
    expect(problemsOf(CARD.replace('id: flood', 'id: dragon'))).toEqual([
      { line: 2, message: expect.stringContaining('dragon') },
    ]);
  });

  test('is a card whose answers begin cards that there are', () => {
    const asking = (meant: string) => CARD.replace('Where are you?', `Is it hot? (yes: ${meant})`);
    expect(problemsOf(asking('fire'))).toEqual([]);
    expect(problemsOf(asking('dragon'))).toEqual([
      { line: 17, message: expect.stringContaining('dragon') },
    ]);
  });

  test('is no guide under the id of a hazard, whose card it would stand beside', () => {
    const guide = '---\nid: fire\ntitle: Fire\nsource: Us\n---\n\nStop.\n';
    expect(problemsOf(guide)).toEqual([{ line: 2, message: expect.stringContaining('card') }]);
    expect(problemsOf(guide.replace('id: fire', 'id: fire-guide'))).toEqual([]);
  });

  test.each([
    ['a zero byte', '\u0000', 'U+0000'],
    ['signs that turn others round', '\u202E', 'U+202E'],
    ['half a sign', '\uD800', 'U+D800'],
  ])('does not hold %s', (_, sign, code) => {
    const problems = problemsOf(CARD.replace('Go up', `Go ${sign}up`));
    expect(problems).toEqual([{ line: 12, message: expect.stringContaining(code) }]);
  });

  test('is of a bounded size', () => {
    expect(problemsOf(CARD + 'x'.repeat(200_000))).toEqual([
      { line: 1, message: expect.stringContaining('200 kB') },
    ]);
  });

  test('tells a bounded number of problems', () => {
    expect(problemsOf(`${CARD}${'## Steps\n'.repeat(500)}`)).toHaveLength(50);
  });
});
