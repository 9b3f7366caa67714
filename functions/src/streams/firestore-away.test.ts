import { Firestore } from '@google-cloud/firestore';
import { afterAll, describe, expect, it } from 'vitest';
import { CALL_ID, ended, judged, message, STARTED } from '../calls/events.fixture.ts';
import { useStreams } from './streams.fixture.ts';

const setUp = useStreams();

/** Nobody listens there. */
const away = new Firestore({ projectId: 'away', host: '127.0.0.1:1', ssl: false });
afterAll(() => away.terminate().catch(() => {}));

describe('while Firestore is away', () => {
  it('a stream is opened with what was known of the company before, and shows the live call', async () => {
    const world = await setUp();
    let firestore = world.firestore;
    await world.firestore.doc('companies/demo').set({ visibility: 'own' });
    const { origin, counts } = await world.startInstance({ firestore: () => firestore });
    await world.mirror.apply([STARTED, message(1, 'user', 'fire'), judged('CRITICAL', 1)]);
    const token = await world.signIn('boss', { role: 'company_admin' });
    const before = await world.follow(origin, token);
    await before.next();
    before.leave();
    await expect.poll(() => counts().companies).toBe(0);
    firestore = away;
    const client = await world.follow(origin, token);
    expect((await client.next()).data.conversation.total_messages).toBe(1);
    client.leave();
  });

  it('a stream is refused with 503 where nothing is known of the company', async () => {
    const world = await setUp();
    const { origin } = await world.startInstance({ firestore: () => away });
    const client = await world.followList(origin, await world.signIn('asha'));
    expect([client.status, client.body.error.code]).toEqual([503, 'unavailable']);
  });

  it('a stream whose call has ended stays open, and ends when the archive can be read', async () => {
    const world = await setUp();
    let isAway = true;
    const through =
      <T>(read: (id: string) => Promise<T>) =>
      async (id: string) => {
        if (isAway) throw new Error('away');
        return read(id);
      };
    const { origin } = await world.startInstance({
      pauses: Array(200).fill(20),
      archive: {
        call: through(world.archive.call),
        conversation: through(world.archive.conversation),
      },
    });
    await world.mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await world.follow(origin, await world.signIn('asha'));
    await client.next();
    await world.mirror.apply([STARTED, ended(60)]);
    expect((await client.next()).data.call.status).toBe('ENDED');
    await world.settle.settle(CALL_ID);
    await expect.poll(() => world.lines.length).toBeGreaterThan(2);
    expect(client.events).toHaveLength(2);
    isAway = false;
    expect((await client.next()).event).toBe('ended');
  });
});
