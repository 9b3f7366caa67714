import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyEvent,
  at,
  CALL_ID,
  CALL_SID,
  ended,
  judged,
  message,
  STARTED,
} from '../calls/events.fixture.ts';
import { conversationId, messageId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { CallEvent } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { type CallState, reduce } from '../calls/reduce.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { createMirror } from './apply.ts';
import { continuationOf } from './continuation.ts';

const realtimeDatabase = useRealtimeDatabase();

function setUp({ past, now = Date.parse(at(60)) }: { past?: PastCall; now?: number } = {}) {
  const database = realtimeDatabase.emptyDatabase();
  const late: CallEvent[][] = [];
  const archive = {
    merge: async (_: string, events: readonly CallEvent[]) => void late.push([...events]),
    past: async () => past,
  };
  return { database, late, mirror: createMirror({ database, archive, now: () => now }) };
}

async function liveCopy(database: LiveDatabase, callId = CALL_ID): Promise<CallState> {
  const call = await database.read(live.call(callId));
  const conversation = await database.read(live.conversation(conversationId(callId)));
  return {
    ...(call.value === null ? {} : { call: readCall(call.value) }),
    ...(conversation.value === null ? {} : { conversation: readConversation(conversation.value) }),
  };
}

const turn = [STARTED, message(1, 'user', 'fire'), judged('CRITICAL', 1)];

describe('apply', () => {
  it('makes a call live, with its words', async () => {
    const { database, mirror } = setUp();
    await mirror.apply(turn);
    expect(await liveCopy(database)).toEqual(reduce({}, turn));
    expect((await database.read(live.callSid(CALL_SID))).value).toBe(CALL_ID);
  });

  it('comes to the fold of all events, in any order and side by side (I2, I3, I5)', async () => {
    const batches = fc.array(
      fc.array(anyEvent, { maxLength: 3 }).map((events) => [STARTED, ...events]),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (all, atOnce) => {
        const { database, mirror } = setUp();
        if (atOnce) await Promise.all([...all, ...all].map(mirror.apply));
        else for (const batch of [...all].reverse()) await mirror.apply(batch);
        expect(await liveCopy(database)).toEqual(all.reduce<CallState>(reduce, {}));
      }),
      { numRuns: 40 },
    );
  });

  it('changes nothing when a task is repeated (I3)', async () => {
    const { database, mirror } = setUp();
    await mirror.apply(turn);
    const before = await database.read(live.call(CALL_ID));
    await mirror.apply(turn);
    expect(await database.read(live.call(CALL_ID))).toEqual(before);
  });

  it('keeps the content that was applied first (I3)', async () => {
    const { database, mirror } = setUp();
    await mirror.apply([STARTED, message(1, 'assistant', 'first')]);
    await mirror.apply([STARTED, message(1, 'assistant', 'second')]);
    const { conversation } = await liveCopy(database);
    expect(Object.values(conversation?.messages ?? {})).toMatchObject([{ content: 'first' }]);
  });

  it('records which reply was not spoken, when the next words tell what was heard (I3)', async () => {
    const { database, mirror } = setUp();
    const reply = message(1, 'assistant', 'kept, but another instance spoke');
    const id = reply.type === 'message_added' ? reply.message.id : '';
    await mirror.apply([STARTED, reply]);
    const next = { ...message(2, 'user', 'what now'), heard: { id, hash: hashOfReply('spoken') } };
    await mirror.apply([STARTED, next as CallEvent]);
    await mirror.apply([STARTED, next as CallEvent]);
    const { conversation } = await liveCopy(database);
    expect(conversation?.messages[id]).toMatchObject({ spoken: false });
    const heard = { id, hash: hashOfReply('kept, but another instance spoke') };
    const other = setUp();
    await other.mirror.apply([STARTED, reply]);
    await other.mirror.apply([STARTED, { ...message(2, 'user', 'what now'), heard } as CallEvent]);
    expect((await liveCopy(other.database)).conversation?.messages[id]).not.toHaveProperty(
      'spoken',
    );
  });

  it('puts a second call id for one CallSid under the first (I3)', async () => {
    const { database, mirror } = setUp();
    const other = CALL_ID.replace('143000', '143009');
    await mirror.apply(turn);
    const again = [STARTED, message(2, 'user', 'still here')].map((event) => ({
      ...event,
      call_id: other,
    }));
    await mirror.apply(again);
    expect(await database.keys(live.calls)).toEqual([CALL_ID]);
    const { conversation } = await liveCopy(database);
    expect(Object.values(conversation?.messages ?? {})).toHaveLength(2);
  });

  it('resolves an end by its CallSid', async () => {
    const { database, mirror } = setUp();
    await mirror.apply(turn);
    await mirror.apply([{ ...ended(50), call_id: undefined } as CallEvent]);
    expect((await liveCopy(database)).call).toMatchObject({ status: 'ENDED', ended_at: at(50) });
  });

  it('believes the claim of a CallSid before the id that an instance made up (I3)', async () => {
    const { database, mirror } = setUp();
    await mirror.apply(turn);
    await mirror.apply([
      { ...ended(50), call_id: CALL_ID.replace('143000', '143009') } as CallEvent,
    ]);
    expect((await liveCopy(database)).call).toMatchObject({ status: 'ENDED' });
  });

  it('asks for a retry while a CallSid is unknown, and gives up after an hour', async () => {
    const end = [{ ...ended(50), call_id: undefined } as CallEvent];
    const early = setUp({ now: Date.parse(at(50 + 3_599)) });
    await expect(early.mirror.apply(end)).rejects.toMatchObject({ retryable: true });
    const late = setUp({ now: Date.parse(at(50 + 3_601)) });
    await expect(late.mirror.apply(end)).rejects.toMatchObject({ retryable: false });
  });

  it('writes nothing live where the tombstone stands, and hands the events on (I4)', async () => {
    const { database, mirror, late } = setUp();
    await database.create(live.tombstone(CALL_ID), { archived_at: at(55) });
    await mirror.apply(turn);
    expect(await liveCopy(database)).toEqual({});
    expect(late).toEqual([turn]);
  });

  it('looks for the tombstone again after it has written (I4)', async () => {
    const { database, late } = setUp();
    const buriedMeanwhile: LiveDatabase = {
      ...database,
      compareAndSet: async (path, etag, value) => {
        await database.create(live.tombstone(CALL_ID), { archived_at: at(55) });
        return database.compareAndSet(path, etag, value);
      },
    };
    const archive = {
      merge: async (_: string, events: readonly CallEvent[]) => void late.push([...events]),
      past: async () => undefined,
    };
    const mirror = createMirror({
      database: buriedMeanwhile,
      archive,
      now: () => Date.parse(at(60)),
    });
    await mirror.apply(turn);
    expect(late).toEqual([turn]);
  });

  it('does not revive a call that is archived and whose tombstone is gone (I4)', async () => {
    const { database, mirror, late } = setUp({
      past: { endedAt: at(50), messageIds: new Set() },
      now: Date.parse(at(2 * 3_600)),
    });
    await mirror.apply(turn);
    expect(await liveCopy(database)).toEqual({});
    expect(late).toEqual([turn]);
  });

  it('writes the same number of bytes at turn 200 as at turn 10', async () => {
    const { database } = setUp();
    const sent: string[] = [];
    const counting: LiveDatabase = {
      ...database,
      create: (path, value) => {
        sent.push(path + JSON.stringify(value));
        return database.create(path, value);
      },
      compareAndSet: (path, etag, value) => {
        sent.push(path + JSON.stringify(value));
        return database.compareAndSet(path, etag, value);
      },
    };
    const archive = { merge: async () => {}, past: async () => undefined };
    const { apply } = createMirror({
      database: counting,
      archive,
      now: () => Date.parse(at(60)),
    });
    const bytesOfTurn = async (n: number) => {
      sent.length = 0;
      await apply([STARTED, message(n, 'user', 'the same words')]);
      return sent.join('').length;
    };
    const atTen = await bytesOfTurn(10);
    for (let n = 11; n < 200; n++) await apply([STARTED, message(n, 'user', 'the same words')]);
    expect(await bytesOfTurn(200)).toBe(atTen);
  });

  describe('words on a call that is over', () => {
    const callId = continuationOf(CALL_ID);
    const stillHere = [STARTED, message(3, 'user', 'I am still here', 100)];

    it('open a live call that continues it, the same however often they are repeated', async () => {
      const { database, mirror } = setUp();
      await mirror.apply([...turn, ended(50)]);
      await mirror.apply(stillHere);
      await mirror.apply(stillHere);
      const { call, conversation } = await liveCopy(database, callId);
      expect(call).toMatchObject({ status: 'ACTIVE', continues: CALL_ID, timestamp: at(50) });
      expect(Object.values(conversation?.messages ?? {})).toMatchObject([
        { content: 'I am still here' },
      ]);
      expect(await database.keys(live.calls)).toEqual([CALL_ID, callId].sort());
    });

    it('are joined there by what the caller was told by a supervisor', async () => {
      const { database, mirror } = setUp();
      await mirror.apply([...turn, ended(50)]);
      await mirror.apply(stillHere);
      const message_id = messageId({ n: 3, random: 'abcdef0123' }, 'admin');
      const heard = { type: 'message_heard' as const, call_id: CALL_ID, at: at(110), message_id };
      await mirror.apply([STARTED, heard]);
      const { call } = await liveCopy(database, callId);
      expect(call?.heard_messages).toEqual({ [message_id]: at(110) });
    });

    it('do so when the call is archived as well', async () => {
      const { database, mirror } = setUp({
        past: { endedAt: at(50), messageIds: new Set(['m000001-abcdef0123-0']) },
      });
      await database.create(live.tombstone(CALL_ID), { archived_at: at(55) });
      await mirror.apply(stillHere);
      expect(await database.keys(live.calls)).toEqual([callId]);
    });

    it('belong to the ended call when they were said before its end, or just after it (I4)', async () => {
      const { database, mirror } = setUp();
      await mirror.apply([...turn, ended(50)]);
      await mirror.apply([STARTED, message(2, 'user', 'said before', 40)]);
      await mirror.apply([STARTED, message(2, 'assistant', 'said while hanging up', 60)]);
      expect(await database.keys(live.calls)).toEqual([CALL_ID]);
    });

    it('are opened by the caller alone: a late reply of a frozen instance opens nothing', async () => {
      const { database, mirror } = setUp();
      await mirror.apply([...turn, ended(50)]);
      await mirror.apply([STARTED, message(3, 'assistant', 'much later', 300)]);
      expect(await database.keys(live.calls)).toEqual([CALL_ID]);
    });

    it('are a repetition when their ids are known, whenever they come (I3)', async () => {
      const { database, mirror, late } = setUp({
        past: { endedAt: at(50), messageIds: new Set(['m000003-abcdef0123-0']) },
      });
      await database.create(live.tombstone(CALL_ID), { archived_at: at(55) });
      await mirror.apply(stillHere);
      expect(await database.keys(live.calls)).toEqual([]);
      expect(late).toEqual([stillHere]);
    });

    it('are ended by the end that comes after them', async () => {
      const { database, mirror } = setUp();
      await mirror.apply([...turn, ended(50)]);
      await mirror.apply(stillHere);
      await mirror.apply([{ ...ended(130), call_id: undefined } as CallEvent]);
      expect((await liveCopy(database)).call?.ended_at).toBe(at(50));
      expect((await liveCopy(database, callId)).call).toMatchObject({
        status: 'ENDED',
        ended_at: at(130),
      });
    });
  });
});
