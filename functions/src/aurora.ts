import type { Express } from 'express';
import { lastTurn } from './calls/reduce.ts';
import { isoInZone, zoneOf } from './calls/times.ts';
import { asError } from './errors.ts';
import type { Journal } from './journal/journal.ts';
import { createLiveDatabase } from './live-database.ts';
import { log } from './log.ts';
import {
  accessToken,
  config,
  database,
  firestore,
  lazy,
  liveState,
  mirror,
  now,
  settle,
} from './parts.ts';

/**
 * The composition root, built once per instance from the shared parts: here the rooms of the
 * conversation and its upkeep are joined, in supervisors.ts those of the API and the streams.
 */
export { settle } from './parts.ts';

/** Who has a number, in a company. */
const workers = lazy(async () => {
  const { createWorkerLookup } = await import('./access/worker-lookup.ts');
  return createWorkerLookup({ firestore, log });
});

export const mirrorTask = lazy(async () => {
  const { createTaskHandler } = await import('./mirror/task-handler.ts');
  const { createDeadLetters } = await import('./mirror/dead-letters.ts');
  const { createIdentify } = await import('./mirror/identify.ts');
  return createTaskHandler({
    apply: mirror().apply,
    identify: createIdentify({
      findWorker: await workers(),
      database: database(),
      apply: mirror().apply,
      now,
      log,
    }),
    deadLetters: async () => createDeadLetters(await firestore()),
    log,
  });
});

export const sweep = lazy(async () => {
  const { createSweep } = await import('./archive/sweep.ts');
  return createSweep({ database: database(), settle: await settle(), log });
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Ends calls whose end Twilio never told. */
export const quietCalls = lazy(async () => {
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
export const orphans = lazy(async () => {
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

/** Milliseconds for one request of the clean-up, which reads all CallSids in one. */
const CLEAN_UP_DEADLINE = 60_000;

/** Removes tombstones and CallSids that are past their time. */
export const cleanUp = lazy(async () => {
  const { createCleanUp } = await import('./upkeep/clean-up.ts');
  const { databaseUrl: url, TOMBSTONE_DAYS, TIME_ZONE: timeZone } = config();
  return createCleanUp({
    database: createLiveDatabase({
      url,
      accessToken: accessToken(),
      deadline: CLEAN_UP_DEADLINE,
    }),
    keep: TOMBSTONE_DAYS * DAY,
    timeZone,
    now,
    log,
  });
});

/** Gives an instance of `twilio` that has no calls a moment to send what it still holds. */
export async function wake(): Promise<void> {
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

const assistant = lazy(async () => {
  const [{ createEmbeddedAssistant }, { loadManuals }] = await Promise.all([
    import('./assistant/embedded.ts'),
    import('./assistant/manual.ts'),
  ]);
  return createEmbeddedAssistant({ manuals: loadManuals() });
});

/** An instance that can't write a journal still answers callers: the tasks hold the words. */
const journal = lazy(async (): Promise<Journal> => {
  const [{ createFileJournal }, { createMemoryJournal }] = await Promise.all([
    import('./journal/file-journal.ts'),
    import('./journal/memory-journal.ts'),
  ]);
  try {
    return createFileJournal({ directory: config().JOURNAL_DIR, log });
  } catch (error) {
    log.alert('The journal could not be opened; this instance keeps its copy in memory.', {
      error: asError(error),
    });
    return createMemoryJournal();
  }
});

/** Milliseconds after which Cloud Tasks' client gives a call up; the outbox waits no longer. */
const TASKS_DEADLINE = 1_500;

const taskQueue = lazy(async () => {
  const { AURORA_REGION: region, TASKS_SERVICE_ACCOUNT: serviceAccount, projectId } = config();
  if (config().TASK_QUEUE === 'emulator') {
    const { createEmulatorTaskQueue } = await import('./mirror/emulator-tasks.ts');
    const host = config().CLOUD_TASKS_EMULATOR_HOST;
    return createEmulatorTaskQueue({ host, projectId, region, deadline: TASKS_DEADLINE });
  }
  const [{ CloudTasksClient }, { createCloudTaskQueue }] = await Promise.all([
    import('@google-cloud/tasks'),
    import('./mirror/cloud-tasks.ts'),
  ]);
  const client = new CloudTasksClient();
  return createCloudTaskQueue({
    client,
    projectId,
    region,
    serviceAccount,
    deadline: TASKS_DEADLINE,
  });
});

const directory = lazy(async () => {
  const { createDirectory } = await import('./access/directory.ts');
  const settings = config();
  return createDirectory({
    firestore,
    fallback: {
      companyId: settings.DEFAULT_COMPANY_ID,
      timeZone: settings.TIME_ZONE,
      emergencyNumber: settings.EMERGENCY_NUMBER,
      language: settings.VOICE_LANGUAGE,
    },
    now,
    log,
  });
});

/**
 * Milliseconds that a new instance waits, before its first request, to learn which company has which
 * number. Without them its calls would go to the default company.
 */
const NUMBERS_BOUND = 2_000;

const outbox = lazy(async () => {
  const { createOutbox } = await import('./mirror/outbox.ts');
  return createOutbox({
    queue: await taskQueue(),
    journal: await journal(),
    apply: mirror().apply,
    directWrite: config().DIRECT_WRITE,
    log,
  });
});

/** For an instance that is shut down: sends what is pending, then closes the journal. */
export async function drain(): Promise<void> {
  await (await outbox()).flush();
  await (await journal()).close();
}

const turns = lazy(async () => {
  const { createTurns } = await import('./turn/turn.ts');
  return createTurns({
    assistant: await assistant(),
    journal: await journal(),
    outbox: await outbox(),
    readLive: liveState,
    timestamp: (like) => isoInZone(now(), zoneOf(like)),
    log,
  });
});

const textTurns = lazy(async () => {
  const { createReports } = await import('./reports.ts');
  return createReports({ turns: await turns(), findWorker: await workers() });
});

/** The app behind Twilio's webhooks. */
export const webhooks = lazy(async (): Promise<Express> => {
  const settings = config();
  const [{ createWebhooks }, { createVoice }, { createStatus }, { createOnce }] = await Promise.all(
    [
      import('./webhooks/app.ts'),
      import('./webhooks/voice.ts'),
      import('./webhooks/status.ts'),
      import('./turn/once.ts'),
    ],
  );
  const [book, replies, numbers, sender] = await Promise.all([
    journal(),
    assistant(),
    directory(),
    outbox(),
  ]);
  const voice = createVoice({
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    defaultCountry: settings.DEFAULT_COUNTRY,
    hashKey: settings.CALL_ID_STYLE === 'hashed' ? settings.twilioAuthTokens()[0] : undefined,
    directory: numbers,
    knownCallId: book.callIdOf,
    lastTurnOf: (callId) => lastTurn(book.call(callId)),
    turns: await turns(),
    assistant: replies,
    once: createOnce<string>(),
    now,
  });
  await numbers.refresh(NUMBERS_BOUND);
  return createWebhooks({
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authTokens: settings.twilioAuthTokens,
    voice,
    callStatus: createStatus({
      journal: book,
      outbox: sender,
      timestamp: (epochMs) => isoInZone(epochMs, settings.TIME_ZONE),
      now,
    }),
    textTurns,
    flush: sender.flush,
    generalCard: () => replies.card(undefined, settings.EMERGENCY_NUMBER).reply,
    log,
  });
});
