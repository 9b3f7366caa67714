import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from './printable.ts';

it('leaves people’s words as they are, in every script', () => {
  expect(printable('Feuer! आग लगी है, 火事だ – "now"')).toBe('Feuer! आग लगी है, 火事だ – "now"');
});

it('shows what would move the cursor or reorder the line', () => {
  expect(printable('a\u001b[2Jb\u202ec\u0085')).toBe('a\\u001b[2Jb\\u202ec\\u0085');
});

it('leaves JSON the same JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(printable(JSON.stringify(text)))).toBe(text);
    }),
  );
});
