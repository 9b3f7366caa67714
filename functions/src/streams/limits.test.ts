import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { at, message, STARTED } from '../calls/events.fixture.ts';
import { messageId } from '../calls/ids.ts';
import { live } from '../paths.ts';
import type { TestClient } from './sse-client.fixture.ts';
import { CONVERSATION_ID, useStreams } from './streams.fixture.ts';

const setUp = useStreams();

type World = Awaited<ReturnType<typeof setUp>>;

/** How many the database counts, over all instances; each stream counts for its token and its address. */
async function slots({ database }: World): Promise<number> {
  const { value } = await database.read('stream_slots');
  const keys = (value ?? {}) as Record<string, Record<string, { count: number }>>;
  const instances = Object.values(keys).flatMap((ofKey) => Object.values(ofKey));
  return instances.reduce((sum, { count }) => sum + count, 0);
}

const isOpen = ({ status }: TestClient) => status === 200;

describe('the number of streams that are open at once', () => {
  it('holds over two instances, also when all are asked for at once', async () => {
    const world = await setUp({ settings: { perToken: 3 } });
    const [one, two] = [await world.startInstance(), await world.startInstance()];
    const token = await world.signIn('asha');
    const clients = await Promise.all(
      Array.from({ length: 10 }, (_, i) => world.followList((i % 2 ? one : two).origin, token)),
    );
    expect(clients.filter(isOpen).length).toBeLessThanOrEqual(3);
    const again = await Promise.all([1, 2, 3].map(() => world.followList(one.origin, token)));
    expect([...clients, ...again].filter(isOpen).length).toBeLessThanOrEqual(3);
    for (const { body, headers } of clients.filter((client) => !isOpen(client))) {
      // On a machine that is busy, nobody may have been able to say in time.
      expect(['too_many_streams', 'unavailable']).toContain(body.error.code);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  it('is reached one by one, and given back when a client goes away', async () => {
    const world = await setUp({ settings: { perToken: 2 } });
    const [one, two] = [await world.startInstance(), await world.startInstance()];
    const token = await world.signIn('asha');
    const first = await world.followList(one.origin, token);
    expect(isOpen(first)).toBe(true);
    expect(isOpen(await world.followList(two.origin, token))).toBe(true);
    const refused = await world.followList(two.origin, token);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'too_many_streams']);
    first.leave();
    await expect.poll(async () => isOpen(await world.followList(two.origin, token))).toBe(true);
    expect(await slots(world)).toBe(4);
  });

  it('counts tokens by themselves, and an address over all tokens', async () => {
    const world = await setUp({ settings: { perToken: 1, perAddress: 2 } });
    const { origin } = await world.startInstance();
    const names = ['asha', 'omar', 'mina'];
    const tokens = await Promise.all(names.map((name) => world.signIn(name)));
    const opened: boolean[] = [];
    for (const token of tokens) opened.push(isOpen(await world.followList(origin, token)));
    expect(opened).toEqual([true, true, false]);
  });

  it('does not hold what a refused stream took', async () => {
    const world = await setUp({ settings: { perToken: 1 } });
    const { origin, counts } = await world.startInstance();
    const token = await world.signIn('asha');
    const client = await world.followList(origin, token);
    expect((await world.followList(origin, token)).status).toBe(429);
    await expect.poll(() => slots(world)).toBe(2);
    client.leave();
    await expect.poll(() => slots(world)).toBe(0);
    await expect.poll(() => counts().connections).toBe(0);
  });

  it('forgets an instance that died, and counts again one that was cut off for a while', async () => {
    const world = await setUp({ settings: { perToken: 1 } });
    const [one, two] = [await world.startInstance(), await world.startInstance()];
    const token = await world.signIn('asha');
    await world.followList(one.origin, token);
    one.database.goOffline();
    await expect.poll(() => slots(world)).toBe(0);
    one.database.goOnline();
    await expect.poll(() => slots(world)).toBe(2);
    expect((await world.followList(two.origin, token)).status).toBe(429);
  });

  it('does not count what nobody gave back and whose time is over', async () => {
    const world = await setUp({ settings: { perToken: 1 } });
    const { origin } = await world.startInstance();
    const token = await world.signIn('asha');
    const client = await world.followList(origin, token);
    const { value } = await world.database.read('stream_slots');
    client.leave();
    await expect.poll(() => slots(world)).toBe(0);
    for (const key of Object.keys(value as object)) {
      await world.database.create(live.streamSlot(key, 'left'), { count: 9, until: 2 });
    }
    expect((await world.followList(origin, token)).status).toBe(200);
    await expect.poll(() => slots(world)).toBe(2);
  });
});

describe('a client', () => {
  it('that goes away leaves nothing behind', async () => {
    const world = await setUp();
    const { origin, counts } = await world.startInstance();
    await world.mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await world.follow(origin, await world.signIn('asha'));
    await client.next();
    client.leave();
    await expect.poll(() => Object.values(counts()).every((count) => count === 0)).toBe(true);
    await expect.poll(() => slots(world)).toBe(0);
  });

  it('that does not read is dropped; one that does gets everything', async () => {
    const world = await setUp();
    const { origin, counts } = await world.startInstance();
    const token = await world.signIn('asha');
    await world.mirror.apply([STARTED]);
    const reading = await world.follow(origin, token);
    const slow = connect(Number(new URL(origin).port), '127.0.0.1');
    slow.on('error', () => {});
    slow.write(
      `GET /conversation/${CONVERSATION_ID}/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n\r\n`,
    );
    slow.pause();
    await expect.poll(() => counts().streams).toBe(2);
    const words = 'x'.repeat(500_000);
    let sent = 0;
    while (counts().streams === 2) {
      sent += 1;
      const id = messageId({ n: sent, random: 'abcdef0123' }, 'user');
      await world.database.create(live.message(CONVERSATION_ID, id), {
        role: 'user',
        content: words,
        timestamp: at(sent),
        sources: '',
      });
    }
    expect(counts().streams).toBe(1);
    await expect.poll(() => reading.events.length).toBe(1 + sent);
    slow.destroy();
  });
});

describe('a stream that can not be opened', () => {
  it('is answered with 503 when the Realtime Database can not be asked', async () => {
    const world = await setUp();
    const { origin, counts } = await world.startInstance({
      databaseUrl: 'http://127.0.0.1:1/?ns=away',
    });
    const client = await world.followList(origin, await world.signIn('asha'));
    expect([client.status, client.body.error.code]).toEqual([503, 'unavailable']);
    expect(client.headers.get('retry-after')).toBe('5');
    await expect.poll(() => Object.values(counts()).every((count) => count === 0)).toBe(true);
  });
});

describe('an instance', () => {
  it('that ends tells its clients to come back', async () => {
    const world = await setUp();
    const { origin, closeAll } = await world.startInstance();
    await world.mirror.apply([STARTED]);
    const token = await world.signIn('asha');
    const clients = [await world.followList(origin, token), await world.follow(origin, token)];
    for (const client of clients) await client.next();
    await closeAll();
    for (const client of clients) {
      expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'reconnect' } });
      expect(await client.ended).toBe(false);
      expect(client.retries).toEqual(['2000', '1000']);
    }
  });

  it('closes a stream before the function has to, for the client to come back', async () => {
    const world = await setUp({ settings: { longestSeconds: 0.3 } });
    const { origin } = await world.startInstance();
    const client = await world.followList(origin, await world.signIn('asha'));
    await client.next();
    expect((await client.next()).data.code).toBe('reconnect');
    await client.ended;
  });
});
