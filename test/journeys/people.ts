import { expect } from 'vitest';
import { LOCAL_DEMO_NUMBER } from '../../emulators/twilio/local-account.ts';
import {
  type CallWatch,
  type ControlClient,
  connectToRestServer,
  createPhone,
  type OnRing,
  type Phone,
  type StartedCall,
  scriptedCaller,
  sendSms,
  startCall,
} from '../../emulators/twilio/telephone.ts';
import type { TimelineEntry } from '../../functions/src/calls/timeline.ts';
import { anyNumber, ask, login, type RunningSuite } from './support.ts';

/** Several telephones at one suite: the caller's, the supervisor's, those of people on call. */

/** Of the demo company, as the suite is seeded. */
export const ADMIN = {
  id: 'admin_demo',
  email: 'admin@example.com',
  name: 'Demo Supervisor',
  phone: '+15550100010',
};
export const SUPERVISOR = {
  id: 'supervisor_demo',
  email: 'supervisor@example.com',
  name: 'Shift Supervisor',
  phone: '+15550100012',
};

const PATIENCE = { timeout: 40_000, interval: 100 };

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export async function switchboard(suite: RunningSuite) {
  const line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
  const phones: Phone[] = [];
  const calls: StartedCall[] = [];

  return {
    line,
    /** A telephone at a number; Twilio's timeouts pass at once. */
    async phone(number: string, onRing: OnRing = () => 'no-answer'): Promise<Phone> {
      const phone = await createPhone({ number, line, onRing, timeScale: 0 });
      phones.push(phone);
      return phone;
    },
    /** A call to the demo company that is steered while it goes on. */
    call(from = anyNumber()): StartedCall {
      const call = startCall({ baseUrl: suite.baseUrl, switchboard: line, from, timeScale: 0 });
      calls.push(call);
      return call;
    },
    /** Hangs everything up; the numbers can be taken again. */
    async hangUp(): Promise<void> {
      for (const call of calls) call.hangUp();
      await Promise.allSettled(calls.splice(0).map(({ result }) => result));
      await Promise.all(phones.splice(0).map((phone) => phone.close()));
    },
    close: (): void => (line as ControlClient).close(),
  };
}

export type Telephones = Awaited<ReturnType<typeof switchboard>>;

/** Answers, and presses these keys one after the other. */
export const presses = (...keys: string[]): OnRing => {
  return () => ({ answer: scriptedCaller(keys.map((key) => ({ keys: key }))) });
};

/** Of a call that goes on, as soon as Aurora has named it. */
export async function idOf(call: CallWatch): Promise<string> {
  const { gather } = await call.until('gather-opened');
  const id = new URL(gather.action).searchParams.get('call');
  if (!id) throw new Error('Aurora never named the call.');
  return id;
}

export async function post(
  suite: RunningSuite,
  path: string,
  body?: object,
  {
    email = ADMIN.email,
    method = 'POST',
    key,
  }: { email?: string; method?: string; key?: string } = {},
): Promise<Answer> {
  const response = await fetch(suite.baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${await login(suite, email)}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

/** How the demo company's people are fetched from now on. */
export async function setPolicy(suite: RunningSuite, reaching: object): Promise<void> {
  const { status } = await post(suite, '/api/company', { reaching }, { method: 'PATCH' });
  expect(status).toBe(200);
}

/** Somebody who was paged answers by text message; resolves to what Aurora writes back. */
export async function text(suite: RunningSuite, from: string, body: string): Promise<string> {
  const { replies, faults } = await sendSms({
    baseUrl: suite.baseUrl,
    from,
    to: LOCAL_DEMO_NUMBER,
    body,
  });
  expect(faults).toEqual([]);
  return replies.join(' ');
}

/** What stands on a call's timeline, live or archived, the oldest first: steps with whom they concern. */
export async function timeline(suite: RunningSuite, callId: string): Promise<string[]> {
  const { body } = await ask(suite, `/api/call/${callId}`);
  return (body.timeline as TimelineEntry[]).map(({ step, whom, channel, reason }) =>
    [step, whom, channel, reason].filter(Boolean).join(' '),
  );
}

/** Waits until such a step stands on the timeline. */
export async function happens(suite: RunningSuite, callId: string, step: string): Promise<void> {
  await expect
    .poll(async () => await timeline(suite, callId), PATIENCE)
    .toContainEqual(expect.stringContaining(step));
}

/** Waits until somebody has said this in the conversation of a call. */
export async function says(
  suite: RunningSuite,
  callId: string,
  role: 'user' | 'admin' | 'assistant',
  words: string,
): Promise<void> {
  const id = callId.replace('call_', 'conv_');
  await expect
    .poll(async () => (await ask(suite, `/api/conversation/${id}`)).body.messages, PATIENCE)
    .toContainEqual(expect.objectContaining({ role, content: expect.stringContaining(words) }));
}
