import { expect, test } from 'vitest';
import config from '../vitest.config.ts';
// @ts-expect-error plain JavaScript, because it runs before anything is installed
import { failures, STEPS, summary } from './test.mjs';

const ran = (code: number, passed: number, failed: number, testResults: object[] = []) => ({
  code,
  result: { numPassedTests: passed, numFailedTests: failed, testResults },
});

test('every project is run, once', () => {
  const projects = config.test?.projects as { test: { name: string } }[];
  expect(STEPS.flat(2).sort()).toEqual(projects.map(({ test }) => test.name).sort());
});

test('the last line counts what passed and what failed, of all runs', () => {
  expect(summary([ran(0, 12, 0)])).toBe('12 passed, 0 failed');
  expect(summary([ran(1, 12, 3), ran(0, 5, 0), ran(1, 1, 1)])).toBe('18 passed, 4 failed');
});

test('a file that could not be loaded is a failure', () => {
  const files = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(summary([ran(1, 5, 0, files)])).toBe('5 passed, 1 failed');
});

test('a run that failed outside of its tests does not look like a success', () => {
  expect(summary([ran(1, 5, 0), ran(0, 7, 0)])).toBe('12 passed, 1 failed');
  expect(summary([{ code: 1, result: undefined }])).toBe('0 passed, 1 failed');
});

test('what failed is named, each test by its file', () => {
  const files = [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'a call is kept' },
        { status: 'failed', fullName: 'a call ends' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', assertionResults: [] },
    { name: 'c.test.ts', status: 'passed', assertionResults: [] },
  ];
  expect(failures([{ code: 1, result: undefined }, ran(1, 1, 1, files)])).toEqual([
    'a.test.ts  a call ends',
    'b.test.ts',
  ]);
});
