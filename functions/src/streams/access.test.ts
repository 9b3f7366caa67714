import { describe, expect, it } from 'vitest';
import { at, CALL_ID, judged, message, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { live } from '../paths.ts';
import { useStreams } from './streams.fixture.ts';

const setUp = useStreams();

const WORKER: CallEvent = {
  type: 'worker_identified',
  call_id: CALL_ID,
  worker_id: 'worker-1',
  at: at(5),
};

type World = Awaited<ReturnType<typeof setUp>>;

async function changeState({ database }: World, change: object): Promise<void> {
  const { value, etag } = await database.read(live.adminState('asha'));
  await database.compareAndSet(live.adminState('asha'), etag, { ...(value as object), ...change });
}

describe('a stream that is asked for', () => {
  it.each([
    ['no token', undefined],
    ['garbage', 'Bearer garbage'],
    ['a token in the query only', 'none'],
  ])('is refused with 401 for %s', async (_, authorization) => {
    const { startInstance, signIn } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    for (const path of [
      '/api/calls/stream',
      `/api/conversation/${CALL_ID.replace('call', 'conv')}/stream`,
    ]) {
      const query = authorization === 'none' ? `?access_token=${token}` : '';
      const response = await fetch(origin + path + query, {
        headers: authorization && authorization !== 'none' ? { authorization } : {},
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } });
    }
  });

  it('is not found for a call that is not there and for one of another company alike (I6)', async () => {
    const world = await setUp();
    const { origin, counts } = await world.startInstance();
    await world.mirror.apply([STARTED, message(1, 'user', 'fire'), judged('CRITICAL', 1)]);
    const stranger = await world.signIn('stranger', { company_id: 'other', role: 'company_admin' });
    const hidden = await world.follow(origin, stranger);
    const missing = await world.follow(origin, stranger, {
      call: CALL_ID.replace('abcdef', '000000'),
    });
    for (const { status, body } of [hidden, missing]) {
      expect(status).toBe(404);
      expect(body.error.code).toBe('not_found');
    }
    expect(hidden.body.error.message).toBe(missing.body.error.message);
    await expect.poll(() => counts().conversations).toBe(0);
    expect((await world.firestore.collection('audit_log').get()).size).toBe(0);
  });

  it('for a call that was not there is found when it is, however often it was asked for before', async () => {
    const world = await setUp({ linger: 60_000 });
    const { origin } = await world.startInstance({ linger: 50 });
    const token = await world.signIn('asha');
    expect((await world.follow(origin, token)).status).toBe(404);
    await world.mirror.apply([STARTED]);
    expect((await world.follow(origin, token)).status).toBe(200);
  });

  it.each(['conv_1', 'conv_..', 'constructor', 'call_15550100001_20251004_143000_abcdef'])(
    'is a bad request for the id %s (I7)',
    async (id) => {
      const { startInstance, signIn } = await setUp();
      const { origin } = await startInstance();
      const authorization = `Bearer ${await signIn('asha')}`;
      const response = await fetch(`${origin}/api/conversation/${id}/stream`, {
        headers: { authorization },
      });
      expect(response.status).toBe(400);
    },
  );

  it('is served without /api in front, to pages of known origins, by GET alone', async () => {
    const { startInstance, signIn } = await setUp();
    const { origin } = await startInstance();
    const authorization = `Bearer ${await signIn('asha')}`;
    const away = new AbortController();
    const response = await fetch(`${origin}/calls/stream`, {
      headers: { authorization, origin: 'https://aurora.example' },
      signal: away.signal,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://aurora.example');
    away.abort();
    const head = await fetch(`${origin}/calls/stream`, {
      method: 'HEAD',
      headers: { authorization },
    });
    expect(head.headers.get('content-type')).toContain('text/event-stream');
    const post = await fetch(`${origin}/calls/stream`, {
      method: 'POST',
      headers: { authorization },
    });
    expect(post.status).toBe(405);
  });
});

describe('a stream that is open', () => {
  const both = ['conversation', 'list'] as const;
  async function open(world: World, kind: (typeof both)[number]) {
    const { origin } = await world.startInstance();
    await world.mirror.apply([STARTED]);
    const token = await world.signIn('asha');
    const follow = kind === 'list' ? world.followList : world.follow;
    const client = await follow(origin, token);
    await client.next();
    return { client, tokenId: world.tokens.verify(token).tokenId };
  }

  it.each(both)('of a %s is closed when its token is revoked (I6)', async (kind) => {
    const world = await setUp();
    const { client, tokenId } = await open(world, kind);
    await world.database.create(live.revokedToken(tokenId), { expires_at: 1 });
    expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'unauthorized' } });
    expect(await client.ended).toBe(false);
  });

  it.each([
    ['disabled', { disabled: true }],
    ['moved to another company', { company_id: 'other' }],
    ['signed out everywhere', { not_before: Date.now() + 60_000 }],
    ['without a state that is known', { role: 'king' }],
  ])('is closed when the admin is %s (I6)', async (_, change) => {
    const world = await setUp();
    const { client } = await open(world, 'conversation');
    await changeState(world, change);
    expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'unauthorized' } });
    await client.ended;
  });

  it('is closed when the admin is removed (I6)', async () => {
    const world = await setUp();
    const { client } = await open(world, 'list');
    const { etag } = await world.database.read(live.adminState('asha'));
    await world.database.compareAndSet(live.adminState('asha'), etag, null);
    expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'unauthorized' } });
  });

  it('is closed when the company asks for a second factor that is not set up', async () => {
    const world = await setUp();
    const { client } = await open(world, 'list');
    await world.firestore.doc('companies/demo').set({ require_totp: true });
    expect((await client.next()).data.code).toBe('totp_setup_required');
  });

  it('of a conversation is closed when its call is hidden, and says no more than that (I6)', async () => {
    const world = await setUp();
    await world.firestore.doc('companies/demo').set({ visibility: 'own' });
    await world.firestore.doc('workers/worker-1').set({ company_id: 'demo', admin_id: 'omar' });
    const { client } = await open(world, 'conversation');
    await world.mirror.apply([STARTED, WORKER]);
    await world.mirror.apply([STARTED, message(1, 'user', 'secret')]);
    expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'not_found' } });
    await client.ended;
    expect(JSON.stringify(client.events)).not.toContain('secret');
  });

  it('of a conversation is closed when the policy hides it', async () => {
    const world = await setUp();
    const { client } = await open(world, 'conversation');
    await world.mirror.apply([STARTED, WORKER]);
    await client.next();
    await world.firestore.doc('companies/demo').set({ visibility: 'own' });
    expect((await client.next()).data.code).toBe('not_found');
  });
});

it('a stream ends with its token', async () => {
  const world = await setUp();
  const { origin } = await world.startInstance();
  await world.signIn('asha');
  const TEN_HOURS = 10 * 60 * 60 * 1_000;
  // What is left of it is two seconds at most: tokens count whole ones.
  const token = world.expiring('asha', Date.now() - TEN_HOURS + 2_000);
  const client = await world.followList(origin, token);
  await client.next();
  expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'token_expired' } });
});
