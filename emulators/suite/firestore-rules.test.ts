import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/*
 * Our Firestore stand-in evaluates no rules, so that the product's are checked as text: one match
 * of all documents, and in it one denial.
 */
const RULES = readFileSync(new URL('../../firestore.rules', import.meta.url), 'utf8');

const DENIAL =
  "rules_version = '2'; service cloud.firestore { " +
  'match /databases/{database}/documents { match /{document=**} { ' +
  'allow read, write: if false; } } }';

/** Without comments, in one line. */
function bare(rules: string): string {
  const withoutComments = rules.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ');
  return withoutComments.replace(/\s+/g, ' ').trim();
}

test('the rules of Firestore deny everything to clients, and say nothing else', () => {
  expect(bare(RULES)).toBe(DENIAL);
});

describe('that test fails', () => {
  const inside = (text: string) => RULES.replace('match /{document=**} {', `${text}\n$&`);
  test.each([
    ['with a grant', RULES.replace('if false', 'if true')],
    ['with a grant without a condition', RULES.replace(': if false', '')],
    ['with a second grant', RULES.replace('if false;', 'if false; allow get;')],
    ['with another match', inside('match /calls/{call} { allow read: if request.auth != null; }')],
    ['with a match of less', RULES.replace('{document=**}', '{document}')],
    ['with a denial of less', RULES.replace('read, write', 'write')],
    ['with a function', inside('function open() { return true; }')],
    ['with the denial as a comment', RULES.replace('allow read', '// allow read')],
    ['without anything', ''],
  ])('%s', (_, rules) => {
    expect(rules).not.toBe(RULES);
    expect(bare(rules)).not.toBe(DENIAL);
  });

  test('and not with a comment', () => {
    expect(bare(`// Nobody. { }\n${RULES}/* end */`)).toBe(DENIAL);
  });
});
