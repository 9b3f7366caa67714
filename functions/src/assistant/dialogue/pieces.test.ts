import { expect, test } from 'vitest';
import { compose, countPieces, type Piece } from './pieces.ts';

test('a reply leaves out what would make it too long', () => {
  const long = piece('word '.repeat(50).trim());
  const pieces = compose(
    [long],
    [piece('one two three'), piece('and '.repeat(20)), undefined, piece('four five six')],
  );
  expect(pieces.map(({ text }) => text)).toEqual([long.text, 'one two three', 'four five six']);
  expect(countPieces(pieces)).toBe(56);
});

test('what is required is said, however long', () => {
  const long = piece('word '.repeat(70).trim());
  expect(compose([undefined, long], [piece('more')])).toEqual([long]);
});

function piece(text: string): Piece {
  return { text, language: 'en' };
}
