import { describe, expect, it } from 'vitest';
import {
  at,
  CALL_ID,
  ended,
  GROUNDING,
  judged,
  message,
  reported,
  STARTED,
} from '../calls/events.fixture.ts';
import type { CallEvent, MessageAdded } from '../calls/model.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { live } from '../paths.ts';
import { CONVERSATION_ID, liveTraces, useArchive, words } from './archive.fixture.ts';

const setUp = useArchive();
type Parts = ReturnType<typeof setUp>;

const conversation = [
  STARTED,
  message(1, 'user', 'fire in hall three'),
  message(1, 'assistant', 'Get out'),
  judged('URGENT', 1),
];

async function settled(parts: Parts, events: readonly CallEvent[]): Promise<Parts> {
  await parts.mirror.apply(events);
  await parts.settle.settle(CALL_ID);
  return parts;
}

describe('late events of an archived call', () => {
  it('are found by their words, beside those that were there', async () => {
    const { archive, mirror } = await settled(setUp(), [...conversation, ended(90)]);
    await mirror.apply([STARTED, message(2, 'user', 'two people missing', 80)]);
    const { search } = (await archive.call(CALL_ID)) ?? {};
    expect(search).toEqual(expect.arrayContaining(['hall', 'out', 'two', 'missing']));
    expect(new Set(search).size).toBe(search?.length);
  });

  it('bring facts of the incident, of which the better stand (I2)', async () => {
    const { archive, mirror } = await settled(setUp(), [
      ...conversation,
      reported(1, { where: { value: 'hall 3' }, hazard: { value: 'gas-leak' } }),
      ended(90),
    ]);
    await mirror.apply([
      STARTED,
      message(2, 'user', 'two people missing', 80),
      reported(2, { trapped: { value: '2' }, where: { value: 'roof', confidence: 0.3 } }),
    ]);
    const { facts, search } = (await archive.call(CALL_ID)) ?? {};
    expect(facts).toMatchObject({
      where: { value: 'hall 3', turn: 1 },
      hazard: { value: 'gas-leak' },
      trapped: { value: '2', turn: 2 },
    });
    expect(search).toContain('gas');
  });

  it('bring what a reply rests on, as those before them did (I2)', async () => {
    const grounded = (event: CallEvent): CallEvent => {
      const { message: said, ...rest } = event as MessageAdded;
      return { ...rest, message: { ...said, grounding: GROUNDING } };
    };
    const events = [STARTED, grounded(message(1, 'assistant', 'Get out'))];
    const { archive, mirror } = await settled(setUp(), [...events, ended(90)]);
    await mirror.apply([STARTED, grounded(message(2, 'assistant', 'Stay out', 80))]);
    const stored = await archive.conversation(CONVERSATION_ID);
    expect(stored?.messages.map(({ grounding }) => grounding)).toEqual([GROUNDING, GROUNDING]);
  });

  it('tell which reply was not spoken (I3)', async () => {
    const { archive, mirror } = await settled(setUp(), [...conversation, ended(90)]);
    const late = message(2, 'user', 'what now', 80) as Extract<
      CallEvent,
      { type: 'message_added' }
    >;
    const heard = {
      id: late.message.id.replace('m000002', 'm000001').replace(/0$/, '1'),
      hash: hashOfReply('Run'),
    };
    await mirror.apply([STARTED, { ...late, heard }]);
    const stored = await archive.conversation(CONVERSATION_ID);
    expect(stored?.messages.map(({ content, spoken }) => [content, spoken])).toEqual([
      ['fire in hall three', undefined],
      ['Get out', false],
      ['what now', undefined],
    ]);
  });

  it('raise the urgency, and give way to a supervisor of a later turn (I5)', async () => {
    const { archive, mirror } = await settled(setUp(), [...conversation, ended(90)]);
    await mirror.apply([STARTED, judged('CRITICAL', 2)]);
    expect(await archive.call(CALL_ID)).toMatchObject({ urgency: 'CRITICAL' });
    await mirror.apply([STARTED, judged('NORMAL', 3, 'supervisor')]);
    expect(await archive.call(CALL_ID)).toMatchObject({
      urgency: 'NORMAL',
      urgency_by: { kind: 'supervisor', turn: 3, id: 'admin_demo' },
    });
  });

  it('leave nothing behind of the judgement that they replace', async () => {
    const events = [...conversation, judged('URGENT', 2, 'supervisor'), ended(90)];
    const { archive, mirror } = await settled(setUp(), events);
    expect((await archive.call(CALL_ID))?.urgency_by).toMatchObject({ id: 'admin_demo' });
    await mirror.apply([STARTED, judged('CRITICAL', 3)]);
    const { urgency_by } = (await archive.call(CALL_ID)) ?? {};
    expect(urgency_by).toMatchObject({ kind: 'aurora', turn: 3 });
    expect(urgency_by).not.toHaveProperty('id');
  });

  it('move the time of the last words forward, and never back', async () => {
    const { archive, mirror } = await settled(setUp(), [...conversation, ended(90)]);
    await mirror.apply([STARTED, message(3, 'user', 'still here', 100)]);
    await mirror.apply([STARTED, message(2, 'user', 'between', 20)]);
    expect(await archive.call(CALL_ID)).toMatchObject({ last_message_at: at(100) });
    expect((await archive.conversation(CONVERSATION_ID))?.total_messages).toBe(4);
  });

  it('keep what supervisors wrote, and the times of the archive', async () => {
    const { archive, firestore, mirror } = await settled(setUp(), [...conversation, ended(90)]);
    await firestore.doc(`calls/${CALL_ID}`).update({ final_action: 'drill', admin_notes: 'ok' });
    const before = await archive.call(CALL_ID);
    await mirror.apply([STARTED, message(2, 'user', 'more', 80), judged('CRITICAL', 2)]);
    expect(await archive.call(CALL_ID)).toMatchObject({
      final_action: 'drill',
      admin_notes: 'ok',
      timestamp: before?.timestamp,
      resolved_at: before?.resolved_at,
    });
  });
});

describe('the length of an archived call', () => {
  it('is what lies between its own start and end, whenever it is archived', async () => {
    const { archive } = await settled(setUp(), [...conversation, ended(47)]);
    expect(await archive.call(CALL_ID)).toMatchObject({
      started_at: at(0),
      ended_at: at(47),
      duration_seconds: 47,
    });
  });

  it('is never negative, even where the end is told to be before the start', async () => {
    const { archive } = await settled(setUp(), [...conversation, ended(-5)]);
    expect(await archive.call(CALL_ID)).toMatchObject({ ended_at: at(-5), duration_seconds: 0 });
  });

  it('reaches to the last words while no end is known, and to the real end when it comes', async () => {
    const { archive, database, mirror, settle } = setUp();
    await mirror.apply(conversation);
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await settle.settleDeleted(CALL_ID, value);
    await mirror.apply([STARTED, message(2, 'user', 'more', 20)]);
    expect(await archive.call(CALL_ID)).toMatchObject({
      ended_at: at(20),
      duration_seconds: 20,
      end_reason: 'unknown',
    });
    await mirror.apply([ended(90)]);
    expect(await archive.call(CALL_ID)).toMatchObject({
      ended_at: at(90),
      duration_seconds: 90,
      end_reason: 'completed',
    });
  });
});

describe('a live conversation without a call', () => {
  /** As it is left when an instance dies between writing words and the call. */
  async function orphan(parts: Parts): Promise<void> {
    const late = message(1, 'user', 'fire in hall three', 30);
    const { id, ...stored } = late.type === 'message_added' ? late.message : { id: '' };
    await parts.database.create(live.message(CONVERSATION_ID, id), stored);
    await parts.database.create(live.conversationCall(CONVERSATION_ID), CALL_ID);
  }

  it('is archived by settle, without a call', async () => {
    const parts = setUp();
    await orphan(parts);
    await parts.settle.settle(CALL_ID);
    expect(await liveTraces(parts.database)).toEqual([]);
    expect(await words(parts.archive)).toEqual(['fire in hall three']);
    expect(await parts.archive.call(CALL_ID)).toBeUndefined();
  });

  it('is found again, by its words too, when the start of its call comes late', async () => {
    const parts = setUp();
    await orphan(parts);
    await parts.settle.settle(CALL_ID);
    await parts.mirror.apply([
      STARTED,
      message(1, 'assistant', 'Get out', 10),
      judged('CRITICAL', 1),
    ]);
    expect(await liveTraces(parts.database)).toEqual([]);
    expect(await words(parts.archive)).toEqual(['fire in hall three', 'Get out']);
    expect(await parts.archive.call(CALL_ID)).toMatchObject({
      urgency: 'CRITICAL',
      last_message_at: at(30),
      search: ['fire', 'in', 'hall', 'three', 'get', 'out'],
    });
  });

  it('makes an end that overtakes the start wait for it, and keeps it', async () => {
    const parts = setUp();
    await orphan(parts);
    await parts.settle.settle(CALL_ID);
    const early = parts.settle.merge(CALL_ID, [ended(90)]);
    await expect(early).rejects.toMatchObject({ code: 'call_not_archived_yet', retryable: true });
    await parts.mirror.apply([STARTED]);
    await parts.settle.merge(CALL_ID, [ended(90)]);
    expect(await parts.archive.call(CALL_ID)).toMatchObject({
      end_reason: 'completed',
      duration_seconds: 90,
    });
  });

  it('leaves nothing in the archive where there is not even a word', async () => {
    const { archive, settle } = setUp();
    await expect(settle.merge(CALL_ID, [ended(90)])).rejects.toMatchObject({ retryable: true });
    expect(await archive.conversation(CONVERSATION_ID)).toBeUndefined();
  });
});
