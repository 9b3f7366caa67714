import { expect, it } from 'vitest';
import { countSegments } from './sms-segments.ts';

it.each([
  ['nothing', '', 1],
  ['160 plain characters', 'a'.repeat(160), 1],
  ['161 plain characters', 'a'.repeat(161), 2],
  ['307 plain characters', 'a'.repeat(307), 3],
  ['80 characters that count twice', '€'.repeat(80), 1],
  ['81 characters that count twice', '€'.repeat(81), 2],
  ['70 characters of another alphabet', 'ह'.repeat(70), 1],
  ['71 characters of another alphabet', 'ह'.repeat(71), 2],
])('%s', (_name, text, segments) => {
  expect(countSegments(text)).toBe(segments);
});
