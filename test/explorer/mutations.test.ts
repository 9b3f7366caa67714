import { describe, expect, it } from 'vitest';
import { findViolation } from './explorer.ts';
import { answersBeforeOutbox } from './mutations/answers-before-outbox.ts';
import { buriesAfterReading } from './mutations/buries-after-reading.ts';
import { dropsLateFacts } from './mutations/drops-late-facts.ts';
import { dropsLateNotes } from './mutations/drops-late-notes.ts';
import { forgetsSecondCheck } from './mutations/forgets-second-check.ts';
import { forgetsSupervisor } from './mutations/forgets-supervisor.ts';
import { lastWriterSetsStatus } from './mutations/last-writer-sets-status.ts';
import { lateTaskDeletes } from './mutations/late-task-deletes.ts';
import { retriedTaskDoesNotSettle } from './mutations/retried-task-does-not-settle.ts';
import { rewritesConversation } from './mutations/rewrites-conversation.ts';
import type { Parts } from './parts.ts';

/** Schedules within which each mistake shows; at least three times what it takes today. */
const SCHEDULES = 4_000;
/** The sweep mends what this one leaves, so it shows once in 10,000: the search begins nearby. */
const NEAR_THE_RARE_ONE = 9_000;

describe('the explorer finds out', () => {
  it.each<[string, Parts, RegExp, number?]>([
    ['a mirror that does not look for the tombstone again', forgetsSecondCheck, /I4|I2/],
    ['a tombstone that is written after the read', buriesAfterReading, /I4|I2|ended/],
    ['a late task that deletes the live copy', lateTaskDeletes, /I2: lost/],
    [
      'a retried task that does not settle',
      retriedTaskDoesNotSettle,
      /I4.*before the sweep/,
      NEAR_THE_RARE_ONE,
    ],
    ['a conversation that is rewritten whole', rewritesConversation, /I2: lost|I3/],
    ['a status that the last writer sets', lastWriterSetsStatus, /came back from ENDED/],
    ['a call that forgets the supervisor', forgetsSupervisor, /I5: urgency/],
    ['an archive that drops late notes', dropsLateNotes, /I2: lost a note/],
    ['an archive that drops late facts', dropsLateFacts, /I2: lost a fact/],
    ['an answer before the outbox has spoken', answersBeforeOutbox, /I2: a turn was answered/],
  ])('%s', async (_, parts, like, from = 0) => {
    const verdict = await findViolation(parts, { schedules: SCHEDULES, like, from });
    expect(verdict?.violations.join('\n')).toMatch(like);
  });
});
