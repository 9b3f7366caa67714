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
import { messageId } from '../calls/ids.ts';
import type { CallEvent, MessageAdded } from '../calls/model.ts';
import { live } from '../paths.ts';
import { CONVERSATION_ID, useStreams } from './streams.fixture.ts';

const setUp = useStreams();

/** The caller's words of turn 2, which tell that another reply was heard than the one that is kept. */
function heardAnotherReply(): CallEvent {
  const id = messageId({ n: 1, random: 'abcdef0123' }, 'assistant');
  return { ...message(2, 'user', 'what?'), heard: { id, hash: '00000000' } } as CallEvent;
}

describe('the stream of a conversation', () => {
  it('sends what there is, then every change as it comes, and ends when the call is archived', async () => {
    const { mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await follow(origin, await signIn('asha'));
    const initial = await client.next();
    expect(initial.event).toBe('initial');
    expect(initial.data.call).toMatchObject({ call_id: CALL_ID, urgency: 'NORMAL' });
    expect(initial.data.conversation).toMatchObject({ total_messages: 1, archived_at: null });

    await mirror.apply([STARTED, message(1, 'assistant', 'leave the building')]);
    expect(await client.next()).toMatchObject({
      event: 'new_messages',
      data: { messages: [{ role: 'assistant', content: 'leave the building' }] },
    });
    await mirror.apply([STARTED, judged('CRITICAL', 1)]);
    expect(await client.next()).toMatchObject({
      event: 'call',
      data: { call: { urgency: 'CRITICAL' } },
    });
    await mirror.apply([STARTED, ended(60)]);
    expect(await client.next()).toMatchObject({
      event: 'call',
      data: { call: { status: 'ENDED' } },
    });
    await settle.settle(CALL_ID);
    expect(await client.next()).toMatchObject({
      event: 'ended',
      data: { call: { status: 'COMPLETE', state: 'archived' } },
    });
    expect(await client.ended).toBe(false);
  });

  it('begins at once, in a form that no proxy holds back', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED]);
    const client = await follow(origin, await signIn('asha'));
    expect(client.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(client.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(client.headers.get('x-accel-buffering')).toBe('no');
    await client.next();
    expect(client.retries).toEqual(['2000']);
  });

  it('sends a reply again when it becomes known that it was not spoken', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'assistant', 'kept')]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    await mirror.apply([STARTED, heardAnotherReply()]);
    const messages = [await client.next(), await client.next()].flatMap(
      ({ data }) => data.messages,
    );
    expect(messages).toContainEqual(expect.objectContaining({ content: 'kept', spoken: false }));
    expect(messages).toHaveLength(2);
  });

  it('sends facts as they become known, and with a reply what it rests on', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    await mirror.apply([STARTED, reported(1, { injured: { value: '2' } })]);
    expect(await client.next()).toMatchObject({
      event: 'call',
      data: { call: { facts: { injured: { value: '2', turn: 1 }, where: null } } },
    });
    const reply = message(1, 'assistant', 'Get out.', 0) as MessageAdded;
    const grounded = { ...reply, message: { ...reply.message, grounding: GROUNDING } };
    await mirror.apply([STARTED, grounded]);
    expect(await client.next()).toMatchObject({
      event: 'new_messages',
      data: { messages: [{ content: 'Get out.', grounding: GROUNDING }] },
    });
  });

  it.each(['live', 'over'])(
    'resumes in a call that is %s with what is missing alone, also where it came late',
    async (now) => {
      const { mirror, settle, signIn, startInstance, follow } = await setUp();
      const { origin } = await startInstance();
      const token = await signIn('asha');
      await mirror.apply([STARTED, message(3, 'user', 'three')]);
      const first = await follow(origin, token);
      await first.next();
      first.leave();
      await mirror.apply([STARTED, message(1, 'user', 'one'), message(4, 'user', 'four')]);
      if (now === 'over') {
        await mirror.apply([STARTED, ended(60)]);
        await settle.settle(CALL_ID);
      }
      const second = await follow(origin, token, { since: first.lastId() ?? '' });
      const event = await second.next();
      expect(event.event).toBe('new_messages');
      expect(event.data.messages.map(({ content }: { content: string }) => content)).toEqual([
        'one',
        'four',
      ]);
      if (now === 'over') expect((await second.next()).event).toBe('ended');
    },
  );

  it('sends nothing to a client that has everything, until something comes', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED, message(1, 'user', 'one')]);
    const first = await follow(origin, token);
    await first.next();
    const second = await follow(origin, token, { id: first.lastId() ?? '' });
    await mirror.apply([STARTED, message(2, 'user', 'two')]);
    expect(await second.next()).toMatchObject({ data: { messages: [{ content: 'two' }] } });
    expect(second.events).toHaveLength(1);
  });

  it('tells a client that comes back of an urgency that rose while it was away', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED]);
    const first = await follow(origin, token);
    await first.next();
    first.leave();
    await mirror.apply([STARTED, message(1, 'user', 'fire'), judged('CRITICAL', 1)]);
    const second = await follow(origin, token, { id: first.lastId() ?? '' });
    const messages = await second.next();
    const third = await follow(origin, token, { id: messages.id ?? '' });
    for (const client of [second, third]) {
      expect(await client.next()).toMatchObject({
        event: 'call',
        data: { call: { urgency: 'CRITICAL' } },
      });
    }
  });

  it('takes the newer place where a client sends both: the one in the header', async () => {
    const { mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED]);
    const first = await follow(origin, token);
    const since = (await first.next()).id ?? '';
    await mirror.apply([STARTED, message(1, 'user', 'one')]);
    const id = (await first.next()).id ?? '';
    await mirror.apply([STARTED, message(2, 'user', 'two')]);
    const second = await follow(origin, token, { since, id });
    expect(await second.next()).toMatchObject({ data: { messages: [{ content: 'two' }] } });
  });

  it.each(['', 'garbage', '\u00ff', 'A'.repeat(9_000)])(
    'begins anew for a place that is none of ours: %.12j',
    async (since) => {
      const { mirror, signIn, startInstance, follow } = await setUp();
      const { origin } = await startInstance();
      await mirror.apply([STARTED]);
      const client = await follow(origin, await signIn('asha'), { since });
      expect((await client.next()).event).toBe('initial');
    },
  );

  it('of a call that is over sends everything and its end', async () => {
    const { mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire'), ended(60)]);
    await settle.settle(CALL_ID);
    const client = await follow(origin, await signIn('asha'));
    expect(await client.next()).toMatchObject({
      event: 'initial',
      data: { conversation: { total_messages: 1, archived_at: expect.any(String) } },
    });
    expect((await client.next()).event).toBe('ended');
    expect(await client.ended).toBe(false);
    const again = await follow(origin, await signIn('asha'), { id: client.lastId() ?? '' });
    expect((await again.next()).event).toBe('ended');
  });

  it('shows a call that has ended and is not archived yet, and stays open', async () => {
    const { mirror, settle, signIn, startInstance, follow } = await setUp({
      settings: { heartbeatSeconds: 0.05 },
    });
    const { origin } = await startInstance();
    await mirror.apply([STARTED, ended(60)]);
    const client = await follow(origin, await signIn('asha'));
    expect(await client.next()).toMatchObject({
      data: { call: { status: 'ENDED', state: 'live' } },
    });
    await expect.poll(() => client.heartbeats.length).toBeGreaterThan(1);
    expect(client.heartbeats[0]?.data.time).toMatch(/^\d{4}-\d\d-\d\dT.*\+05:30$/);
    await settle.settle(CALL_ID);
    expect((await client.next()).event).toBe('ended');
  });

  it('brings words that went past the live copy, straight into the archive, before the end (I2)', async () => {
    const { archive, mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(2, 'user', 'smoke'), ended(60)]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    await archive.merge(CALL_ID, { events: [STARTED, message(1, 'user', 'fire')] });
    await settle.settle(CALL_ID);
    expect(await client.next()).toMatchObject({
      event: 'new_messages',
      data: { messages: [{ content: 'fire' }] },
    });
    expect((await client.next()).event).toBe('ended');
  });

  it('waits for the archive where somebody removed the live copy by hand', async () => {
    const { database, mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await settle.settleDeleted(CALL_ID, value);
    expect((await client.next()).event).toBe('ended');
  });

  it('says that it can not tell what came of a call that vanished, and asks to come back', async () => {
    const { database, mirror, signIn, startInstance, follow } = await setUp({ pauses: [0, 10] });
    const { origin } = await startInstance();
    await mirror.apply([STARTED]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    const { etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'unavailable' } });
    await client.ended;
    expect(client.retries.at(-1)).toBe('5000');
  });

  it('goes on where a late task makes the call live again before the archive has it', async () => {
    const { database, mirror, settle, signIn, startInstance, follow } = await setUp({
      pauses: [0, ...Array(100).fill(20)],
    });
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    const { value, etag } = await database.read(live.call(CALL_ID));
    await database.compareAndSet(live.call(CALL_ID), etag, null);
    await database.create(live.call(CALL_ID), value);
    await mirror.apply([STARTED, message(2, 'user', 'smoke')]);
    expect(await client.next()).toMatchObject({ data: { messages: [{ content: 'smoke' }] } });
    await mirror.apply([STARTED, ended(60)]);
    await client.next();
    await settle.settle(CALL_ID);
    expect((await client.next()).event).toBe('ended');
  });

  it('shows late words of an archived call together with what was archived before (I4)', async () => {
    const { database, archive, mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire'), ended(60)]);
    const { value } = await database.read(live.call(CALL_ID));
    await settle.settle(CALL_ID);
    // As a task leaves it that found no tombstone, wrote, and died.
    await database.create(
      live.message(CONVERSATION_ID, messageId({ n: 2, random: 'abcdef0123' }, 'user')),
      {
        role: 'user',
        content: 'smoke',
        timestamp: at(50),
        sources: '',
      },
    );
    await database.create(live.call(CALL_ID), value);
    const client = await follow(origin, await signIn('asha'));
    const { data } = await client.next();
    expect(data.conversation.messages.map(({ content }: { content: string }) => content)).toEqual([
      'fire',
      'smoke',
    ]);
    await settle.settle(CALL_ID);
    expect((await client.next()).event).toBe('ended');
    expect((await archive.conversation(CONVERSATION_ID))?.total_messages).toBe(2);
  });

  it('leaves out a live message that is malformed, and shows the others', async () => {
    const { database, mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    await database.create(live.message(CONVERSATION_ID, 'm000002-abcdef0123-0'), { role: 'king' });
    const client = await follow(origin, await signIn('asha'));
    expect((await client.next()).data.conversation.total_messages).toBe(1);
  });

  it('is noted in the audit log, once', async () => {
    const { firestore, mirror, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    await mirror.apply([STARTED]);
    const client = await follow(origin, await signIn('asha'));
    await client.next();
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    await client.next();
    const { docs } = await firestore.collection('audit_log').get();
    expect(docs.map((entry) => entry.data())).toMatchObject([
      {
        action: 'conversation.streamed',
        company_id: 'demo',
        target: CONVERSATION_ID,
        who: { kind: 'admin', id: 'asha' },
      },
    ]);
  });
});
