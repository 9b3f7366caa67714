import { describe, expect, it } from 'vitest';
import { at, CALL_ID, CALL_SID, message, owned, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { reduce } from '../calls/reduce.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { live } from '../paths.ts';
import { createStaleReplies } from './stale-reply.ts';

const realtimeDatabase = useRealtimeDatabase();

/** The same call, as an instance knows it that began it anew a second later. */
const OTHER_ID = CALL_ID.replace(/_143000_/, '_143001_');

function replyUnder(callId: string): CallEvent[] {
  const line = { epoch: 0, turn: 4, link: 'ep=0&turn=4-abcdef' };
  return [STARTED, message(3, 'assistant', 'Get out now.')]
    .map((event) => ({ ...event, call_id: callId }) as CallEvent)
    .concat({ type: 'line_moved', call_id: callId, at: at(3), line });
}

async function open() {
  const database = realtimeDatabase.emptyDatabase();
  const { call } = reduce({}, [STARTED, owned(1, 2, 'admin_a')]);
  await database.create(live.call(CALL_ID), call);
  await database.create(live.callSid(CALL_SID), CALL_ID);
  const sentOn: string[] = [];
  const sendOnAfter = createStaleReplies({
    database,
    holding: async () => ({
      sendOn: async (callId) => {
        sentOn.push(callId);
        return 'sent';
      },
    }),
    now: () => Date.parse(at(5)),
  });
  return { sendOnAfter, sentOn };
}

describe('a reply that was made before a takeover was known', () => {
  it('has the caller sent on again', async () => {
    const { sendOnAfter, sentOn } = await open();
    await sendOnAfter(replyUnder(CALL_ID));
    expect(sentOn).toEqual([CALL_ID]);
  });

  it('also where its instance knows the call by an id that claimed nothing (I3)', async () => {
    const { sendOnAfter, sentOn } = await open();
    await sendOnAfter(replyUnder(OTHER_ID));
    expect(sentOn).toEqual([CALL_ID]);
  });

  it('is no reply where only the caller has spoken', async () => {
    const { sendOnAfter, sentOn } = await open();
    await sendOnAfter([STARTED, message(3, 'user', 'hello')]);
    expect(sentOn).toEqual([]);
  });
});
