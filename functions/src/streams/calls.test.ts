import { describe, expect, it } from 'vitest';
import { at, CALL_ID, ended, judged, message, reported, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import { live } from '../paths.ts';
import { useStreams } from './streams.fixture.ts';

const setUp = useStreams();

const WORKER: CallEvent = {
  type: 'worker_identified',
  call_id: CALL_ID,
  worker_id: 'worker-1',
  at: at(5),
};

/** Another call, of another company unless told. */
function otherCall(tail: string, company_id = 'other', worker_id = 'unknown'): CallStarted {
  const call_id = CALL_ID.replace('abcdef', tail);
  const call_sid = `CA${'0'.repeat(26)}${tail}`;
  return {
    ...STARTED,
    call_id,
    conversation_id: conversationId(call_id),
    call_sid,
    company_id,
    worker_id,
  };
}

async function changeCall(
  database: Awaited<ReturnType<typeof setUp>>['database'],
  change: object,
): Promise<void> {
  const { value, etag } = await database.read(live.call(CALL_ID));
  await database.compareAndSet(live.call(CALL_ID), etag, { ...(value as object), ...change });
}

describe('the stream of the live calls', () => {
  it('sends the list, then what is added, changed and removed', async () => {
    const { mirror, settle, signIn, startInstance, followList } = await setUp();
    const { origin } = await startInstance();
    const client = await followList(origin, await signIn('asha'));
    expect(await client.next()).toMatchObject({ event: 'initial', data: { items: [] } });
    await mirror.apply([STARTED]);
    expect(await client.next()).toMatchObject({
      event: 'added',
      data: { call: { call_id: CALL_ID } },
    });
    await mirror.apply([STARTED, judged('CRITICAL', 1)]);
    expect(await client.next()).toMatchObject({
      event: 'changed',
      data: { call: { urgency: 'CRITICAL' } },
    });
    await mirror.apply([STARTED, reported(1, { where: { value: 'hall 3' } })]);
    expect(await client.next()).toMatchObject({
      event: 'changed',
      data: { call: { facts: { where: { value: 'hall 3' }, injured: null } } },
    });
    await mirror.apply([STARTED, ended(60)]);
    expect(await client.next()).toMatchObject({ data: { call: { status: 'ENDED' } } });
    await settle.settle(CALL_ID);
    expect(await client.next()).toMatchObject({
      event: 'removed',
      data: { call_id: CALL_ID, reason: 'ended' },
    });
  });

  it('begins with the list, unless the client has just this one', async () => {
    const { mirror, signIn, startInstance, followList } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED]);
    const first = await followList(origin, token);
    await first.next();
    const same = await followList(origin, token, first.lastId());
    await mirror.apply([STARTED, judged('URGENT', 1)]);
    expect((await same.next()).event).toBe('changed');
    const changed = await followList(origin, token, first.events[0]?.id);
    expect(await changed.next()).toMatchObject({
      event: 'initial',
      data: { items: [{ urgency: 'URGENT' }] },
    });
    expect(changed.lastId()).toBe(same.lastId());
  });

  it('never shows a call of another company (I6)', async () => {
    const { mirror, signIn, startInstance, followList } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([otherCall('aaaaaa')]);
    const client = await followList(origin, await signIn('asha'));
    const boss = await followList(origin, await signIn('boss', { role: 'company_admin' }));
    await mirror.apply([otherCall('bbbbbb')]);
    await mirror.apply([STARTED]);
    for (const { next } of [client, boss]) {
      expect((await next()).data).toEqual({ items: [] });
      expect((await next()).data.call.call_id).toBe(CALL_ID);
    }
  });

  it('leaves out a call that is malformed, and shows the others', async () => {
    const { database, mirror, signIn, startInstance, followList } = await setUp();
    const { origin } = await startInstance();
    await database.create(live.call(CALL_ID.replace('abcdef', 'ffffff')), { worker_id: 7 });
    await mirror.apply([STARTED]);
    const client = await followList(origin, await signIn('asha'));
    expect((await client.next()).data.items).toHaveLength(1);
  });

  it('under the policy own follows a call that moves between views (I6)', async () => {
    const { database, firestore, mirror, signIn, startInstance, followList } = await setUp();
    await firestore.doc('companies/demo').set({ name: 'Demo', visibility: 'own' });
    await firestore.doc('workers/worker-1').set({ company_id: 'demo', admin_id: 'asha' });
    const { origin } = await startInstance();
    const mine = await followList(origin, await signIn('asha'));
    const theirs = await followList(origin, await signIn('omar'));
    const boss = await followList(origin, await signIn('boss', { role: 'company_admin' }));
    for (const client of [mine, theirs, boss]) await client.next();

    await mirror.apply([STARTED]);
    expect([(await mine.next()).event, (await theirs.next()).event]).toEqual(['added', 'added']);
    await mirror.apply([STARTED, WORKER]);
    expect((await mine.next()).event).toBe('changed');
    expect(await theirs.next()).toMatchObject({
      event: 'removed',
      data: { call_id: CALL_ID, reason: 'hidden' },
    });
    await mirror.apply([STARTED, judged('CRITICAL', 1)]);
    expect((await mine.next()).event).toBe('changed');
    expect((await theirs.next()).event).toBe('added');
    await mirror.apply([STARTED, judged('NORMAL', 2, 'supervisor')]);
    expect((await theirs.next()).data.reason).toBe('hidden');
    await changeCall(database, { owner: { kind: 'supervisor', id: 'asha', epoch: 1 } });
    expect((await theirs.next()).event).toBe('added');
    await changeCall(database, { owner: null, admin_id: 'omar' });
    expect((await theirs.next()).event).toBe('changed');
    await mine.next();
    await mine.next();
    expect((await mine.next()).data.reason).toBe('hidden');
    const seen = boss.unread().map(({ event }) => event);
    expect(seen[0]).toBe('added');
    expect(new Set(seen.slice(1))).toEqual(new Set(['changed']));
  });

  it('follows a policy, an assignment and a role that change', async () => {
    const { database, firestore, mirror, signIn, startInstance, followList } = await setUp();
    await firestore.doc('companies/demo').set({ visibility: 'company' });
    const { origin } = await startInstance();
    await mirror.apply([STARTED, WORKER]);
    const asha = await followList(origin, await signIn('asha'));
    expect((await asha.next()).data.items).toHaveLength(1);
    await firestore.doc('companies/demo').set({ visibility: 'own' });
    expect(await asha.next()).toMatchObject({ data: { reason: 'hidden' } });
    const shown = asha.lastId();
    await firestore.doc('workers/worker-1').set({ company_id: 'demo', admin_id: 'asha' });
    expect((await asha.next()).event).toBe('added');
    await firestore.doc('workers/worker-1').set({ company_id: 'demo', admin_id: 'omar' });
    expect((await asha.next()).data.reason).toBe('hidden');
    expect(asha.lastId()).toBe(shown);
    const { value, etag } = await database.read(live.adminState('asha'));
    const promoted = { ...(value as object), role: 'company_admin' };
    await database.compareAndSet(live.adminState('asha'), etag, promoted);
    expect((await asha.next()).event).toBe('added');
  });

  it('listens to all live calls once, however many watch', async () => {
    const { mirror, signIn, startInstance, followList, follow } = await setUp();
    const { origin, counts } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const clients = await Promise.all([
      followList(origin, token),
      followList(origin, token),
      follow(origin, token),
      follow(origin, token),
    ]);
    for (const client of clients) await client.next();
    const running = { streams: 4, lists: 1, conversations: 1, tokens: 1, companies: 1 };
    expect(counts()).toMatchObject(running);
    for (const client of clients) client.leave();
    await expect.poll(() => Object.values(counts()).every((count) => count === 0)).toBe(true);
  });
});
