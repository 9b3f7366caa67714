import { describe, expect, it } from 'vitest';
import { findViolation } from './explorer.ts';
import { answersBeforeOutbox } from './mutations/answers-before-outbox.ts';
import { buriesAfterReading } from './mutations/buries-after-reading.ts';
import { claimsBlindly } from './mutations/claims-blindly.ts';
import { countsAsHeard } from './mutations/counts-as-heard.ts';
import { countsEachTime } from './mutations/counts-each-time.ts';
import { countsWithoutAMark } from './mutations/counts-without-a-mark.ts';
import { dropsLateFacts } from './mutations/drops-late-facts.ts';
import { dropsLateNotes } from './mutations/drops-late-notes.ts';
import { forgetsSecondCheck } from './mutations/forgets-second-check.ts';
import { forgetsSupervisor } from './mutations/forgets-supervisor.ts';
import { forgetsToQueue } from './mutations/forgets-to-queue.ts';
import { ignoresStaleReplies } from './mutations/ignores-stale-replies.ts';
import { lastWriterSetsStatus } from './mutations/last-writer-sets-status.ts';
import { lateTaskDeletes } from './mutations/late-task-deletes.ts';
import { neverLapses } from './mutations/never-lapses.ts';
import { retriedTaskDoesNotSettle } from './mutations/retried-task-does-not-settle.ts';
import { rewritesConversation } from './mutations/rewrites-conversation.ts';
import { speaksWhileHeld } from './mutations/speaks-while-held.ts';
import { stopsAtTheSecondStep } from './mutations/stops-at-the-second-step.ts';
import { takesOverBlindly } from './mutations/takes-over-blindly.ts';
import type { Parts } from './parts.ts';

/** Schedules within which each mistake shows; at least three times what it takes today. */
const SCHEDULES = 4_000;
/** The sweep mends what this one leaves: it shows only where most processes crash. */
const DEADLY = true;

describe('the explorer finds out', () => {
  it.each<[string, Parts, RegExp, boolean?]>([
    ['a mirror that does not look for the tombstone again', forgetsSecondCheck, /I4|I2/],
    ['a tombstone that is written after the read', buriesAfterReading, /I4|I2|ended/],
    ['a late task that deletes the live copy', lateTaskDeletes, /I2: lost/],
    [
      'a retried task that does not settle',
      retriedTaskDoesNotSettle,
      /I4.*before the sweep/,
      DEADLY,
    ],
    ['a conversation that is rewritten whole', rewritesConversation, /I2: lost|I3/],
    ['a status that the last writer sets', lastWriterSetsStatus, /came back from ENDED/],
    ['a call that forgets the supervisor', forgetsSupervisor, /I5: urgency/],
    ['an archive that drops late notes', dropsLateNotes, /I2: lost a note/],
    ['an archive that drops late facts', dropsLateFacts, /I2: lost a fact/],
    ['an answer before the outbox has spoken', answersBeforeOutbox, /I2: a turn was answered/],
    ['a takeover without compare-and-set', takesOverBlindly, /two owners|took it/],
    ['a message that is not queued', forgetsToQueue, /I2: lost: message|never heard message/],
    ['a message that counts as heard when it is written', countsAsHeard, /never (heard|played)/],
    ['a lease that lapses and is not ended', neverLapses, /nobody has the call/],
    ['an Aurora who speaks while a supervisor does', speaksWhileHeld, /two speakers/],
    ['a stale reply after which nobody is sent on', ignoresStaleReplies, /caller is with Aurora/],
    ['a chain that stops at a step that nobody answers', stopsAtTheSecondStep, /come to no end/],
    ['a call that is counted each time', countsEachTime, /counts are not those/],
    ['a mark that is gone before its call is counted', countsWithoutAMark, /counts are not those/],
    ['a step that is claimed without compare-and-set', claimsBlindly, /claimed|accepted by two/],
  ])('%s', async (_, parts, like, isDeadly = false) => {
    const verdict = await findViolation(parts, { schedules: SCHEDULES, like, isDeadly });
    expect(verdict?.violations.join('\n')).toMatch(like);
  });
});
