import { defineConfig } from 'vitest/config';

/** Journeys that need a suite in which nobody else is being fetched: their calls would be one incident. */
const ALONE = [
  'test/browser/{accessibility,people,record}.test.ts',
  'test/journeys/{reaching,paging}.test.ts',
];

const OFFICE = 'test/browser/office-*.test.ts';

/** What starts suites of its own, to take parts of them away, and waits for most of its time. */
const OWN_SUITE = [
  'test/faults/**/*.test.ts',
  'test/journeys/{freeze,insights}.test.ts',
  'test/browser/office-operations.test.ts',
];

/** A process for each request: beside it nothing else keeps its time. */
const ISOLATED = 'test/journeys/isolated.test.ts';

/**
 * The groups run one after the other, those of scripts/test.mjs side by side:
 * `unit` and `conformance` start the servers that they need themselves; the `journeys` share one
 * running suite on free ports; `explorer` runs the real code under a scheduler of its own; `deploy`
 * installs what would be uploaded.
 */
export default defineConfig({
  test: {
    pool: 'threads',
    // By itself Vitest leaves one core free, and on two cores runs one file after the other.
    maxWorkers: 2,
    env: { METADATA_SERVER_DETECTION: 'none' },
    // What is waited for comes late where two cores run everything; Vitest gives up after a second.
    expect: { poll: { timeout: 30_000, interval: 100 } },
    // The functions' own log lines would bury what the tests say.
    onConsoleLog: (line) => !line.startsWith('{"severity":'),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{functions/src,emulators,scripts,dashboard,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.conformance.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['emulators/**/*.conformance.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'explorer',
          include: ['test/explorer/**/*.test.ts'],
          testTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/{journeys,browser}/**/*.test.ts'],
          exclude: [...ALONE, ...OWN_SUITE, OFFICE, ISOLATED],
          globalSetup: 'test/suite.setup.ts',
          // Each file runs processes of its own for every function: side by side they starve.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'people',
          include: ALONE,
          globalSetup: 'test/suite.setup.ts',
          // Each file runs processes of its own for every function: side by side they starve.
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'office',
          include: [OFFICE],
          exclude: OWN_SUITE,
          globalSetup: 'test/suite.setup.ts',
          fileParallelism: false,
          sequence: { groupOrder: 5 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'own-suite',
          include: OWN_SUITE,
          fileParallelism: false,
          sequence: { groupOrder: 7 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: [ISOLATED],
          sequence: { groupOrder: 6 },
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
