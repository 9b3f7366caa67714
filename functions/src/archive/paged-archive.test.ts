import { describe, expect, it } from 'vitest';
import { CALL_ID, ended, judged, message, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent, Message } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { live, stored } from '../paths.ts';
import { CONVERSATION_ID, liveTraces, useArchive } from './archive.fixture.ts';
import type { Archive } from './archive.ts';
import { hindiConversation, inTurns, said } from './pages.fixture.ts';

/** The archive on a real Firestore with conversations that are larger than one document. */
const setUp = useArchive();
type Parts = ReturnType<typeof setUp>;

/** 3 MB, in every other turn. */
const LONG = hindiConversation(1_000, { step: 2 });
const ENDED_CALL = [judged('CRITICAL', 3), ended(90)].reduce(foldCall, callFrom(STARTED));

/** An ended call as it lies in the Realtime Database. */
async function putLive({ database }: Parts, messages: readonly Message[]): Promise<void> {
  const byId = Object.fromEntries(messages.map(({ id, ...stored }) => [id, stored]));
  await database.create(live.conversation(CONVERSATION_ID), { call_id: CALL_ID, messages: byId });
  await database.create(live.call(CALL_ID), ENDED_CALL);
}

const added = (said: Message): CallEvent => ({
  type: 'message_added',
  call_id: CALL_ID,
  message: said,
});

async function archivedMessages(archive: Archive): Promise<Message[]> {
  const conversation = await archive.conversation(CONVERSATION_ID);
  expect(conversation?.total_messages).toBe(conversation?.messages.length);
  return conversation?.messages ?? [];
}

/** Each document of the conversation, the main one first. */
async function documents({ firestore }: Parts) {
  const main = firestore.doc(stored.conversation(CONVERSATION_ID));
  const pages = await main.collection('pages').get();
  const inOrder = pages.docs.sort((a, b) => Number(a.id) - Number(b.id));
  return [await main.get(), ...inOrder].map((document) => ({
    id: document.id,
    data: document.data() ?? {},
  }));
}

describe('the archive of a conversation of 3 MB', () => {
  it('settles it into a main document and pages, whole and in order', async () => {
    const parts = setUp();
    await putLive(parts, LONG);
    await parts.settle.settle(CALL_ID);
    expect(await liveTraces(parts.database)).toEqual([]);
    const [main, ...pages] = await documents(parts);
    expect(pages.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    expect(main?.data).toMatchObject({ total_messages: LONG.length, page_count: 4 });
    expect([main, ...pages].flatMap((page) => page?.data.messages)).toEqual(LONG);
    expect(await archivedMessages(parts.archive)).toEqual(LONG);
  });

  it('stays as it is when it is settled and merged again (I3)', async () => {
    const parts = setUp();
    await putLive(parts, LONG);
    await Promise.all([parts.settle.settle(CALL_ID), parts.settle.settle(CALL_ID)]);
    const before = await documents(parts);
    parts.written.length = 0;
    await putLive(parts, LONG);
    await parts.settle.settle(CALL_ID);
    await parts.settle.merge(CALL_ID, [STARTED, added(LONG[700] as Message), ended(90)]);
    expect(parts.written).toEqual([]);
    expect(await documents(parts)).toEqual(before);
  });

  it('takes late messages in where they belong, and rewrites only the page they are on', async () => {
    const parts = setUp();
    await putLive(parts, LONG);
    await parts.settle.settle(CALL_ID);
    parts.written.length = 0;
    const late = said(1_000, 'late words');
    await parts.mirror.apply([STARTED, added(late)]);
    const conversation = stored.conversation(CONVERSATION_ID);
    expect(parts.written).toEqual([
      stored.call(CALL_ID),
      conversation,
      `${conversation}/pages/2`,
      stored.uncountedCall(CALL_ID),
    ]);
    const [main] = await documents(parts);
    expect(main?.data.total_messages).toBe(LONG.length + 1);
    expect(await archivedMessages(parts.archive)).toEqual(inTurns([...LONG, late]));
  });

  it('goes on in new pages when late messages fill the last', async () => {
    const parts = setUp();
    await putLive(parts, LONG.slice(0, 300));
    await parts.settle.settle(CALL_ID);
    expect(await documents(parts)).toHaveLength(2);
    for (let from = 300; from < 600; from += 100) {
      await parts.settle.merge(CALL_ID, [STARTED, ...LONG.slice(from, from + 100).map(added)]);
    }
    expect(await documents(parts)).toHaveLength(3);
    expect(await archivedMessages(parts.archive)).toEqual(LONG.slice(0, 600));
  });

  it('finds the words of late messages, whatever page they are on', async () => {
    const parts = setUp();
    await putLive(parts, LONG);
    await parts.settle.settle(CALL_ID);
    await parts.mirror.apply([STARTED, message(1_000, 'user', 'valve nine', 60)]);
    expect((await parts.archive.call(CALL_ID))?.search).toContain('valve');
  });

  it('removes the page that is left over where pages held messages twice', async () => {
    const parts = setUp();
    await putLive(parts, LONG);
    await parts.settle.settle(CALL_ID);
    const main = parts.firestore.doc(stored.conversation(CONVERSATION_ID));
    const last = await main.collection('pages').doc('4').get();
    await main
      .collection('pages')
      .doc('5')
      .set(last.data() ?? {});
    await main.set({ page_count: 5 }, { merge: true });
    await parts.settle.merge(CALL_ID, [STARTED]);
    expect(await documents(parts)).toHaveLength(5);
    expect(await archivedMessages(parts.archive)).toEqual(LONG);
  });
});

describe('a crash while 3 MB are archived', () => {
  it.each(['before', 'after'])(
    'loses and doubles nothing when it comes %s the commit, and late words meanwhile (I2, I3)',
    async (moment) => {
      let crashes = 1;
      const parts = setUp({
        archive: (archive) => ({
          ...archive,
          merge: async (callId, arrival) => {
            const crash = crashes-- > 0;
            if (crash && moment === 'before') throw new Error('crash');
            const merged = await archive.merge(callId, arrival);
            if (crash) throw new Error('crash');
            return merged;
          },
        }),
      });
      await putLive(parts, LONG);
      await expect(parts.settle.settle(CALL_ID)).rejects.toThrow('crash');
      const late = said(2, 'late words');
      await parts.mirror.apply([STARTED, added(late)]);
      await parts.settle.settle(CALL_ID);
      expect(await liveTraces(parts.database)).toEqual([]);
      expect(await archivedMessages(parts.archive)).toEqual(inTurns([...LONG, late]));
    },
  );

  it('loses and doubles nothing when only the conversation was removed (I2, I3)', async () => {
    let removals = 0;
    const parts = setUp({
      database: (database) => ({
        ...database,
        compareAndSet: async (path, etag, value) => {
          const outcome = await database.compareAndSet(path, etag, value);
          removals += 1;
          if (removals === 1) throw new Error('crash');
          return outcome;
        },
      }),
    });
    await putLive(parts, LONG);
    await expect(parts.settle.settle(CALL_ID)).rejects.toThrow('crash');
    await parts.settle.settle(CALL_ID);
    expect(await liveTraces(parts.database)).toEqual([]);
    expect(await archivedMessages(parts.archive)).toEqual(LONG);
  });
});
