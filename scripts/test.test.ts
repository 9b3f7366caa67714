import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, because it runs before anything is installed
import { summary } from './test.mjs';

const result = (passed: number, failed: number, testResults: object[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults,
});

test('the last line counts what passed and what failed', () => {
  expect(summary(result(12, 0), 0)).toBe('12 passed, 0 failed');
  expect(summary(result(12, 3), 1)).toBe('12 passed, 3 failed');
});

test('a file that could not be loaded is a failure', () => {
  const files = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(summary(result(5, 0, files), 1)).toBe('5 passed, 1 failed');
});

test('a run that failed outside of its tests does not look like a success', () => {
  expect(summary(result(5, 0), 1)).toBe('5 passed, 1 failed');
  expect(summary(undefined, 1)).toBe('0 passed, 1 failed');
});
