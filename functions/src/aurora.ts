import type { Express } from 'express';
import { lastTurn } from './calls/reduce.ts';
import { isoInZone, zoneOf } from './calls/times.ts';
import { asError } from './errors.ts';
import type { Journal } from './journal/journal.ts';
import type { LanguageModel } from './language-model.ts';
import { log } from './log.ts';
import { config, database, firestore, lazy, liveState, mirror, now } from './parts.ts';

/**
 * The composition root, built once per instance from the shared parts: here the rooms of the
 * conversation are joined, in supervisors.ts those of the API and the streams, in schedules.ts what
 * is looked after by the clock.
 */
export { settle } from './parts.ts';

/** Who has a number, in a company. */
const workers = lazy(async () => {
  const { createWorkerLookup } = await import('./access/worker-lookup.ts');
  return createWorkerLookup({ firestore, log });
});

export const mirrorTask = lazy(async () => {
  const { createTaskHandler } = await import('./mirror/task-handler.ts');
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
    deadLetters: async () => {
      const { createDeadLetters } = await import('./mirror/dead-letters.ts');
      return createDeadLetters(await firestore());
    },
    log,
  });
});

/** Rules, with models between them where one is set. What asks the models is loaded with a call. */
const assistant = lazy(async () => {
  const [{ createDialogue }, { createLadder }] = await Promise.all([
    import('./assistant/dialogue/dialogue.ts'),
    import('./assistant/ladder/ladder.ts'),
  ]);
  const model = config().languageModel();
  const chooser = lazy(async () => {
    const { createChooser } = await import('./assistant/ladder/chooser.ts');
    return createChooser({ ...(model as LanguageModel), log, now });
  });
  return createLadder({
    dialogue: createDialogue({ packs: await packs() }),
    chooser: model && chooser,
    log,
  });
});

/** Every company's manuals, as its callers hear them. */
const packs = lazy(async () => {
  const [{ createPacks }, { embeddedPack }, { prepareSearch }] = await Promise.all([
    import('./assistant/manual/live-packs.ts'),
    import('./assistant/manual/embedded-pack.ts'),
    import('./assistant/retrieval/pack-index.ts'),
  ]);
  return createPacks({ firestore, embedded: embeddedPack(), prepare: prepareSearch, now, log });
});

/** Milliseconds that a new instance waits, before its first request, for its companies' manuals. */
const PACKS_BOUND = 2_000;
/** Milliseconds that a text turn waits for them: it reads Firestore anyhow, to know who writes. */
const PACK_OF_TEXT_BOUND = 500;

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
      languages: [settings.VOICE_LANGUAGE],
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
  const { refresh } = await packs();
  return createReports({
    turns: await turns(),
    findWorker: await workers(),
    refreshManuals: (companyId) => refresh(companyId, PACK_OF_TEXT_BOUND),
  });
});

/** The app behind Twilio's webhooks. */
export const webhooks = lazy(async (): Promise<Express> => {
  const settings = config();
  const [
    { createWebhooks },
    { createVoice },
    { createStatus },
    { createOnce },
    { createWorkerLanguages },
  ] = await Promise.all([
    import('./webhooks/app.ts'),
    import('./webhooks/voice.ts'),
    import('./webhooks/status.ts'),
    import('./turn/once.ts'),
    import('./access/worker-languages.ts'),
  ]);
  const [book, replies, numbers, sender, manuals] = await Promise.all([
    journal(),
    assistant(),
    directory(),
    outbox(),
    packs(),
  ]);
  const voice = createVoice({
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    defaultCountry: settings.DEFAULT_COUNTRY,
    hashKey: settings.CALL_ID_STYLE === 'hashed' ? settings.twilioAuthTokens()[0] : undefined,
    directory: numbers,
    workerLanguages: createWorkerLanguages({ findWorker: await workers(), log }),
    knownCallId: book.callIdOf,
    lastTurnOf: (callId) => lastTurn(book.call(callId)),
    turns: await turns(),
    assistant: replies,
    prepare: (companyId) => {
      void replies.warm();
      void manuals.refresh(companyId, 0);
    },
    once: createOnce<string>(),
    now,
  });
  await numbers.refresh(NUMBERS_BOUND);
  await manuals.warm(numbers.companyIds(), PACKS_BOUND);
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
