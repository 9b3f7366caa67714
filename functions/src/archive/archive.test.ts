import { describe, expect, it } from 'vitest';
import { CALL_ID, ended, judged, message, STARTED } from '../calls/events.fixture.ts';
import type { Message } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { live, stored } from '../paths.ts';
import { CONVERSATION_ID, useArchive } from './archive.fixture.ts';
import { HINDI, hindiConversation, said } from './pages.fixture.ts';
import { messageSize } from './pages.ts';
import { LONGEST_CONVERSATION } from './size-limits.ts';

const setUp = useArchive();
const SECRET = 'my leg is broken';

describe('many merges of one call at once', () => {
  it('lose nothing where nothing was archived before (I2)', async () => {
    const { archive } = setUp();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        archive.merge(CALL_ID, {
          events: [STARTED, message(n, 'user', `words of turn ${n}`), judged('URGENT', n)],
        }),
      ),
    );
    const conversation = await archive.conversation(CONVERSATION_ID);
    expect(conversation?.messages.map(({ content }) => content)).toEqual(
      Array.from({ length: 10 }, (_, n) => `words of turn ${n}`),
    );
    expect(conversation?.total_messages).toBe(10);
    expect(await archive.call(CALL_ID)).toMatchObject({ urgency_by: { turn: 9 } });
  });

  it('lose nothing where there are pages (I2)', async () => {
    const { archive } = setUp();
    const call = callFrom(STARTED);
    await archive.merge(CALL_ID, { call, messages: hindiConversation(500, { step: 2 }) });
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        archive.merge(CALL_ID, { events: [STARTED, message(100 * n + 2, 'user', `late ${n}`)] }),
      ),
    );
    const conversation = await archive.conversation(CONVERSATION_ID);
    const late = conversation?.messages.filter(({ content }) => content.startsWith('late'));
    expect(late?.map(({ content }) => content)).toEqual(
      Array.from({ length: 10 }, (_, n) => `late ${n}`),
    );
    expect(conversation?.total_messages).toBe(510);
  });
});

describe('a malformed document in the archive', () => {
  it.each([
    ['the call', stored.call(CALL_ID), { urgency: SECRET }, 'urgency'],
    ['the conversation', stored.conversation(CONVERSATION_ID), { messages: [SECRET] }, 'messages'],
    ['the number of pages', stored.conversation(CONVERSATION_ID), { page_count: -1 }, 'page_count'],
    ['a page that is missing', stored.conversation(CONVERSATION_ID), { page_count: 1 }, 'document'],
  ])('(%s) is an error that no repetition mends, and names no content', async (...row) => {
    const [, path, fields, named] = row;
    const { archive, firestore } = setUp();
    await archive.merge(CALL_ID, { events: [STARTED, message(1, 'user', SECRET), ended(90)] });
    await firestore.doc(path).update(fields);
    const before = (await firestore.doc(path).get()).data();
    const error = await archive
      .merge(CALL_ID, { events: [STARTED, message(2, 'user', 'more')] })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'malformed_archive', retryable: false });
    expect(String(error)).toContain(named);
    const { message: text, stack, cause } = error as Error;
    expect(JSON.stringify([text, stack, cause])).not.toContain('leg');
    expect((await firestore.doc(path).get()).data()).toEqual(before);
  });

  it('is the same error to those who read it', async () => {
    const { archive, firestore } = setUp();
    await archive.merge(CALL_ID, { events: [STARTED, message(1, 'user', SECRET)] });
    await firestore.doc(stored.call(CALL_ID)).update({ urgency: SECRET });
    await firestore.doc(stored.conversation(CONVERSATION_ID)).update({ messages: [SECRET] });
    const expected = { code: 'malformed_archive', retryable: false };
    await expect(archive.call(CALL_ID)).rejects.toMatchObject(expected);
    await expect(archive.conversation(CONVERSATION_ID)).rejects.toMatchObject(expected);
  });
});

describe('a conversation that is larger than one transaction', () => {
  const call = [ended(90)].reduce(foldCall, callFrom(STARTED));

  it('is refused for good, and stays live (I2)', async () => {
    const { archive, database, settle } = setUp();
    const tooMany = hindiConversation(2_600);
    const messages = Object.fromEntries(tooMany.map(({ id, ...stored }) => [id, stored]));
    await database.create(live.conversation(CONVERSATION_ID), { call_id: CALL_ID, messages });
    await database.create(live.call(CALL_ID), call);
    await expect(settle.settle(CALL_ID)).rejects.toMatchObject({
      code: 'conversation_too_large',
      retryable: false,
    });
    const { value } = await database.read(live.conversation(CONVERSATION_ID));
    expect(Object.keys((value as { messages: object }).messages)).toHaveLength(2_600);
    expect((await database.read(live.call(CALL_ID))).value).not.toBeNull();
    expect(await archive.conversation(CONVERSATION_ID)).toBeUndefined();
  });

  it('is refused for good where late words would make it so, and keeps what is archived', async () => {
    const { archive } = setUp();
    const messages = hindiConversation(2_300, { step: 2 });
    await archive.merge(CALL_ID, { call, messages });
    const late = hindiConversation(300, { from: 2, step: 2 });
    await expect(archive.merge(CALL_ID, { messages: late })).rejects.toMatchObject({
      code: 'conversation_too_large',
      retryable: false,
    });
    expect((await archive.conversation(CONVERSATION_ID))?.messages).toEqual(messages);
  });

  it('is refused too where it is one message that no document holds', async () => {
    const { archive } = setUp();
    const messages: Message[] = [said(1, HINDI.repeat(400))];
    await expect(archive.merge(CALL_ID, { call, messages })).rejects.toMatchObject({
      code: 'message_too_large',
      retryable: false,
    });
  });

  it('holds, just below that, what fits into one request, be it all of the shortest words', async () => {
    const { archive } = setUp();
    const shortest = (n: number): Message => ({
      id: `m${String(n).padStart(6, '0')}-a-0`,
      role: 'user',
      content: '',
      timestamp: '2025-10-04T09:00:00Z',
      sources: '',
    });
    const count = Math.floor((0.995 * LONGEST_CONVERSATION) / messageSize(shortest(0)));
    const messages = Array.from({ length: count }, (_, n) => shortest(n));
    await archive.merge(CALL_ID, { call, messages });
    expect((await archive.conversation(CONVERSATION_ID))?.total_messages).toBe(count);
  });
});
