/** Conversations of 20 messages each (see journal/conversations.ts): 200,000 messages. */
export const CONVERSATIONS = 10_000;

/** What is timed, each in a process of its own; the others are compared with the first. */
export const WAYS = [
  'JSON.parse of total.json',
  'Aurora journal, from total.json',
  'Aurora journal, from segments alone',
] as const;
export type Way = (typeof WAYS)[number];

/** What was read back, so that all ways can be seen to have read the same. */
export interface Recovered {
  milliseconds: number;
  /** Milliseconds of all threads, the collector's included. */
  cpu: number;
  calls: number;
  messages: number;
  /** Of all that was said. */
  characters: number;
}
