import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyEvent,
  at,
  CALL_ID,
  ended,
  judged,
  message,
  noted,
  STARTED,
} from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import { type CallState, inOrder, reduce } from '../calls/reduce.ts';
import { live } from '../paths.ts';
import { liveTraces, useArchive, words } from './archive.fixture.ts';
import { createSweep } from './sweep.ts';

const setUp = useArchive();

const conversation = [
  STARTED,
  message(0, 'assistant', 'Aurora here'),
  message(1, 'user', 'fire'),
  message(1, 'assistant', 'Get out'),
  judged('CRITICAL', 1),
];

describe('settle', () => {
  it('moves an ended call to the archive, and leaves a tombstone', async () => {
    const { database, archive, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    await settle.settle(CALL_ID);
    expect(await liveTraces(database)).toEqual([]);
    expect((await database.read(live.tombstone(CALL_ID))).value).toEqual({ archived_at: at(120) });
    expect(await words(archive)).toEqual(['Aurora here', 'fire', 'Get out']);
    expect(await archive.call(CALL_ID)).toMatchObject({
      status: 'COMPLETE',
      urgency: 'CRITICAL',
      duration_seconds: 90,
      started_at: at(0),
      ended_at: at(90),
      end_reason: 'completed',
    });
  });

  it('takes along what supervisors said while the call was live (I2)', async () => {
    const { archive, settle, mirror } = setUp();
    const note = { final_action: 'evacuated' as const, admin_notes: 'hall 2 is empty' };
    await mirror.apply([...conversation, noted(30, note), ended(90)]);
    await settle.settle(CALL_ID);
    expect(await archive.call(CALL_ID)).toMatchObject(note);
    expect((await archive.call(CALL_ID))?.search).toContain('hall');
  });

  it('drops what comes late of an erased call, and keeps it again of one that stays (I4)', async () => {
    const { database, archive, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    await settle.settle(CALL_ID);
    await settle.drop(CALL_ID);
    await mirror.apply([STARTED, message(2, 'user', 'dropped words')]);
    expect(await words(archive)).not.toContain('dropped words');
    await settle.keep(CALL_ID);
    await mirror.apply([STARTED, message(3, 'user', 'kept words')]);
    expect(await words(archive)).toContain('kept words');
    expect(await liveTraces(database)).toEqual([]);
  });

  it('makes no tombstone where there is none, to drop what can come no more', async () => {
    const { database, settle } = setUp();
    await settle.drop(CALL_ID);
    expect((await database.read(live.tombstone(CALL_ID))).value).toBeNull();
  });

  it('changes nothing when the trigger fires twice (I3)', async () => {
    const { archive, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    await Promise.all([settle.settle(CALL_ID), settle.settle(CALL_ID)]);
    const before = await archive.call(CALL_ID);
    await settle.settle(CALL_ID);
    expect(await archive.call(CALL_ID)).toEqual(before);
    expect((await archive.conversation(conversationId(CALL_ID)))?.total_messages).toBe(3);
  });

  it('takes along what is written while it is at work (I2)', async () => {
    let written = false;
    const { database, archive, settle, mirror } = setUp({
      database: (database) => ({
        ...database,
        compareAndSet: async (path, etag, value) => {
          if (value === null && !written) {
            written = true;
            const late = message(2, 'user', 'still here');
            const { id, ...stored } = late.type === 'message_added' ? late.message : { id: '' };
            await database.create(live.message(conversationId(CALL_ID), id), stored);
          }
          return database.compareAndSet(path, etag, value);
        },
      }),
    });
    await mirror.apply([...conversation, ended(90)]);
    await settle.settle(CALL_ID);
    expect(await words(archive)).toContain('still here');
    expect(await liveTraces(database)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])(
    'loses nothing when it crashes at its database step %i and is run again (I2)',
    async (step) => {
      let steps = 0;
      const crash = () => {
        steps += 1;
        if (steps === step) throw new Error('crash');
      };
      const { database, archive, settle, mirror } = setUp({
        database: (database) => ({
          ...database,
          create: async (path, value) => {
            crash();
            return database.create(path, value);
          },
          read: async (path) => {
            crash();
            return database.read(path);
          },
          compareAndSet: async (path, etag, value) => {
            const outcome = await database.compareAndSet(path, etag, value);
            crash();
            return outcome;
          },
        }),
      });
      await mirror.apply([...conversation, ended(90)]);
      await expect(settle.settle(CALL_ID)).rejects.toThrow('crash');
      await settle.settle(CALL_ID);
      expect(await liveTraces(database)).toEqual([]);
      expect(await words(archive)).toEqual(['Aurora here', 'fire', 'Get out']);
    },
  );

  it('puts late events of every kind into the archive, and nothing comes back (I4)', async () => {
    const { database, archive, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    await settle.settle(CALL_ID);
    await mirror.apply([STARTED, message(2, 'user', 'late words'), judged('URGENT', 2)]);
    await mirror.apply([{ ...ended(80, 'failed'), call_id: undefined } as CallEvent]);
    expect(await liveTraces(database)).toEqual([]);
    expect(await words(archive)).toEqual(['Aurora here', 'fire', 'Get out', 'late words']);
    expect(await archive.call(CALL_ID)).toMatchObject({
      urgency: 'CRITICAL',
      ended_at: at(80),
      end_reason: 'failed',
      duration_seconds: 80,
    });
  });

  it('archives the same, wherever in a series of batches the call is settled (I2, I4)', async () => {
    const series = fc
      .array(
        fc.array(anyEvent, { maxLength: 3 }).map((events) => [STARTED, ...events]),
        { minLength: 1, maxLength: 4 },
      )
      .chain((batches) => fc.tuple(fc.constant(batches), fc.nat({ max: batches.length })));
    await fc.assert(
      fc.asyncProperty(series, async ([batches, cut]) => {
        const { database, archive, settle, mirror } = setUp();
        for (const [index, batch] of batches.entries()) {
          if (index === cut) await settle.settle(CALL_ID);
          await mirror.apply(batch);
        }
        await settle.settle(CALL_ID);
        const whole = batches.reduce<CallState>(reduce, {});
        expect(await liveTraces(database)).toEqual([]);
        const stored = await archive.conversation(conversationId(CALL_ID));
        expect(stored?.messages).toEqual(inOrder(whole.conversation?.messages ?? {}));
        expect(await archive.call(CALL_ID)).toMatchObject({
          urgency: whole.call?.urgency,
          last_message_at: whole.call?.last_message_at,
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe('settleDeleted', () => {
  it('archives a live call that somebody removed, with its words', async () => {
    const { database, archive, settle, mirror } = setUp();
    await mirror.apply(conversation);
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await settle.settleDeleted(CALL_ID, value);
    expect(await liveTraces(database)).toEqual([]);
    expect(await words(archive)).toEqual(['Aurora here', 'fire', 'Get out']);
    expect(await archive.call(CALL_ID)).toMatchObject({ urgency: 'CRITICAL' });
  });

  it('changes nothing for the removal that settle itself made (I3)', async () => {
    const { database, written, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    const { value } = await database.read(live.call(CALL_ID));
    await settle.settle(CALL_ID);
    written.length = 0;
    await settle.settleDeleted(CALL_ID, value);
    expect(written).toEqual([]);
  });

  it('loses nothing of a removed call when it crashes at the merge and is run again (I2)', async () => {
    let crashes = 1;
    const { database, archive, settle, mirror } = setUp({
      archive: (archive) => ({
        ...archive,
        merge: async (callId, arrival) => {
          if (crashes-- > 0) throw new Error('crash');
          return archive.merge(callId, arrival);
        },
      }),
    });
    await mirror.apply(conversation);
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await expect(settle.settleDeleted(CALL_ID, value)).rejects.toThrow('crash');
    await settle.settleDeleted(CALL_ID, value);
    expect(await archive.call(CALL_ID)).toMatchObject({ urgency: 'CRITICAL' });
    expect(await words(archive)).toEqual(['Aurora here', 'fire', 'Get out']);
  });

  it('archives a call that was removed when a tombstone, but nothing else, was written (I2)', async () => {
    const { database, archive, settle, mirror } = setUp();
    await mirror.apply([...conversation, ended(90)]);
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.create(live.tombstone(CALL_ID), { archived_at: at(91) });
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await settle.settleDeleted(CALL_ID, value);
    expect(await archive.call(CALL_ID)).toMatchObject({ urgency: 'CRITICAL', ended_at: at(90) });
    expect(await liveTraces(database)).toEqual([]);
  });
});

describe('sweep', () => {
  const silentLog = { info() {}, warn() {}, error() {}, alert() {} };

  it('settles what a lost trigger left: ended and still live, or live beside a tombstone', async () => {
    const { database, archive, settle, mirror } = setUp();
    const sweep = createSweep({ database, settle, log: silentLog });
    await mirror.apply(conversation);
    expect(await sweep()).toBe(0);
    await mirror.apply([STARTED, ended(90)]);
    expect(await sweep()).toBe(1);
    expect(await liveTraces(database)).toEqual([]);
    await database.create(live.message(conversationId(CALL_ID), 'm000007-abcdef0123-0'), {
      role: 'user',
      content: 'left behind',
      timestamp: at(70),
      sources: '',
    });
    expect(await sweep()).toBe(1);
    expect(await words(archive)).toContain('left behind');
    expect(await liveTraces(database)).toEqual([]);
  });
});
