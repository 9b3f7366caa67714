import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CallOptions, type CallResult, placeCall } from '../../emulators/twilio/telephone.ts';
import { type ArchivedCall, ArchivedConversation } from '../../functions/src/archive/schema.ts';

/** What a journey does with a running suite: telephone, look into the databases, ask the API. */

/** Resolved from emulators/, where firebase-admin is a dependency. */
const requireThere = createRequire(join(import.meta.dirname, '../../emulators/package.json'));

export interface RunningSuite {
  baseUrl: string;
  ports: Record<string, number>;
}

const PROJECT = 'demo-aurora';
const NAMESPACE = `${PROJECT}-default-rtdb`;

/** Twilio's wait for silence and pauses passes at once. */
export function telephone(
  suite: RunningSuite,
  options: Omit<CallOptions, 'baseUrl'>,
): Promise<CallResult> {
  return placeCall({ baseUrl: suite.baseUrl, timeScale: 0, from: anyNumber(), ...options });
}

/** Journeys share one suite: each caller has a number of their own. */
export function anyNumber(): string {
  return `+1555${randomInt(1_000_000, 9_999_999)}`;
}

/** The call id that Aurora gave a call, from the addresses it sent Twilio to. */
export function callIdOf({ exchanges }: CallResult): string {
  for (const { request } of exchanges) {
    const id = new URL(request.url).searchParams.get('call');
    if (id) return id;
  }
  throw new Error('Aurora never named the call.');
}

export async function liveValue(suite: RunningSuite, path: string): Promise<unknown> {
  const url = `http://127.0.0.1:${suite.ports.database}/${path}.json?ns=${NAMESPACE}`;
  const response = await fetch(url, { headers: { authorization: 'Bearer owner' } });
  expect(response.status).toBe(200);
  return response.json();
}

/** The raw Firestore document, or undefined. */
export async function storedDocument(
  suite: RunningSuite,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  return (await firestoreOf(suite).doc(path).get()).data();
}

const clients = new Map<number, Firestore>();

interface Firestore {
  doc(path: string): { get(): Promise<{ data(): Record<string, unknown> | undefined }> };
  terminate(): Promise<void>;
}

function firestoreOf({ ports }: RunningSuite): Firestore {
  const port = ports.firestore as number;
  let client = clients.get(port);
  if (!client) {
    const { Firestore } = requireThere('@google-cloud/firestore');
    client = new Firestore({
      projectId: PROJECT,
      host: `127.0.0.1:${port}`,
      ssl: false,
      customHeaders: { Authorization: 'Bearer owner' },
    }) as Firestore;
    clients.set(port, client);
  }
  return client;
}

export async function closeClients(): Promise<void> {
  await Promise.all([...clients.values()].map((client) => client.terminate()));
  clients.clear();
}

const tokens = new Map<string, string>();

/** A supervisor's token; the demo company's unless told. */
export async function login(suite: RunningSuite, email = 'admin@example.com'): Promise<string> {
  const key = `${suite.baseUrl} ${email}`;
  const known = tokens.get(key);
  if (known) return known;
  const response = await fetch(`${suite.baseUrl}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'password' }),
  });
  expect(response.status).toBe(200);
  const { access_token } = (await response.json()) as { access_token: string };
  tokens.set(key, access_token);
  return access_token;
}

export async function ask(
  suite: RunningSuite,
  path: string,
  email?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(suite.baseUrl + path, {
    headers: { authorization: `Bearer ${await login(suite, email)}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/**
 * Waits until a call is archived with at least so many messages and its live copy is gone; late
 * tasks may still bring words after the end. Resolves to its two documents.
 */
export async function archived(suite: RunningSuite, callId: string, messages = 1) {
  const conversationId = callId.replace('call_', 'conv_');
  const poll = { timeout: 150_000, interval: 100 };
  await expect
    .poll(async () => {
      const stored = await storedDocument(suite, `conversations/${conversationId}`);
      return Number(stored?.total_messages ?? 0);
    }, poll)
    .toBeGreaterThanOrEqual(messages);
  await expect.poll(() => liveValue(suite, `active_calls/${callId}`), poll).toBeNull();
  await expect
    .poll(() => liveValue(suite, `active_conversations/${conversationId}`), poll)
    .toBeNull();
  expect(await liveValue(suite, `archived_calls/${callId}`)).not.toBeNull();
  const call = (await storedDocument(suite, `calls/${callId}`)) as unknown as ArchivedCall;
  const conversation = await storedDocument(suite, `conversations/${conversationId}`);
  return {
    call,
    conversation: ArchivedConversation.omit({ archived_at: true }).parse(conversation),
  };
}

/** Roles and words of an archived conversation, as a transcript. */
export function transcript({ messages }: Pick<ArchivedConversation, 'messages'>): string[] {
  return messages.map(({ role, content }) => `${role}: ${content}`);
}
