import { asError } from './errors.ts';
import { conference } from './joining.ts';
import { createLiveDatabase } from './live-database.ts';
import { log } from './log.ts';
import { pager } from './pages.ts';
import {
  accessToken,
  config,
  counting,
  database,
  firestore,
  lazy,
  mirror,
  now,
  settle,
} from './parts.ts';
import { live } from './paths.ts';
import { incidents, lostCallers, settleEnded } from './reaching.ts';
import { lookAfterHeldCalls } from './takeover.ts';
import { doChores } from './upkeep/chores.ts';

/** The composition root of what is looked after by the clock. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Finishes what crashes, lost triggers and lost callbacks left behind. */
export async function everyMinute(): Promise<void> {
  const chores = [
    {
      run: async () => (await sweep())(),
      done: 'The sweep settled calls that had been left behind.',
    },
    {
      run: async () => (await quietCalls())(),
      done: 'Calls were ended whose end Twilio had not told.',
    },
    { run: async () => (await quietTexts())() },
    {
      run: async () => (await lookAfterHeldCalls())(),
      done: 'Calls were looked after that a supervisor had, or had left.',
    },
    {
      run: async () => (await conference()).lookAfter(),
      done: 'Conferences were looked after of which no callback had told.',
    },
    {
      run: async () => (await pager()).runAll(),
      done: 'People were fetched whom no task had fetched in time.',
    },
    {
      run: async () => (await lostCallers()).runAll(),
      done: 'Lost callers were looked after.',
    },
    {
      run: async () => (await incidents()).mend(),
      done: 'Calls were joined with their incidents that had been missed.',
    },
    { run: async () => (await orphans())() },
    {
      run: async () => (await uncounted())(),
      done: 'Archived calls were counted that had been left behind.',
    },
  ];
  await Promise.all([doChores(chores, log), wake()]);
}

/** Removes what nothing late can need any more. */
export async function everyNight(): Promise<void> {
  const chores = [
    {
      run: async () => {
        const { tombstones, callSids } = await (await cleanUp())();
        log.info('Tombstones past their time were removed.', { count: tombstones });
        log.info('CallSids past their time were removed.', { count: callSids });
        return tombstones + callSids;
      },
    },
    {
      run: async () => {
        const count = await (await oldTextTurns())();
        log.info('Claims of text turns past their time were removed.', { count });
        return count;
      },
    },
    {
      run: async () => {
        const count = await (await oldSessions())();
        log.info('Old sign-ins and revoked tokens were removed.', { count });
        return count;
      },
    },
    { run: async () => (await oldEdits())() },
    { run: async () => (await oldLostCallers())() },
    { run: async () => (await oldPagedPeople())() },
    {
      run: async () => {
        const count = await (await oldCounts()).sent();
        log.info('Counters of what was sent in past hours were removed.', { count });
        return count;
      },
    },
    { run: async () => (await oldCounts()).measured() },
  ];
  await doChores(chores, log);
}

/** Removes archived calls that their companies keep no longer. */
export async function purgeCalls(): Promise<void> {
  const count = await (await purge())();
  log.info('Archived calls past the time of their companies were removed.', { count });
}

const purge = lazy(async () => {
  const [{ createPurge }, { createRemove }, { createAudit }] = await Promise.all([
    import('./upkeep/purge.ts'),
    import('./archive/remove.ts'),
    import('./admin/audit.ts'),
  ]);
  const store = await firestore();
  return createPurge({
    firestore: store,
    remove: createRemove(store),
    audit: createAudit({ firestore: store, log }),
    now,
    log,
  });
});

const sweep = lazy(async () => {
  const { createSweep } = await import('./archive/sweep.ts');
  const own = await settle();
  return createSweep({ database: database(), settle: { ...own, settle: settleEnded }, log });
});

/** Ends calls whose end Twilio never told. */
const quietCalls = lazy(async () => {
  const [{ createQuietCalls }, { createTwilioCalls }] = await Promise.all([
    import('./upkeep/quiet-calls.ts'),
    import('./twilio/calls.ts'),
  ]);
  const settings = config();
  return createQuietCalls({
    database: database(),
    twilio: createTwilioCalls({
      accountSid: settings.TWILIO_ACCOUNT_SID,
      authToken: settings.twilioAuthTokens()[0] ?? '',
      baseUrl: settings.TWILIO_API_BASE_URL,
    }),
    apply: mirror().apply,
    quietAfter: settings.QUIET_CALL_MINUTES * MINUTE,
    now,
    log,
  });
});

/** Archives live conversations that have no call. */
const orphans = lazy(async () => {
  const { createOrphans } = await import('./upkeep/orphans.ts');
  const { ORPHAN_MINUTES, TIME_ZONE: timeZone } = config();
  return createOrphans({
    database: database(),
    settle: await settle(),
    quietAfter: ORPHAN_MINUTES * MINUTE,
    timeZone,
    now,
    log,
  });
});

/** Counts archived calls that have changed since they were counted. */
const uncounted = lazy(async () => {
  const { createUncounted } = await import('./insights/uncounted.ts');
  const { count } = await counting();
  return createUncounted({ firestore: await firestore(), count, now, log });
});

/** Ends text conversations in which nobody writes any more. */
const quietTexts = lazy(async () => {
  const { createQuietTexts } = await import('./upkeep/quiet-texts.ts');
  return createQuietTexts({
    database: database(),
    apply: mirror().apply,
    quietAfter: config().TEXT_QUIET_MINUTES * MINUTE,
    now,
    log,
  });
});

/** Milliseconds for one request of the clean-up, which reads all CallSids in one. */
const CLEAN_UP_DEADLINE = 60_000;

const patientDatabase = lazy(() =>
  createLiveDatabase({
    url: config().databaseUrl,
    accessToken: accessToken(),
    deadline: CLEAN_UP_DEADLINE,
  }),
);

/** Removes tombstones and CallSids that are past their time. */
const cleanUp = lazy(async () => {
  const { createCleanUp } = await import('./upkeep/clean-up.ts');
  const { TOMBSTONE_DAYS, TIME_ZONE: timeZone } = config();
  return createCleanUp({
    database: patientDatabase(),
    keep: TOMBSTONE_DAYS * DAY,
    timeZone,
    now,
    log,
  });
});

/** Milliseconds for which an Idempotency-Key of a text turn is remembered, at least. */
const KEEP_TEXT_TURNS = 2 * DAY;

const oldTextTurns = lazy(async () => {
  const { createOldTextTurns } = await import('./upkeep/old-text-turns.ts');
  return createOldTextTurns({ database: patientDatabase(), keep: KEEP_TEXT_TURNS, now, log });
});

/** Removes leases of edits that nobody gave back. */
const oldEdits = lazy(async () => {
  const { createOldEdits } = await import('./upkeep/old-edits.ts');
  return createOldEdits({ database: patientDatabase(), now });
});

/** Forgets callers who were followed. */
const oldLostCallers = lazy(async () => {
  const { createOldLostCallers } = await import('./upkeep/old-lost-callers.ts');
  return createOldLostCallers({ database: patientDatabase(), now, log });
});

/** Forgets what people on call were asked. */
const oldPagedPeople = lazy(async () => {
  const { createOldPagedPeople } = await import('./upkeep/old-paged-people.ts');
  return createOldPagedPeople({ database: patientDatabase(), now, log });
});

/** Removes counters of what was sent in past hours, and of what was measured two days ago. */
const oldCounts = lazy(async () => {
  const [{ createOldCounts }, { isOldHour }, { isOldOperationsHour }] = await Promise.all([
    import('./upkeep/old-counts.ts'),
    import('./outbound/counts.ts'),
    import('./metrics/counter-store.ts'),
  ]);
  const common = { database: patientDatabase(), now };
  return {
    sent: createOldCounts({ ...common, path: live.sendCounts, isOld: isOldHour }),
    measured: createOldCounts({ ...common, path: live.operations, isOld: isOldOperationsHour }),
  };
});

/** Removes failed sign-ins of yesterday, and revoked tokens that have expired. */
const oldSessions = lazy(async () => {
  const { createOldSessions } = await import('./upkeep/old-sessions.ts');
  return createOldSessions({ database: patientDatabase(), now, log });
});

/** Gives an instance of `twilio` that has no calls a moment to send what it still holds. */
async function wake(): Promise<void> {
  const url = `${config().PUBLIC_BASE_URL}/flush`;
  try {
    const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`/flush answered ${response.status}`);
  } catch (error) {
    log.warn('No instance could be asked to send what it holds; the next minute asks again.', {
      error: asError(error),
    });
  }
}
