import { healthRoute } from '../../admin/health.ts';
import { guard } from '../../assistant/ladder/breaker.ts';
import { at, message, STARTED } from '../../calls/events.fixture.ts';
import { AuroraError } from '../../errors.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { entryOf, type Log, type LogFields } from '../../log.ts';
import { createOutbox } from '../../mirror/outbox.ts';
import { createTaskHandler } from '../../mirror/task-handler.ts';
import { message as textMessage } from '../../webhooks/text/messages.fixture.ts';
import { createMessages } from '../../webhooks/text/messages.ts';
import { startWebhooks, VOICE_FORM } from '../../webhooks/webhooks.fixture.ts';
import { measuredArchive } from '../measured-archive.ts';
import { createMeasuredMinute } from '../measured-minute.ts';
import { note } from '../notes.ts';
import type { Entry } from './log-filter.fixture.ts';

/** Runs the code that measures, in every way that it can go, and keeps the lines that it writes. */

const away = () => Promise.reject(new AuroraError(503, 'away', 'Away.'));
const refused = () => Promise.reject(new AuroraError(400, 'no', 'No.', { retryable: false }));
const fine = async () => {};

export function recorder() {
  const entries: Entry[] = [];
  const at =
    (severity: 'INFO' | 'WARNING' | 'ERROR' | 'ALERT') =>
    (text: string, fields: LogFields = {}) => {
      // As it leaves the process: what is undefined is not there.
      const { severity: level, ...jsonPayload } = JSON.parse(
        JSON.stringify(entryOf(severity, text, fields)),
      );
      entries.push({ resource: { type: 'cloud_run_revision' }, severity: level, jsonPayload });
    };
  const log: Log = {
    info: at('INFO'),
    warn: at('WARNING'),
    error: at('ERROR'),
    alert: at('ALERT'),
  };
  return { log, entries };
}

export async function emitAll(log: Log, sendPages: (log: Log) => Promise<void>): Promise<void> {
  await tasks(log);
  await outboxes(log);
  await webhooks(log);
  await texts(log);
  await models(log);
  await archives(log);
  await minutes(log);
  await health(log);
  await sendPages(log);
}

async function tasks(log: Log): Promise<void> {
  const events = [STARTED, message(1, 'user', 'it is smouldering')];
  const handler = (apply: () => Promise<void>, later = 1_000) =>
    createTaskHandler({
      apply,
      identify: fine,
      deadLetters: async () => ({ record: fine }),
      flush: fine,
      now: () => Date.parse(at(1)) + later,
      log,
    });
  await handler(fine)({ events });
  await handler(fine, 600_000)({ events });
  await handler(away)({ events }).catch(() => {});
  await handler(refused)({ events });
  await handler(fine)({ probe: new Date(Date.parse(at(1))).toISOString() });
}

async function outboxes(log: Log): Promise<void> {
  for (const apply of [fine, away]) {
    await createOutbox({
      queue: { enqueue: away },
      journal: createMemoryJournal(),
      apply,
      directWrite: false,
      log,
    }).send([STARTED]);
  }
}

async function webhooks(log: Log): Promise<void> {
  const further = {
    '/message-status': { load: async () => async () => ({ status: 204 }) as const },
    '/fails': { load: async () => away },
    '/is-helped': { load: async () => away, instead: () => '<Response/>' },
    '/turn': {
      load: async () => async () => {
        note({ rung: 'model', rung_milliseconds: 40 });
        note({ rung: 'hedge' });
        return { status: 204 } as const;
      },
    },
  };
  const running = await startWebhooks({ further, log });
  try {
    await running.post('/message-status', {
      ...VOICE_FORM,
      MessageStatus: 'undelivered',
      ErrorCode: '30003',
    });
    await running.post('/fails');
    await running.post('/is-helped');
    await running.post('/turn');
    await running.post('/turn', VOICE_FORM, { 'x-twilio-signature': 'wrong' });
    const gone = new AbortController();
    const waiting = running.post('/waits', VOICE_FORM, {}, gone.signal).catch(() => {});
    gone.abort();
    await waiting;
  } finally {
    await running.stop();
  }
}

async function texts(log: Log): Promise<void> {
  const receive = createMessages({
    publicBaseUrl: 'https://aurora.example',
    defaultCountry: undefined,
    directory: {
      refresh: fine,
      siteOf: () => ({
        companyId: 'demo',
        timeZone: 'Asia/Kolkata',
        emergencyNumber: '112',
        languages: ['en-IN'],
      }),
    },
    answerBySms: async () => undefined,
    keywordAnswer: async () => undefined,
    take: away,
    once: (_: string, work: () => Promise<string>) => work(),
    record: async () => true,
    now: Date.now,
    emergencyNumber: '112',
    log,
  } as unknown as Parameters<typeof createMessages>[0]);
  await receive({
    form: textMessage('it is smouldering'),
    query: new URLSearchParams(),
    link: undefined,
  });
}

async function models(log: Log): Promise<void> {
  const breaker = { failures: 1, restFor: 1_000, restAtMost: 1_000 };
  const model = guard({ name: 'a-model', ask: away }, { log, now: Date.now, breaker });
  await model.ask({ system: '', user: '' }, new AbortController().signal).catch(() => {});
}

async function archives(log: Log): Promise<void> {
  await measuredArchive(log, fine);
  await measuredArchive(log, away).catch(() => {});
  await measuredArchive(log, refused);
}

async function minutes(log: Log): Promise<void> {
  for (const run of [fine, away]) {
    const everyMinute = createMeasuredMinute({
      run,
      databases: { realtime_database: away, firestore: fine },
      enqueue: fine,
      flush: fine,
      now: Date.now,
      log,
    });
    await everyMinute().catch(() => {});
  }
}

async function health(log: Log): Promise<void> {
  const ask = {
    database: fine,
    firestore: away,
    manuals: () => ({ procedures: 1, reviewed: 1 }),
  };
  const route = healthRoute(ask, { version: '1', clock: { now: Date.now }, log });
  await route.handle({} as never);
}
