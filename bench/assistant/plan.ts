/** What an instance may load: the models are loaded only where one is configured. */
export const LOADS = ['rules', 'rules and models'] as const;
export type Load = (typeof LOADS)[number];

/** What one process saw, from its first import to the end of its first turn. */
export interface Loaded {
  milliseconds: number;
  /** Milliseconds of all threads. */
  cpu: number;
  /** By which the resident memory grew. */
  megabytes: number;
  /** Names of the packages that were loaded; empty where time is measured. */
  packages: string[];
}
