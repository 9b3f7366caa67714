import type { TestProject } from 'vitest/node';
import { type SuiteAddress, startSuite } from './suite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The suite that the journeys share: `inject('suite')`. */
    suite: SuiteAddress;
  }
}

/** Starts one suite in its default mode for all journeys, and stops it after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The journeys' calls all page the same few people.
  const suite = await startSuite({ env: { SENDS_PER_PERSON: '10000', SENDS_TO_PEOPLE: '100000' } });
  const { baseUrl, project: projectId, ports, stateDir } = suite;
  project.provide('suite', { baseUrl, project: projectId, ports, stateDir });
  return () => suite.stop();
}
