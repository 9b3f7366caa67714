import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { at, CALL_ID, CALL_SID, ended, message, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { createDeadLetters } from '../mirror/dead-letters.ts';
import { live, stored } from '../paths.ts';
import { createDeadLetterReplay, type Replayed } from './dead-letters.ts';
import { createLetterBox } from './letter-box.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const ZONE = 'Asia/Kolkata';

const beginning = { events: [STARTED, message(1, 'user', 'the hall is on fire')] };
const endBySid = {
  events: [{ type: 'call_ended', call_sid: CALL_SID, at: at(90), end_reason: 'completed' }],
};

/** The mirror as it is, unless another `apply` is given. */
function setUp(apply?: (events: CallEvent[]) => Promise<void>) {
  const database = realtimeDatabase.emptyDatabase();
  const firestore = emptyFirestore();
  const archive = createArchive(firestore, ZONE);
  const now = () => Date.parse(at(2 * 60 * 60));
  const settle = createSettle({ database, archive, now, timeZone: ZONE });
  const mirror = createMirror({ database, archive: settle, now });
  const letters = createLetterBox(firestore);
  const deadLetters = createDeadLetterReplay({ letters, apply: apply ?? mirror.apply });
  const { record } = createDeadLetters(firestore);
  const read = async (path: string) => (await database.read(path)).value;
  async function replayAll(): Promise<Replayed[]> {
    const told: Replayed[] = [];
    await deadLetters.replayAll((replayed) => told.push(replayed));
    return told;
  }
  return { deadLetters, record, replayAll, firestore, settle, archive, read };
}

describe('the list of dead letters', () => {
  it('shows when, why, what kind and which call, oldest first, and nobody’s words', async () => {
    const { deadLetters, record } = setUp();
    await record(beginning, 'MalformedLiveData');
    await record(endBySid, 'call_unknown');
    const list = await deadLetters.list();
    expect(list).toMatchObject([
      {
        reason: 'MalformedLiveData',
        types: ['call_started', 'message_added'],
        callSid: CALL_SID,
        recordedAt: expect.any(Date),
      },
      { reason: 'call_unknown', types: ['call_ended'], callSid: CALL_SID },
    ]);
    expect(JSON.stringify(list)).not.toMatch(/fire|15550100001/);
  });

  it('shows letters that are no tasks, and repeats nothing that stands in them', async () => {
    const { deadLetters, record, firestore } = setUp();
    await record({ events: [{ type: 'help me', call_sid: 'my name' }] }, 'schema');
    await record('words', 'schema');
    await record({ events: 'words' }, 'schema');
    await record({ events: [null] }, 'schema');
    await firestore.doc(stored.deadLetter('handmade')).set({ payload: 5 });
    const list = await deadLetters.list();
    expect(list.map(({ types, callSid }) => [types, callSid])).toEqual(
      Array.from({ length: 5 }, () => [['unknown'], undefined]),
    );
    expect(list[0]).toMatchObject({ id: 'handmade', reason: 'unknown', recordedAt: undefined });
  });

  it('is empty where there are none', async () => {
    expect(await setUp().deadLetters.list()).toEqual([]);
  });
});

describe('a replay', () => {
  it('mirrors the events and removes the letter', async () => {
    const { deadLetters, record, replayAll, read } = setUp();
    await record(beginning, 'MalformedLiveData');
    const [letter] = await deadLetters.list();
    expect(await replayAll()).toEqual([{ id: letter?.id, reason: undefined }]);
    expect(await deadLetters.list()).toEqual([]);
    expect(await read(live.call(CALL_ID))).toMatchObject({ status: 'ACTIVE' });
  });

  it('of one letter leaves the others', async () => {
    const { deadLetters, record } = setUp();
    await record(beginning, 'MalformedLiveData');
    await record(endBySid, 'call_unknown');
    const id = (await deadLetters.list())[0]?.id ?? '';
    const letter = await deadLetters.find(id);
    expect(letter).toBeDefined();
    if (letter) await deadLetters.replay(letter);
    expect(await deadLetters.list()).toMatchObject([{ reason: 'call_unknown' }]);
    expect(await deadLetters.find(id)).toBeUndefined();
  });

  it('of all begins with the oldest, so that an end finds its call', async () => {
    const { deadLetters, record, replayAll, read } = setUp();
    await record(beginning, 'MalformedLiveData');
    await record(endBySid, 'call_unknown');
    expect(await replayAll()).toHaveLength(2);
    expect(await deadLetters.list()).toEqual([]);
    expect(await read(live.call(CALL_ID))).toMatchObject({ status: 'ENDED', ended_at: at(90) });
  });

  it('for an archived call goes into the archive, and nothing comes back (I4)', async () => {
    const { deadLetters, record, replayAll, settle, archive, read } = setUp();
    await record({ events: [STARTED, message(2, 'user', 'late words')] }, 'MalformedLiveData');
    await archive.merge(CALL_ID, { events: [STARTED, message(1, 'user', 'fire'), ended(30)] });
    await settle.settle(CALL_ID);
    await replayAll();
    expect(await deadLetters.list()).toEqual([]);
    expect(await read(live.call(CALL_ID))).toBeNull();
    const conversation = await archive.conversation(conversationId(CALL_ID));
    expect(conversation?.messages.map(({ content }) => content)).toEqual(['fire', 'late words']);
  });

  it('that fails keeps the letter, with its new reason, and goes on with the next', async () => {
    const { deadLetters, record, replayAll } = setUp(async ([event]) => {
      if (event?.type === 'call_started') throw new AuroraError(503, 'database_away', 'Away.');
    });
    await record(beginning, 'MalformedLiveData');
    await record(endBySid, 'call_unknown');
    const before = await deadLetters.list();
    expect(await replayAll()).toEqual([
      { id: before[0]?.id, reason: 'database_away' },
      { id: before[1]?.id, reason: undefined },
    ]);
    expect(await deadLetters.list()).toEqual([{ ...before[0], reason: 'database_away' }]);
  });

  it('of an end whose call is still unknown keeps the letter', async () => {
    const { record, replayAll } = setUp();
    await record(endBySid, 'old reason');
    expect(await replayAll()).toMatchObject([{ reason: 'call_unknown' }]);
  });

  it('of what is no task applies nothing and keeps it (I7)', async () => {
    const applied: unknown[] = [];
    const { deadLetters, record, replayAll } = setUp(async (events) => void applied.push(events));
    await record({ events: [{ ...STARTED, call_id: '../x' }] }, 'schema');
    await record({ events: [] }, 'schema');
    const replayed = await replayAll();
    expect(replayed.map(({ reason }) => reason)).toEqual([
      'The task does not have its schema.',
      'The task does not have its schema.',
    ]);
    expect(applied).toEqual([]);
    expect(await deadLetters.list()).toHaveLength(2);
  });

  it('does not bring a letter back that somebody else has brought home meanwhile', async () => {
    let home = async () => {};
    const { deadLetters, record, replayAll, firestore } = setUp(async () => {
      await home();
      throw new AuroraError(503, 'contended', 'Too many.');
    });
    await record(beginning, 'MalformedLiveData');
    const id = (await deadLetters.list())[0]?.id ?? '';
    home = async () => void (await firestore.doc(stored.deadLetter(id)).delete());
    expect(await replayAll()).toEqual([{ id, reason: 'contended' }]);
    expect(await deadLetters.list()).toEqual([]);
  });
});
