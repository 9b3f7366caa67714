import { afterAll, beforeAll, expect } from 'vitest';
import type { Caller, CallResult } from '../../emulators/twilio/telephone.ts';
import type { ArchivedConversation } from '../../functions/src/archive/schema.ts';
import { archived, callIdOf, closeClients } from '../journeys/support.ts';
import { type Suite, type SuiteStart, startSuite } from '../suite.ts';
import { differences, turnsOf } from './ledger.ts';

/** Milliseconds that a server is away; FAULT_SECONDS makes it longer. */
export const OUTAGE = Number(process.env.FAULT_SECONDS ?? 12) * 1_000;

/** Milliseconds for one test: an outage, the longest wait until a task is tried again, and a busy machine. */
export const PATIENCE = { timeout: 2 * OUTAGE + 240_000 };

/** The connection overrides that the action URLs have, for the number's own webhook. */
export const RETRIES = '#rc=1&rp=ct,rt,5xx&rt=7000';

/** A suite for the tests of one file; it is stopped after them, whatever happens. */
export function useSuite(options: SuiteStart = {}): () => Suite {
  let suite: Suite | undefined;
  beforeAll(async () => {
    suite = await startSuite(options);
  });
  afterAll(async () => {
    await closeClients();
    await suite?.stop();
  });
  return () => suite as Suite;
}

/** Words that are said once only, so that a doubled or misplaced utterance shows. */
export function utterance(caller: string, turn: number): string {
  const what = ['there is smoke in bay', 'somebody is hurt in hall', 'I hear a hiss in room'];
  return `${what[turn % what.length]} ${turn} says ${caller}`;
}

/** Says something else each time, until told to hang up. */
export function talker(
  name: string,
  isOver: (turns: number) => boolean | Promise<boolean>,
): Caller {
  let turns = 0;
  return {
    async next() {
      if (await isOver(turns)) return { hangUp: true };
      turns += 1;
      return { say: utterance(name, turns) };
    },
  };
}

/** Waits until the calls are archived, and fails for every message that is not there exactly once. */
export async function expectArchivedOnce(
  suite: Suite,
  calls: readonly CallResult[],
): Promise<void> {
  for (const call of calls) {
    const { conversation } = await archivedWhole(suite, call);
    expect(differences(call, conversation), callIdOf(call)).toEqual([]);
  }
}

/** The archived call with all that was answered; what is there by then where that never comes. */
async function archivedWhole(
  suite: Suite,
  call: CallResult,
): Promise<{ conversation: Omit<ArchivedConversation, 'archived_at'> }> {
  const answered = turnsOf(call).filter(({ replies }) => replies.length > 0);
  const messages = answered.reduce((sum, { words }) => sum + (words === undefined ? 1 : 2), 0);
  return archived(suite, callIdOf(call), messages);
}
