import { expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { at, CALL_ID, CALL_SID, ended, message, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import { isoInZone } from '../calls/times.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { createCleanUp } from './clean-up.ts';
import { recordingLog } from './upkeep.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const ZONE = 'Asia/Kolkata';
const DAY = 24 * 60 * 60 * 1_000;
const START = Date.parse(at(0));

interface Options {
  /** Days since the call of the fixtures began. */
  days: number;
  portion?: number;
  wrap?: (database: LiveDatabase) => LiveDatabase;
}

function setUp({ days, portion = 5_000, wrap = (database) => database }: Options) {
  const database = realtimeDatabase.emptyDatabase();
  const now = () => START + days * DAY;
  const { log, lines } = recordingLog();
  const cleanUp = createCleanUp({
    database: wrap(database),
    keep: 400 * DAY,
    portion,
    timeZone: ZONE,
    now,
    log,
  });
  const read = async (path: string) => (await database.read(path)).value;
  return { database, cleanUp, read, lines, now };
}

/** A call's id, that many days after the one of the fixtures. */
function idOfDay(days: number): string {
  const date = isoInZone(START + days * DAY, ZONE)
    .slice(0, 10)
    .replaceAll('-', '');
  return CALL_ID.replace(/_[0-9]{8}_/, `_${date}_`);
}

const tombstoneOfDay = (days: number) => ({ archived_at: isoInZone(START + days * DAY, ZONE) });

it('removes tombstones and CallSids when 400 days are over', async () => {
  const { database, cleanUp, read } = setUp({ days: 402 });
  await database.create(live.tombstone(CALL_ID), tombstoneOfDay(0));
  await database.create(live.callSid(CALL_SID), CALL_ID);
  expect(await cleanUp()).toEqual({ tombstones: 1, callSids: 1 });
  expect(await read('')).toBeNull();
  expect(await cleanUp()).toEqual({ tombstones: 0, callSids: 0 });
});

it('keeps both until then', async () => {
  const { database, cleanUp } = setUp({ days: 399 });
  await database.create(live.tombstone(CALL_ID), tombstoneOfDay(0));
  await database.create(live.callSid(CALL_SID), CALL_ID);
  expect(await cleanUp()).toEqual({ tombstones: 0, callSids: 0 });
});

it('keeps the tombstone of an old call that was archived late', async () => {
  const { database, cleanUp, read } = setUp({ days: 402 });
  await database.create(live.tombstone(CALL_ID), tombstoneOfDay(5));
  expect(await cleanUp()).toEqual({ tombstones: 0, callSids: 0 });
  expect(await read(live.tombstone(CALL_ID))).not.toBeNull();
});

it('keeps what it can not date or does not know', async () => {
  const { database, cleanUp, read } = setUp({ days: 500 });
  const strange = {
    [live.tombstones]: { [CALL_ID]: 'no time', mine: true, [CALL_ID.replace('2025', '0000')]: 1 },
    [live.callSids]: { [CALL_SID]: 'somebody', CA1: CALL_ID },
  };
  for (const [path, value] of Object.entries(strange)) await database.create(path, value);
  expect(await cleanUp()).toEqual({ tombstones: 0, callSids: 0 });
  expect(await read('')).toEqual(strange);
});

it('goes portion by portion, the oldest first', async () => {
  const { database, cleanUp } = setUp({ days: 402, portion: 2 });
  const ids = [-1, -3, -5, -2, -4].map((days) => idOfDay(days));
  for (const id of ids) await database.create(live.tombstone(id), tombstoneOfDay(-1));
  const left = async () => (await database.keys(live.tombstones)).sort();
  expect(await cleanUp()).toMatchObject({ tombstones: 2 });
  expect(await left()).toEqual([-3, -2, -1].map(idOfDay));
  expect(await cleanUp()).toMatchObject({ tombstones: 2 });
  expect(await cleanUp()).toMatchObject({ tombstones: 1 });
  expect(await left()).toEqual([]);
});

it('leaves what somebody changes at that moment', async () => {
  const { cleanUp, read, database } = setUp({
    days: 402,
    wrap: (database) => ({
      ...database,
      compareAndSet: async (path, etag, value) => {
        const { etag: current } = await database.read(path);
        await database.compareAndSet(path, current, tombstoneOfDay(401));
        return database.compareAndSet(path, etag, value);
      },
    }),
  });
  await database.create(live.tombstone(CALL_ID), tombstoneOfDay(0));
  expect(await cleanUp()).toEqual({ tombstones: 0, callSids: 0 });
  expect(await read(live.tombstone(CALL_ID))).toEqual(tombstoneOfDay(401));
});

it('goes on past one that can not be removed, and says so once', async () => {
  const broken = live.tombstone(idOfDay(-2));
  const { database, cleanUp, read, lines } = setUp({
    days: 402,
    wrap: (database) => ({
      ...database,
      compareAndSet: (path, etag, value) =>
        path === broken
          ? Promise.reject(new Error('away'))
          : database.compareAndSet(path, etag, value),
    }),
  });
  for (const days of [-3, -2, -1]) {
    await database.create(live.tombstone(idOfDay(days)), tombstoneOfDay(days));
  }
  expect(await cleanUp()).toMatchObject({ tombstones: 2 });
  expect(await read(broken)).not.toBeNull();
  expect(lines).toMatchObject([{ severity: 'error', fields: { count: 1 } }]);
});

it('lets nothing come back for events that are later still (I4)', async () => {
  const { database, cleanUp, read, now } = setUp({ days: 402 });
  const archive = createArchive(emptyFirestore(), ZONE);
  const settle = createSettle({ database, archive, now: () => START + 60_000, timeZone: ZONE });
  const mirror = createMirror({ database, archive: settle, now });
  await mirror.apply([STARTED, message(1, 'user', 'fire'), ended(30)]);
  await settle.settle(CALL_ID);
  expect(await cleanUp()).toEqual({ tombstones: 1, callSids: 1 });
  await mirror.apply([STARTED, message(2, 'user', 'late words')]);
  expect(await read(live.call(CALL_ID))).toBeNull();
  expect(await read(live.conversation(conversationId(CALL_ID)))).toBeNull();
  const stored = await archive.conversation(conversationId(CALL_ID));
  expect(stored?.messages.map(({ content }) => content)).toEqual(['fire', 'late words']);
});
