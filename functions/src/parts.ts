import { applicationDefault, getApps, initializeApp } from 'firebase-admin/app';
import { conversationId } from './calls/ids.ts';
import { readCall, readConversation } from './calls/live.ts';
import type { Call, Conversation } from './calls/model.ts';
import type { CallState } from './calls/reduce.ts';
import { readConfig } from './config.ts';
import { createLiveDatabase } from './live-database.ts';
import { createMirror } from './mirror/apply.ts';
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
  return createSettle({ database: database(), archive: await archive(), now, timeZone });
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
