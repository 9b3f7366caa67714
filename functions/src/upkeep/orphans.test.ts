import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { at, CALL_ID, message, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { createOrphans } from './orphans.ts';
import { recordingLog } from './upkeep.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const ZONE = 'Asia/Kolkata';
const HOUR = 60 * 60 * 1_000;
const CONVERSATION = live.conversation(conversationId(CALL_ID));

/** @param hours since the call began */
function setUp(hours: number, timeZone = ZONE) {
  const database = realtimeDatabase.emptyDatabase();
  const archive = createArchive(emptyFirestore(), ZONE);
  const now = () => Date.parse(at(0)) + hours * HOUR;
  const settle = createSettle({ database, archive, now, timeZone: ZONE });
  const mirror = createMirror({ database, archive: settle, now });
  const { log, lines } = recordingLog();
  const settleOrphans = createOrphans({
    database,
    settle,
    quietAfter: HOUR,
    timeZone,
    now,
    log,
  });
  async function removeCall(): Promise<void> {
    const { etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
  }
  const read = async (path: string) => (await database.read(path)).value;
  return { database, archive, mirror, settleOrphans, removeCall, read, lines };
}

describe('a live conversation without a call', () => {
  it('is archived with all its words an hour after the last of them (I2)', async () => {
    const { archive, mirror, settleOrphans, removeCall, read, lines } = setUp(1.02);
    await mirror.apply([STARTED, message(1, 'user', 'fire'), message(1, 'assistant', 'Get out')]);
    await removeCall();
    expect(await settleOrphans()).toBe(1);
    expect(await read(CONVERSATION)).toBeNull();
    expect(await read(live.tombstone(CALL_ID))).not.toBeNull();
    const stored = await archive.conversation(conversationId(CALL_ID));
    expect(stored?.messages.map(({ content }) => content)).toEqual(['fire', 'Get out']);
    expect(lines).toMatchObject([{ severity: 'error', fields: { count: 1 } }]);
  });

  it('gets its call in the archive when a late event brings it, and its words stay (I4)', async () => {
    const { archive, mirror, settleOrphans, removeCall, read } = setUp(2);
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    await removeCall();
    await settleOrphans();
    expect(await archive.call(CALL_ID)).toBeUndefined();
    await mirror.apply([STARTED, message(2, 'user', 'still here')]);
    expect(await read(live.call(CALL_ID))).toBeNull();
    expect(await archive.call(CALL_ID)).toMatchObject({ mobile_no: STARTED.mobile_no });
    const stored = await archive.conversation(conversationId(CALL_ID));
    expect(stored?.messages.map(({ content }) => content)).toEqual(['fire', 'still here']);
  });

  it('stays while its last words are younger than an hour', async () => {
    const { mirror, settleOrphans, removeCall, read } = setUp(1.02);
    await mirror.apply([STARTED, message(1, 'user', 'fire', 120)]);
    await removeCall();
    expect(await settleOrphans()).toBe(0);
    expect(await read(CONVERSATION)).not.toBeNull();
    expect(await read(live.tombstone(CALL_ID))).toBeNull();
  });

  it('and without words is only given up when its call has begun long ago in every zone', async () => {
    const young = setUp(1, 'Pacific/Kiritimati');
    await young.database.create(`${CONVERSATION}/call_id`, CALL_ID);
    expect(await young.settleOrphans()).toBe(0);
    const old = setUp(28);
    await old.database.create(`${CONVERSATION}/call_id`, CALL_ID);
    expect(await old.settleOrphans()).toBe(1);
    expect(await old.read(CONVERSATION)).toBeNull();
  });

  it('is left to the sweep where it has a tombstone', async () => {
    const { database, mirror, settleOrphans, removeCall } = setUp(2);
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    await removeCall();
    await database.create(live.tombstone(CALL_ID), { archived_at: at(10) });
    expect(await settleOrphans()).toBe(0);
  });

  it('stays where it is when it can not be read, and keeps no other from being archived', async () => {
    const { database, mirror, settleOrphans, removeCall, read, lines } = setUp(2);
    const other = conversationId(CALL_ID).replace(/[0-9a-f]{6}$/, '000001');
    await database.create(live.conversation(other), { messages: 'no messages' });
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    await removeCall();
    expect(await settleOrphans()).toBe(1);
    expect(await read(live.conversation(other))).toEqual({ messages: 'no messages' });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/15550100001|fire/);
  });
});

it('a conversation whose call is live stays, however long it has been quiet', async () => {
  const { mirror, settleOrphans, read } = setUp(48);
  await mirror.apply([STARTED, message(1, 'user', 'fire')]);
  expect(await settleOrphans()).toBe(0);
  expect(await read(live.call(CALL_ID))).toMatchObject({ status: 'ACTIVE' });
});
