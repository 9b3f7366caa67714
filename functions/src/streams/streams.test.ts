import { describe, expect, it } from 'vitest';
import { CALL_ID, ended, judged, message, STARTED } from '../calls/events.fixture.ts';
import { CONVERSATION_ID, useStreams } from './streams.fixture.ts';

const setUp = useStreams();

describe('the stream of a conversation', () => {
  it('sends what there is, then every change as it comes, and ends when the call is archived', async () => {
    const { mirror, settle, signIn, startInstance, follow } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    const client = await follow(origin, token);
    expect(client.status).toBe(200);
    const initial = await client.next();
    expect(initial.event).toBe('initial');
    expect(initial.data.call).toMatchObject({ call_id: CALL_ID, urgency: 'NORMAL' });
    expect(initial.data.conversation.messages).toHaveLength(1);

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
    expect(CONVERSATION_ID).toContain('conv_');
  });
});

describe('the stream of the live calls', () => {
  it('sends the list, then what is added, changed and removed', async () => {
    const { mirror, settle, signIn, startInstance, followList } = await setUp();
    const { origin } = await startInstance();
    const token = await signIn('asha');
    const client = await followList(origin, token);
    expect(await client.next()).toMatchObject({ event: 'initial', data: { items: [] } });
    await mirror.apply([STARTED, message(1, 'user', 'fire')]);
    expect(await client.next()).toMatchObject({
      event: 'added',
      data: { call: { call_id: CALL_ID } },
    });
    await mirror.apply([STARTED, judged('CRITICAL', 1)]);
    expect(await client.next()).toMatchObject({
      event: 'changed',
      data: { call: { urgency: 'CRITICAL' } },
    });
    await mirror.apply([STARTED, ended(60)]);
    await client.next();
    await settle.settle(CALL_ID);
    expect(await client.next()).toMatchObject({
      event: 'removed',
      data: { call_id: CALL_ID, reason: 'ended' },
    });
  });
});
