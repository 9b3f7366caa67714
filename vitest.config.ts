import { defineConfig } from 'vitest/config';

/**
 * Three projects: `unit` and `conformance` start what they need themselves, `journeys` share one
 * running suite that test/suite.setup.ts starts on free ports.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    env: { METADATA_SERVER_DETECTION: 'none' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{functions/src,emulators,scripts,dashboard,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.conformance.test.ts'],
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['emulators/**/*.conformance.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
