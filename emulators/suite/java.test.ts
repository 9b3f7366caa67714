import { expect, test } from 'vitest';
import { majorVersion } from './java.ts';

test.each([
  ['openjdk version "21.0.4" 2024-07-16', 21],
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_202"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['No Java runtime present', undefined],
])('%j is Java %s', (output, version) => {
  expect(majorVersion(output)).toBe(version);
});
