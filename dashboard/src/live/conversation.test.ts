import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMessages } from '../../../functions/src/calls/order.ts';
import type { Message } from '../api/types.ts';
import { callOf, messageOf } from './calls.fixture.ts';
import { foldConversation } from './conversation.ts';

const NOTHING = { call: undefined, messages: [] };

const anyMessage = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0 as const, 1 as const, 2 as const))
  .map(([n, rank]) => messageOf(n, rank));

function folded(...portions: (readonly Message[])[]): readonly Message[] {
  return portions.reduce<typeof NOTHING | ReturnType<typeof foldConversation>>(
    (known, messages) => foldConversation(known, { name: 'new_messages', messages }),
    NOTHING,
  ).messages;
}

describe('a conversation', () => {
  it('is in the order of the API, each message once, however it comes (I2)', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyMessage)), (portions) => {
        const byId = new Map(portions.flat().map((message) => [message.id, message]));
        expect(folded(...portions)).toEqual([...byId.values()].sort(compareMessages));
      }),
    );
  });

  it('has a message that comes again as it is known last', () => {
    const before = messageOf(2, 1, 'Leave the hall.');
    const after: Message = { ...before, spoken: false };
    expect(folded([messageOf(1), before], [after])).toEqual([messageOf(1), after]);
  });

  it('begins with what the stream tells first, and follows the call to its end', () => {
    const first = foldConversation(NOTHING, {
      name: 'initial',
      call: callOf(),
      conversation: {
        conversation_id: callOf().conversation_id,
        call_id: callOf().call_id,
        messages: [messageOf(1)],
        total_messages: 1,
        archived_at: null,
      },
    });
    const over = foldConversation(first, { name: 'ended', call: callOf({ status: 'ENDED' }) });
    expect(over.call?.status).toBe('ENDED');
    expect(over.messages).toEqual([messageOf(1)]);
  });
});
