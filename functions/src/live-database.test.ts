import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useRealtimeDatabase } from './live-database.fixture.ts';
import { createLiveDatabase } from './live-database.ts';

const realtimeDatabase = useRealtimeDatabase();

describe('the live database', () => {
  it('creates where nothing is, and otherwise returns what is there', async () => {
    const database = realtimeDatabase.emptyDatabase();
    expect(await database.create('a/b', { x: 1 })).toEqual({ done: true });
    expect(await database.create('a/b', { x: 2 })).toMatchObject({ done: false, value: { x: 1 } });
    expect((await database.read('a/b')).value).toEqual({ x: 1 });
  });

  it('writes only on the version that was read', async () => {
    const database = realtimeDatabase.emptyDatabase();
    await database.create('a', { x: 1 });
    const { etag } = await database.read('a');
    expect(await database.compareAndSet('a', etag, { x: 2 })).toEqual({ done: true });
    const refused = await database.compareAndSet('a', etag, { x: 3 });
    expect(refused).toMatchObject({ done: false, value: { x: 2 } });
    const current = refused.done ? '' : refused.etag;
    expect(await database.compareAndSet('a', current, null)).toEqual({ done: true });
    expect((await database.read('a')).value).toBeNull();
  });

  it('lets one of ten creators win', async () => {
    const database = realtimeDatabase.emptyDatabase();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, writer) => database.create('a', { writer })),
    );
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
  });

  it('lists keys without what lies below', async () => {
    const database = realtimeDatabase.emptyDatabase();
    expect(await database.keys('a')).toEqual([]);
    await database.create('a/b/c', 1);
    await database.create('a/d', 1);
    expect((await database.keys('a')).sort()).toEqual(['b', 'd']);
  });

  it('aborts what exceeds its deadline, with an error that says to try again (I2)', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const database = createLiveDatabase({
      url: `http://127.0.0.1:${port}/`,
      accessToken: async () => 'owner',
      deadline: 50,
    });
    await expect(database.read('a')).rejects.toMatchObject({
      code: 'database_away',
      retryable: true,
    });
    silent.close();
  });

  it('is refused without the right token', async () => {
    const database = createLiveDatabase({
      url: realtimeDatabase.url('denied'),
      accessToken: async () => 'somebody',
    });
    await expect(database.read('a')).rejects.toMatchObject({ code: 'database_refused' });
  });
});
