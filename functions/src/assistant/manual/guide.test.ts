import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PASSAGE_ID } from '../../calls/grounding.ts';
import { countWords } from '../dialogue/wording.ts';
import { MOST_PASSAGES, readGuide } from './guide.ts';

const HEAD = `---
id: site-guide
title: Site guide
source: Plant safety board, 2026
---
`;
/** The first line under the head. */
const FIRST = 6;

function passagesIn(body: string): string[] {
  const { guide, problems } = readGuide(HEAD + body, 1);
  expect(problems).toEqual([]);
  return guide?.passages.map(({ text }) => text) ?? [];
}

function problemsIn(body: string) {
  const { guide, problems } = readGuide(HEAD + body, 1);
  expect(guide).toBeUndefined();
  return problems;
}

describe('a guide', () => {
  test('becomes a passage for each section, with id, heading, version and hash', () => {
    const body = `Read this first.\n\n# Lock-out\n\nTake the **key** with you.\n\n## Who may remove it\n\nOnly you.\n`;
    const { guide } = readGuide(HEAD + body, 7);
    const whole = {
      document: 'site-guide',
      title: 'Site guide',
      kind: 'section',
      language: 'en',
      version: 7,
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
    };
    expect(guide?.passages).toEqual([
      { ...whole, id: 'site-guide#1', question: '', text: 'Read this first.' },
      { ...whole, id: 'site-guide#2', question: 'Lock-out', text: 'Take the key with you.' },
      { ...whole, id: 'site-guide#3', question: 'Who may remove it', text: 'Only you.' },
    ]);
  });

  test('names its language in its ids where that is not English', () => {
    const head = HEAD.replace('source', 'language: es\nsource');
    const { guide } = readGuide(`${head}\nLa puerta sur está abierta.\n`, 1);
    expect(guide?.passages[0]).toMatchObject({ id: 'site-guide#es-1', language: 'es' });
  });

  test('splits a long section at the ends of sentences', () => {
    const sentence = 'This sentence has just nine words and then ends.';
    const passages = passagesIn(`\n# Long\n\n${`${sentence} `.repeat(11)}\n`);
    expect(passages.map(countWords)).toEqual([45, 45, 9]);
    expect(passages.join(' ')).toBe(Array(11).fill(sentence).join(' '));
  });

  test.each([
    [
      'emphasis and code',
      'Press `STOP` and *do not* **touch** ~~it~~ the belt.',
      'Press STOP and do not touch it the belt.',
    ],
    ['a link by its words', 'See [the map](https://plant.example/map).', 'See the map.'],
    ['lists', '- Gate one\n- Gate two.\n  - Under it\n', 'Gate one. Gate two. Under it.'],
    ['numbered lists', '1. Stop.\n2. Lock.\n', 'Stop. Lock.'],
    ['a task list', '- [x] Helmet\n- [ ] Shoes\n', 'Helmet. Shoes.'],
    ['a quotation', '> Keep out.\n', 'Keep out.'],
    ['lines that were broken', 'Go to\nthe gate.\n', 'Go to the gate.'],
    ['a sign that is escaped', 'Room 5\\* is closed.', 'Room 5* is closed.'],
    ['a comment', '<!-- ask Meera -->\n\nKeep out.\n', 'Keep out.'],
    [
      'a table',
      '| Hall | Gate |\n| --- | --- |\n| A | one |\n| B | two |\n',
      'Hall: A, Gate: one. Hall: B, Gate: two.',
    ],
    ['the number', 'Call {emergency_number} first.', 'Call {emergency_number} first.'],
    ['Hindi', 'गेट दो पर जाएँ। वहीं रुकें।', 'गेट दो पर जाएँ। वहीं रुकें।'],
  ])('speaks %s', (_, body, spoken) => {
    expect(passagesIn(`\n${body}\n`)).toEqual([spoken]);
  });

  test.each([
    ['a picture', 'Look:\n\n![the map](map.png)', 2, 'picture'],
    ['HTML', '\n<b>Stop</b>', 1, 'HTML'],
    ['a block of HTML', '\n<div>Stop</div>', 1, 'HTML'],
    ['code', '\n\n```\nrm -rf\n```', 2, 'Code'],
    ['a bare address', 'See https://plant.example/map.', 0, 'address'],
    ['a mail address', 'Write to <safety@plant.example>.', 0, 'address'],
    ['an entity', 'Stop &amp; lock.', 0, 'entity'],
    ['a promise', 'Stop.\n\nWait, help is on its way.', 2, 'promises'],
    ['a placeholder', 'Go to {assembly_point}.', 0, 'placeholder'],
    ['a sentence that goes on', `Stop.\n\n- ${'and on '.repeat(30)}`, 2, '45 words'],
    ['a long heading', `# ${'and on '.repeat(30)}\n\nStop.`, 0, '20 words'],
    ['a picture in a table', '| a |\n| --- |\n| b |\n| ![x](y.png) |', 3, 'picture'],
    ['a picture in a list', '- a\n- b\n  - ![x](y.png)', 2, 'picture'],
  ])('with %s is refused, and told the line', (_, body, line, word) => {
    const problems = problemsIn(body);
    expect(problems.map((problem) => problem.line)).toEqual(problems.map(() => FIRST + line));
    expect(problems[0]?.message).toContain(word);
  });

  test.each([
    ['nothing in it', '\n# Title\n'],
    ['too many passages', '\n# A\n\nStop.\n'.repeat(MOST_PASSAGES + 1)],
  ])('with %s is refused', (_, body) => {
    expect(problemsIn(body)).toHaveLength(1);
  });

  test.each([
    ['no head', '# Title\n\nStop.', 'head'],
    ['a key twice', HEAD.replace('source', 'id: x\nsource'), 'twice'],
    ['a key that nobody knows', HEAD.replace('source', 'colour: red\nsource'), 'colour'],
    ['no source', HEAD.replace(/source.*\n/, ''), 'source'],
    ['an id of other signs', HEAD.replace('site-guide', 'site/guide'), 'id'],
    ['a semicolon in its title', HEAD.replace('Site guide', 'Site; guide'), 'semicolon'],
    ['a region', HEAD.replace('source', 'language: en-IN\nsource'), 'language'],
  ])('with %s is refused, and says why', (_, head, word) => {
    const { guide, problems } = readGuide(`${head}\nStop.\n`, 1);
    expect(guide).toBeUndefined();
    expect(problems.map(({ message }) => message).join(' ')).toContain(word);
  });

  test('is, whatever is written, refused or split into passages that can be spoken', () => {
    const markdown = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '# A\n',
            '- ',
            '1. ',
            '\n\n',
            '> ',
            '|a|\n|-|\n|',
            '`',
            '**',
            '[x](y) ',
            '<b>',
            '\t',
          ),
          fc.constantFrom('Stop. ', 'Lock the valve ', 'Go! ', 'बंद करें। ', 'e.g. '),
          fc.string({ maxLength: 12 }),
        ),
        { maxLength: 80 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(markdown, (body) => {
        const { guide, problems } = readGuide(HEAD + body, 1);
        expect(guide === undefined).toBe(problems.length > 0);
        for (const { id, text } of guide?.passages ?? []) {
          expect(id).toMatch(PASSAGE_ID);
          expect(countWords(text)).toBeLessThanOrEqual(45);
          expect(text).not.toMatch(/[{}<>\n]|^\s|\s$/);
        }
        for (const { line } of problems) expect(line).toBeGreaterThan(0);
      }),
    );
  });
});
