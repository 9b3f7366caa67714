import type { Express } from 'express';
import { belongsToSid } from './calls/ids.ts';
import type { CallEvent } from './calls/model.ts';
import { lastTurn } from './calls/reduce.ts';
import { isoInZone, zoneOf } from './calls/times.ts';
import { asError } from './errors.ts';
import { joiningRoutes } from './joining.ts';
import type { Journal, Receipt } from './journal/journal.ts';
import type { LanguageModel } from './language-model.ts';
import { log } from './log.ts';
import { pageRoutes, turnPages } from './pages.ts';
import { config, currentState, database, firestore, lazy, mirror, now } from './parts.ts';
import { live } from './paths.ts';
import { flushCounters, warmCounters } from './process-counters.ts';
import { mirrorQueue } from './queues.ts';
import { furtherRoutes, incidents, lastWords, lostCallers, lostStore } from './reaching.ts';
import { holding, sendOnAfterStaleReply } from './takeover.ts';
import type { Turns } from './turn/turn.ts';
import type { FurtherRoute } from './webhooks/app.ts';

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
  const identify = createIdentify({
    findWorker: await workers(),
    database: database(),
    apply: mirror().apply,
    now,
    log,
  });
  return createTaskHandler({
    apply: async (events) => {
      await mirror().apply(events);
      await (await sendOnAfterStaleReply())(events);
    },
    identify: async (events) => {
      const [{ follow: joinIncident }, { follow: welcomeBack }] = await Promise.all([
        incidents(),
        lostCallers(),
      ]);
      await Promise.all([identify(events), joinIncident(events), welcomeBack(events)]);
    },
    deadLetters: async () => {
      const { createDeadLetters } = await import('./mirror/dead-letters.ts');
      return createDeadLetters(await firestore());
    },
    flush: flushCounters,
    now,
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

export const directory = lazy(async () => {
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
    queue: await mirrorQueue(),
    journal: await journal(),
    apply: mirror().apply,
    directWrite: config().DIRECT_WRITE,
    log,
  });
});

/** For an instance that is shut down: sends what is pending, then closes the journal. */
export async function drain(): Promise<void> {
  await (await outbox()).flush();
  await Promise.all([(await journal()).close(), flushCounters({ atOnce: true })]);
}

const turns = lazy(async () => {
  const { createTurns } = await import('./turn/turn.ts');
  const made = createTurns({
    assistant: await assistant(),
    journal: await journal(),
    outbox: await outbox(),
    readLive: currentState,
    timestamp: (like) => isoInZone(now(), zoneOf(like)),
    people: await turnPages(),
    log,
  });
  return { ...made, run: besideSilence(made.run) };
});

/** Whoever says nothing is written to, beside the question: begun with the turn, and not waited for. */
function besideSilence(run: Turns['run']): Turns['run'] {
  return (turn) => {
    const { started, utterance, silences, resumes, unanswered } = turn;
    if (!utterance && !resumes && !unanswered && started.medium === 'Voice') {
      void lostCallers().then(({ silenceAsked }) => silenceAsked(started, silences));
    }
    return run(turn);
  };
}

const textTurns = lazy(async () => {
  const { createReports } = await import('./reports.ts');
  const { refresh } = await packs();
  return createReports({
    turns: await turns(),
    findWorker: await workers(),
    refreshManuals: (companyId) => refresh(companyId, PACK_OF_TEXT_BOUND),
  });
});

/** Records what happened beside a turn; resolves to whether something durable holds it. */
async function record(events: CallEvent[]): Promise<boolean> {
  const [book, sender] = await Promise.all([journal(), outbox()]);
  let receipt: Receipt | undefined;
  try {
    receipt = book.append(events);
  } catch (error) {
    log.alert('The journal could not be written.', { error: asError(error) });
  }
  return sender.send(events, receipt);
}

const incomingMessage = lazy(async () => {
  const { createTexts } = await import('./texts.ts');
  const { refresh } = await packs();
  return createTexts({
    turns: await turns(),
    directory: await directory(),
    findWorker: await workers(),
    refreshManuals: (companyId) => refresh(companyId, PACK_OF_TEXT_BOUND),
    answerBySms: async (text) => (await import('./pages.ts')).answerBySms(text),
    record,
  });
});

const messageStatus = lazy(async () => {
  const { createMessageStatus } = await import('./webhooks/text/message-status.ts');
  return createMessageStatus({ record, timeZone: config().TIME_ZONE, now });
});

/** Twilio's webhooks of SMS and WhatsApp. */
async function textRoutes(): Promise<Record<string, FurtherRoute>> {
  const { safeMessage } = await import('./webhooks/text/safe-message.ts');
  return {
    '/incoming-message': {
      load: incomingMessage,
      instead: ({ form }) => safeMessage(form, config().EMERGENCY_NUMBER),
    },
    '/message-status': { load: messageStatus },
  };
}

/** Present for hashed call ids. */
function callIdKey(): string | undefined {
  return config().CALL_ID_STYLE === 'hashed' ? config().twilioAuthTokens()[0] : undefined;
}

const callStatus = lazy(async () => {
  const { createStatus } = await import('./webhooks/status.ts');
  return createStatus({
    journal: await journal(),
    outbox: await outbox(),
    timestamp: (epochMs) => isoInZone(epochMs, config().TIME_ZONE),
    now,
  });
});

const callBack = lazy(async () => {
  const [{ createCallBack }, { lineMoved }] = await Promise.all([
    import('./lost-callers/call-back.ts'),
    import('./webhooks/spoken-turn.ts'),
  ]);
  const [{ note }, replies, numbers] = await Promise.all([turns(), assistant(), directory()]);
  const settings = config();
  return createCallBack({
    store: await lostStore(),
    lostCallers,
    database: database(),
    note: (started, events) => note({ started }, events),
    lastWords,
    card: replies.card,
    lineMoved,
    siteOf: async (dialled) => numbers.siteOf(dialled),
    afterReply: async (judged) => (await turnPages()).afterReply(judged),
    join: async (call, lost) => (await incidents()).join(call, lost),
    apply: mirror().apply,
    callStatus: await callStatus(),
    hashKey: callIdKey(),
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    generalCard: () => replies.card(undefined, settings.EMERGENCY_NUMBER).reply,
    now,
    log,
  });
});

/** Twilio's webhooks of the leg by which a caller who was lost is called back. */
async function callBackRoutes(): Promise<Record<string, FurtherRoute>> {
  const { sayAndStartOver } = await import('./webhooks/twiml.ts');
  const card = (await assistant()).card(undefined, config().EMERGENCY_NUMBER).reply;
  return {
    '/call-back': {
      load: async () => (await callBack()).answered,
      instead: () => sayAndStartOver(config().PUBLIC_BASE_URL, card),
    },
    '/call-back-status': { load: async () => (await callBack()).status },
  };
}

/** The app behind Twilio's webhooks. */
export const webhooks = lazy(async (): Promise<Express> => {
  const settings = config();
  const [{ createWebhooks }, { createVoice }, { createOnce }, { createWorkerLanguages }] =
    await Promise.all([
      import('./webhooks/app.ts'),
      import('./webhooks/voice.ts'),
      import('./turn/once.ts'),
      import('./access/worker-languages.ts'),
    ]);
  const [book, replies, numbers, sender, manuals] = await Promise.all([
    journal(),
    assistant(),
    directory(),
    outbox(),
    packs(),
    warmCounters(),
  ]);
  const voice = createVoice({
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    defaultCountry: settings.DEFAULT_COUNTRY,
    hashKey: callIdKey(),
    directory: numbers,
    workerLanguages: createWorkerLanguages({ findWorker: await workers(), log }),
    knownCallId: book.callIdOf,
    async claimedCallId(callSid) {
      const { value } = await database().read(live.callSid(callSid));
      return typeof value === 'string' && belongsToSid(value, callSid) ? value : undefined;
    },
    lastTurnOf: (callId) => lastTurn(book.call(callId)),
    turns: await turns(),
    assistant: replies,
    prepare: (companyId) => {
      void replies.warm();
      void manuals.refresh(companyId, 0);
    },
    people: {
      async lapse(callId) {
        await (await holding()).lapse(callId);
        return currentState(callId);
      },
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
    callStatus: await callStatus(),
    textTurns,
    further: {
      ...furtherRoutes,
      ...(await joiningRoutes(await turns(), replies.card)),
      ...pageRoutes,
      ...(await textRoutes()),
      ...(await callBackRoutes()),
    },
    flush: async () => void (await Promise.all([sender.flush(), flushCounters()])),
    generalCard: () => replies.card(undefined, settings.EMERGENCY_NUMBER).reply,
    log,
  });
});
