import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Assistant } from '../assistant/assistant.ts';
import type { CallEvent } from '../calls/model.ts';
import { type CallState, lastTurn } from '../calls/reduce.ts';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Log, LogFields } from '../log.ts';
import { createOutbox } from '../mirror/outbox.ts';
import type { MirrorTask } from '../mirror/task-queue.ts';
import { createOnce } from '../turn/once.ts';
import { createTurns, type Turns } from '../turn/turn.ts';
import { createWebhooks, type FurtherRoute } from './app.ts';
import type { People } from './spoken-turn.ts';
import { createStatus } from './status.ts';
import { createVoice } from './voice.ts';

/** The webhooks behind a real HTTP server, with everything that lies behind them in memory. */

export const TOKEN = '0123456789abcdef0123456789abcdef';
export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const CALL_SID = 'CA0123456789abcdef0123456789abcdef';
export const EMERGENCY = '112';

export const VOICE_FORM = {
  AccountSid: ACCOUNT,
  CallSid: CALL_SID,
  From: '+15550100001',
  To: '+15550100002',
  CallStatus: 'in-progress',
  Direction: 'inbound',
  ToZip: '',
};

/** Knows fire; anything else is an unknown question. */
export const scriptedAssistant: Assistant = {
  async reply(_conversation, { text }) {
    return /fire/.test(text)
      ? {
          reply: `Get out now. Call ${EMERGENCY}.`,
          urgency: 'CRITICAL',
          sources: 'Fire',
          hazard: 'fire',
          step: 0,
        }
      : { reply: 'I do not know. What has happened?', urgency: 'NORMAL', sources: '' };
  },
  card: (hazard, emergencyNumber) => ({
    reply: hazard === 'fire' ? 'Fire card.' : `Safe words. Call ${emergencyNumber}.`,
    urgency: 'URGENT',
    sources: '',
  }),
};

export interface Surroundings {
  assistant?: Assistant;
  journal?: Journal;
  /** Resolves when the queue confirmed the task. */
  enqueue?: (task: MirrorTask) => Promise<void>;
  /** Writes to the Realtime Database at once. */
  apply?: (events: readonly CallEvent[]) => Promise<void>;
  /** The site's; English unless told. */
  languages?: readonly [string, ...string[]];
  /** The caller's own, as far as it is known when the call starts. */
  workerLanguage?: string;
  lookUp?: (companyId: string, mobileNo: string) => void;
  /** Told of the company of each webhook. */
  prepare?: (companyId: string) => void;
  /** Milliseconds. */
  watchdog?: number;
  /** The app behind `/api/process-speech`; none unless given. */
  textTurns?: (of: { turns: Turns }) => Promise<Express>;
  further?: Record<string, FurtherRoute>;
  /** The live call, as the turns read it; nothing unless given. */
  readLive?: (callId: string) => Promise<CallState>;
  /** The id that the CallSid has claimed; nothing unless given. */
  claimedCallId?: (callSid: string) => Promise<string | undefined>;
  /** Made when the public address is known. */
  people?: (of: { publicBaseUrl: string }) => People;
  /** Default: an instant of October 2025. */
  now?: () => number;
  /** Default: one whose lines can be read back. */
  log?: Log;
  /** Static documents beside the webhooks, by path, as Hosting has them. */
  documents?: Record<string, string>;
}

export async function startWebhooks(surroundings: Surroundings = {}) {
  const tasks: MirrorTask[] = [];
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const line = (message: string, fields?: LogFields) => void lines.push({ message, fields });
  const log: Log = surroundings.log ?? { info: line, warn: line, error: line, alert: line };
  const journal = surroundings.journal ?? createMemoryJournal();
  const assistant = surroundings.assistant ?? scriptedAssistant;
  const outbox = createOutbox({
    queue: {
      enqueue: async (task) => {
        await surroundings.enqueue?.(task);
        tasks.push(task);
      },
    },
    journal,
    apply: surroundings.apply ?? (async () => {}),
    directWrite: false,
    log,
  });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const now = surroundings.now ?? (() => Date.parse('2025-10-04T14:30:00+05:30'));
  const turns = createTurns({
    assistant,
    journal,
    outbox,
    readLive: surroundings.readLive ?? (async () => ({})),
    timestamp: () => '2025-10-04T14:30:05+05:30',
    log,
  });
  const voice = createVoice({
    publicBaseUrl,
    defaultCountry: undefined,
    hashKey: undefined,
    directory: {
      refresh: async () => {},
      siteOf: () => ({
        companyId: 'demo',
        timeZone: 'Asia/Kolkata',
        emergencyNumber: EMERGENCY,
        languages: surroundings.languages ?? ['en-IN'],
      }),
    },
    workerLanguages: {
      lookUp: surroundings.lookUp ?? (() => {}),
      of: () => surroundings.workerLanguage,
    },
    knownCallId: journal.callIdOf,
    claimedCallId: surroundings.claimedCallId ?? (async () => undefined),
    lastTurnOf: (callId) => lastTurn(journal.call(callId)),
    turns,
    assistant,
    ...(surroundings.prepare && { prepare: surroundings.prepare }),
    ...(surroundings.people && { people: surroundings.people({ publicBaseUrl }) }),
    once: createOnce<string>(),
    now,
  });
  const app = createWebhooks({
    publicBaseUrl,
    accountSid: ACCOUNT,
    authTokens: () => [TOKEN],
    voice,
    callStatus: createStatus({
      journal,
      outbox,
      timestamp: (epochMs) => new Date(epochMs).toISOString(),
      now,
    }),
    further: surroundings.further ?? {},
    textTurns: () => surroundings.textTurns?.({ turns }) ?? Promise.reject(new Error('not set up')),
    flush: outbox.flush,
    generalCard: () => assistant.card(undefined, EMERGENCY).reply,
    ...(surroundings.watchdog === undefined ? {} : { watchdog: surroundings.watchdog }),
    log,
  });
  server.on('request', (request, response) => {
    const document = surroundings.documents?.[request.url ?? ''];
    if (request.method !== 'GET' || document === undefined) return app(request, response);
    response.writeHead(200, { 'content-type': 'application/xml' }).end(document);
  });

  /** Sends a form signed as Twilio does; an address of a former answer may be given whole. */
  async function post(
    address: string,
    form: Record<string, string> = VOICE_FORM,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ) {
    const url =
      (address.startsWith('http') ? address : publicBaseUrl + address).split('#')[0] ?? '';
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': webhooks.getExpectedTwilioSignature(TOKEN, url, form),
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
      ...(signal ? { signal } : {}),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  }

  return {
    publicBaseUrl,
    post,
    journal,
    tasks,
    lines,
    events: () => tasks.flatMap((task) => task.events),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The address that a TwiML document sends Twilio to: of its Gather, or of its Redirect. */
export function actionOf(twiml: string): string {
  const address =
    /<Gather[^>]*action="([^"]+)"/.exec(twiml) ?? /<Redirect[^>]*>([^<]+)</.exec(twiml);
  return (address?.[1] ?? '').replaceAll('&amp;', '&');
}

export function saidIn(twiml: string): string {
  return [...twiml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map(([, words]) => words).join(' ');
}
