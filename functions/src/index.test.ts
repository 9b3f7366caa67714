import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import firebaseFunctionsTest from 'firebase-functions-test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirestoreServer } from '../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../emulators/realtime-database/server.ts';
import { createTwilioRestServer } from '../../emulators/twilio/rest-server.ts';
import { at, CALL_ID, ended, message, STARTED } from './calls/events.fixture.ts';
import { conversationId } from './calls/ids.ts';
import { createLiveDatabase, type LiveDatabase } from './live-database.ts';
import { live } from './paths.ts';

/** The exported functions as Firebase calls them, on real database servers. */
const tools = firebaseFunctionsTest();
const databaseServer = createRealtimeDatabaseServer({ port: 0 });
const firestoreServer = createFirestoreServer({ port: 0 });
const accountSid = `AC${'0'.repeat(32)}`;
const twilioServer = createTwilioRestServer({
  port: 0,
  accountSid,
  authToken: 'local-token',
  timeScale: 0,
});
/** Takes every task, and runs none. */
const queued: { path: string; data: { call_id?: string }; scheduleTime?: string }[] = [];
const queueServer = createServer(async (request, response) => {
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const { scheduleTime, httpRequest } = body.task;
  const { data } = JSON.parse(Buffer.from(httpRequest.body, 'base64').toString());
  queued.push({ path: request.url ?? '', data, scheduleTime });
  response.end('{}');
});

let functions: typeof import('./index.ts');
let database: LiveDatabase;

beforeAll(async () => {
  await Promise.all([databaseServer.start(), firestoreServer.start(), twilioServer.start()]);
  await new Promise<void>((resolve) => queueServer.listen(0, '127.0.0.1', resolve));
  const databaseURL = `http://127.0.0.1:${databaseServer.port}/?ns=demo-aurora`;
  Object.assign(process.env, {
    FIREBASE_CONFIG: JSON.stringify({ projectId: 'demo-aurora', databaseURL }),
    GCLOUD_PROJECT: 'demo-aurora',
    FIRESTORE_EMULATOR_HOST: `127.0.0.1:${firestoreServer.port}`,
    DATABASE_ACCESS_TOKEN: 'owner',
    TASK_QUEUE: 'emulator',
    CLOUD_TASKS_EMULATOR_HOST: `127.0.0.1:${(queueServer.address() as AddressInfo).port}`,
    PUBLIC_BASE_URL: 'http://127.0.0.1:5000',
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: 'local-token',
    TWILIO_API_BASE_URL: `http://127.0.0.1:${twilioServer.port}`,
  });
  database = createLiveDatabase({ url: databaseURL, accessToken: async () => 'owner' });
  functions = await import('./index.ts');
});

afterAll(async () => {
  tools.cleanup();
  queueServer.close();
  const { getFirestore } = await import('firebase-admin/firestore');
  await getFirestore().terminate();
  await Promise.all([databaseServer.stop(), firestoreServer.stop(), twilioServer.stop()]);
});

const task = (data: unknown) => run(functions.mirror, 'mirror', data);

const run = (of: typeof functions.mirror, queueName: string, data: unknown) =>
  of.run({
    data,
    queueName,
    id: '1',
    retryCount: 0,
    executionCount: 0,
    scheduledTime: '0',
    headers: {},
  } as unknown as Parameters<typeof functions.mirror.run>[0]);

const params = { call_id: CALL_ID };
const snapshot = (value: unknown, path: string) =>
  tools.database.makeDataSnapshot(value as object, path);

async function archivedStatus(callId = CALL_ID): Promise<unknown> {
  const { getFirestore } = await import('firebase-admin/firestore');
  return (await getFirestore().doc(`calls/${callId}`).get()).data()?.status;
}

const of = (callId: string, events: object[]) => ({
  events: events.map((event) => ({
    ...event,
    call_id: callId,
    ...('conversation_id' in event
      ? { conversation_id: conversationId(callId), call_sid: undefined }
      : {}),
  })),
});

describe('the deployed functions', () => {
  it('mirror applies a task, settleEnded archives the call when its status becomes ENDED', async () => {
    await task(of(CALL_ID, [STARTED, message(1, 'user', 'fire')]));
    await task(of(CALL_ID, [STARTED, ended(60)]));
    const path = `active_calls/${CALL_ID}/status`;
    const change = tools.makeChange(snapshot('ACTIVE', path), snapshot('ENDED', path));
    await tools.wrap(functions.settleEnded)({ data: change, params });
    expect(await archivedStatus()).toBe('COMPLETE');
    expect((await database.read(live.call(CALL_ID))).value).toBeNull();
  });

  it('settleEnded takes no notice of other statuses, nor of its own removal', async () => {
    const callId = CALL_ID.replace('abcdef', 'aaaaaa');
    await task(of(callId, [STARTED]));
    const path = `active_calls/${callId}/status`;
    for (const after of ['ACTIVE', null]) {
      const change = tools.makeChange(snapshot('ACTIVE', path), snapshot(after, path));
      await tools.wrap(functions.settleEnded)({ data: change, params: { call_id: callId } });
    }
    expect(await archivedStatus(callId)).toBeUndefined();
    expect((await database.read(live.call(callId))).value).not.toBeNull();
  });

  it('settleDeleted archives a call that somebody removed', async () => {
    const callId = CALL_ID.replace('abcdef', 'bbbbbb');
    await task(of(callId, [STARTED, message(1, 'user', 'fire')]));
    const { value, etag } = await database.read(live.call(callId));
    await database.compareAndSet(live.call(callId), etag, null);
    await tools.wrap(functions.settleDeleted)({
      data: snapshot(value, `active_calls/${callId}`),
      params: { call_id: callId },
    });
    expect(await archivedStatus(callId)).toBe('COMPLETE');
  });

  it('a trigger for an id that is not ours is given up at once, not repeated for a day (I7)', async () => {
    await tools.wrap(functions.settleDeleted)({
      data: snapshot({ a: 1 }, 'active_calls/x'),
      params: { call_id: 'constructor' },
    });
    expect(await archivedStatus('constructor')).toBeUndefined();
  });

  it('sweep settles what was left behind', async () => {
    const callId = CALL_ID.replace('abcdef', 'cccccc');
    await task(of(callId, [STARTED, ended(60)]));
    await functions.sweep.run({ scheduleTime: at(120) });
    expect(await archivedStatus(callId)).toBe('COMPLETE');
  });

  it('mirror finds the worker behind the number', async () => {
    const callId = CALL_ID.replace('abcdef', 'dddddd');
    const { getFirestore } = await import('firebase-admin/firestore');
    const mobile_no = '+15550100077';
    await getFirestore().doc('workers/worker_77').set({ mobile_no, company_id: 'demo' });
    await task(of(callId, [{ ...STARTED, mobile_no }]));
    const { value } = await database.read(live.call(callId));
    expect(value).toMatchObject({ worker_id: 'worker_77' });
  });

  it('sweep ends text conversations in which nobody writes', async () => {
    const callId = CALL_ID.replace('abcdef', 'eeeeee');
    await task(of(callId, [{ ...STARTED, medium: 'Text' }]));
    await functions.sweep.run({ scheduleTime: at(120) });
    await functions.sweep.run({ scheduleTime: at(180) });
    expect(await archivedStatus(callId)).toBe('COMPLETE');
  });

  it('cleanUp forgets what old Idempotency-Keys became', async () => {
    const path = live.textTurn('demo', 'key');
    await database.create(path, { call_id: CALL_ID, n: 1, at: at(0), body: 'x' });
    await functions.cleanUp.run({ scheduleTime: at(0) });
    expect((await database.read(path)).value).toBeNull();
  });

  it('purge removes what a company keeps no longer', async () => {
    const callId = CALL_ID.replace('abcdef', 'dddddd');
    await task(of(callId, [STARTED, message(1, 'user', 'fire')]));
    await task(of(callId, [STARTED, ended(60)]));
    await functions.sweep.run({ scheduleTime: at(120) });
    expect(await archivedStatus(callId)).toBe('COMPLETE');
    const { getFirestore } = await import('firebase-admin/firestore');
    const company = getFirestore().doc(`companies/${STARTED.company_id}`);
    await company.set({ retention_days: 36_000 });
    await functions.purge.run({ scheduleTime: at(120) });
    expect(await archivedStatus(callId)).toBe('COMPLETE');
    await company.set({ retention_days: 30 });
    await functions.purge.run({ scheduleTime: at(120) });
    expect(await archivedStatus(callId)).toBeUndefined();
  });

  it('page texts and rings people who are on call, and queues its next step', async () => {
    const callId = CALL_ID.replace('abcdef', 'a1a1a1');
    const { getFirestore } = await import('firebase-admin/firestore');
    const person = { email: 'asha@example.com', name: 'Asha Verma', role: 'supervisor' };
    await getFirestore()
      .doc('admins/asha')
      .set({ ...person, company_id: 'pages', phone: '+15550100010' });
    const batch = of(callId, [
      { ...STARTED, company_id: 'pages', dialled_no: '+15550100002' },
      message(1, 'user', 'fire'),
    ]);
    await task(batch);
    const raise = { why: 'critical', at: Date.now(), started: batch.events[0] };
    await run(functions.page, 'page', { call_id: callId, raise });
    expect(twilioServer.messages()).toMatchObject([
      { to: '+15550100010', from: '+15550100002', body: expect.stringContaining('CRITICAL') },
    ]);
    const { value } = await database.read(live.call(callId));
    const { timeline } = value as { timeline: Record<string, { step: string; channel?: string }> };
    const steps = Object.values(timeline).map(({ step, channel }) => [step, channel]);
    expect(steps).toEqual(
      expect.arrayContaining([
        ['page_raised', undefined],
        ['page_sent', 'sms'],
        ['page_sent', 'voice'],
      ]),
    );
    const next = queued.filter(({ data }) => data.call_id === callId);
    expect(next).toMatchObject([{ path: expect.stringContaining('/queues/page/tasks') }]);
    expect(Date.parse(next[0]?.scheduleTime ?? '')).toBeGreaterThan(Date.now());
    await functions.sweep.run({ scheduleTime: at(180) });
    expect(twilioServer.messages()).toHaveLength(1);
  });

  it('mirror fails while a CallSid is unknown, so that Cloud Tasks runs it again', async () => {
    const end = { ...ended(60), call_sid: `CA${'9'.repeat(32)}`, at: new Date().toISOString() };
    await expect(task({ events: [{ ...end, call_id: undefined }] })).rejects.toThrow();
  });

  it('mirror puts an end that is unknown for an hour among the dead letters, and is done', async () => {
    const end = { ...ended(60), call_sid: `CA${'8'.repeat(32)}`, call_id: undefined };
    await task({ events: [end] });
    const { getFirestore } = await import('firebase-admin/firestore');
    const letters = await getFirestore().collection('dead_letters').get();
    expect(letters.docs.map((letter) => letter.get('reason'))).toEqual(['call_unknown']);
    expect(letters.docs[0]?.get('payload')).toContain(end.call_sid);
  });
});
