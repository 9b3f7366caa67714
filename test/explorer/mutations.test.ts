import { describe, expect, it } from 'vitest';
import { findViolation } from './explorer.ts';
import { answersBeforeOutbox } from './mutations/answers-before-outbox.ts';
import { buriesAfterReading } from './mutations/buries-after-reading.ts';
import { forgetsSecondCheck } from './mutations/forgets-second-check.ts';
import { forgetsSupervisor } from './mutations/forgets-supervisor.ts';
import { lastWriterSetsStatus } from './mutations/last-writer-sets-status.ts';
import { lateTaskDeletes } from './mutations/late-task-deletes.ts';
import { retriedTaskDoesNotSettle } from './mutations/retried-task-does-not-settle.ts';
import { rewritesConversation } from './mutations/rewrites-conversation.ts';

/** Schedules within which each mistake shows; about three times what it takes today. */
const SCHEDULES = 3_000;

describe('the explorer finds out', () => {
  it.each([
    ['a mirror that does not look for the tombstone again', forgetsSecondCheck, /I4|I2/],
    ['a tombstone that is written after the read', buriesAfterReading, /I4|I2|ended/],
    ['a late task that deletes the live copy', lateTaskDeletes, /I2: lost/],
    ['a retried task that does not settle', retriedTaskDoesNotSettle, /I4.*before the sweep/],
    ['a conversation that is rewritten whole', rewritesConversation, /I2: lost|I3/],
    ['a status that the last writer sets', lastWriterSetsStatus, /came back from ENDED/],
    ['a call that forgets the supervisor', forgetsSupervisor, /I5: urgency/],
    ['an answer before the outbox has spoken', answersBeforeOutbox, /I2: a turn was answered/],
  ])('%s', async (_, parts, violation) => {
    const verdict = await findViolation(parts, { schedules: SCHEDULES, like: violation });
    expect(verdict?.violations.join('\n')).toMatch(violation);
  });
});
