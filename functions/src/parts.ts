import { applicationDefault, getApps, initializeApp } from 'firebase-admin/app';
import { conversationId } from './calls/ids.ts';
import { readCall, readConversation } from './calls/live.ts';
import type { Call, Conversation } from './calls/model.ts';
import type { CallState } from './calls/reduce.ts';
import { readConfig } from './config.ts';
import { asError } from './errors.ts';
import { createLiveDatabase } from './live-database.ts';
import { log } from './log.ts';
import { createMirror } from './mirror/apply.ts';
import { continuationOf } from './mirror/continuation.ts';
import { live } from './paths.ts';

/**
 * The parts that several functions share, and the only place that knows Firebase's singletons. Each
 * is made when it is first needed, so that a function loads only what it uses: Firestore's client
 * alone costs 180 ms.
 */
export const config = lazy(() => readConfig(process.env));
/** Epoch milliseconds. */
export const now = () => Date.now();

export const database = lazy(() =>
  createLiveDatabase({ url: config().databaseUrl, accessToken: accessToken() }),
);

export const firestore = lazy(async () => {
  const { getFirestore } = await import('firebase-admin/firestore');
  return getFirestore(app());
});

/** Over its WebSocket, which pushes; for the streams alone. Writes go by REST, see live-database.ts. */
export const pushingDatabase = lazy(async () => {
  const { getDatabase } = await import('firebase-admin/database');
  return getDatabase(app());
});

export const archive = lazy(async () => {
  const { createArchive } = await import('./archive/archive.ts');
  return createArchive(await firestore(), config().TIME_ZONE);
});

export const settle = lazy(async () => {
  const { createSettle } = await import('./archive/settle.ts');
  const timeZone = config().TIME_ZONE;
  return createSettle({
    database: database(),
    archive: await archive(),
    now,
    timeZone,
    count: countSoon,
  });
});

/** What can't be counted now is marked, and counted by the sweep. */
async function countSoon(callId: string): Promise<void> {
  try {
    await (await counting()).countSoon(callId);
  } catch (error) {
    log.error('What counts archived calls could not be loaded.', { error: asError(error) });
  }
}

/** What the archive comes to, by day. */
export const counting = lazy(async () => {
  const { createCounting } = await import('./insights/counting.ts');
  const settings = await companySettings();
  return createCounting({
    firestore: await firestore(),
    timeZoneOf: async (companyId) => (await settings.of(companyId)).time_zone,
    timeZone: config().TIME_ZONE,
    log,
  });
});

const companySettings = lazy(async () => {
  const { createCompanies } = await import('./access/companies.ts');
  return createCompanies({ firestore, now });
});

export const mirror = lazy(() =>
  createMirror({
    database: database(),
    archive: {
      merge: async (callId, events) => (await settle()).merge(callId, events),
      past: async (callId) => (await settle()).past(callId),
    },
    now,
  }),
);

export async function liveCall(callId: string): Promise<Call | undefined> {
  const { value } = await database().read(live.call(callId));
  return value === null ? undefined : readCall(value);
}

export async function liveConversation(id: string): Promise<Conversation | undefined> {
  const { value } = await database().read(live.conversation(id));
  return value === null ? undefined : readConversation(value);
}

export async function liveState(callId: string): Promise<CallState> {
  const [call, conversation] = await Promise.all([
    liveCall(callId),
    liveConversation(conversationId(callId)),
  ]);
  return { ...(call && { call }), ...(conversation && { conversation }) };
}

/** Calls that one call is looked for under, one after the other. */
const MOST_CONTINUATIONS = 3;

/**
 * The call that is live under an id: itself, or the one that continues it where it is over and the
 * person is still there. With the words of both, as far as they are live.
 */
export async function currentState(callId: string): Promise<CallState> {
  let state = await liveState(callId);
  let id = callId;
  for (let step = 0; step < MOST_CONTINUATIONS && state.call?.status !== 'ACTIVE'; step++) {
    id = continuationOf(id);
    const next = await liveState(id);
    if (!next.call) return state;
    const messages = { ...state.conversation?.messages, ...next.conversation?.messages };
    state = { call: next.call, conversation: { call_id: id, messages } };
  }
  return state;
}

function app() {
  return getApps()[0] ?? initializeApp();
}

/** The service account's token, or the fixed one of the settings. */
export function accessToken(): () => Promise<string> {
  const fixed = config().DATABASE_ACCESS_TOKEN;
  if (fixed !== undefined) return async () => fixed;
  const credential = applicationDefault();
  return async () => (await credential.getAccessToken()).access_token;
}

/** Makes a part when it is first asked for; one that failed is made anew at the next request. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    if (made) return made.value;
    const value = make();
    made = { value };
    if (value instanceof Promise) value.catch(() => (made = undefined));
    return value;
  };
}
