import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFields } from '../archive/document.ts';
import type { ArchivedCall } from '../archive/schema.ts';
import { anyEvent } from '../calls/events.fixture.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { foldCall } from '../calls/reduce.ts';
import {
  archivedCall,
  archivedConversationOf,
  CALL,
  CONVERSATION,
  conversationOf,
  liveCall,
  message,
} from './records.fixture.ts';
import { CallView, viewCall, viewConversation } from './views.ts';

const SAID = Array.from({ length: 12 }, (_, index) =>
  message(1 + (index >> 1), index % 2 === 0 ? 'user' : 'assistant'),
);

describe('a conversation', () => {
  it('is whole however its messages lie in the two copies, each once and in order', () => {
    const place = fc.constantFrom('live', 'archived', 'both');
    fc.assert(
      fc.property(
        fc.array(place, { minLength: SAID.length, maxLength: SAID.length }),
        fc.shuffledSubarray(SAID, { minLength: SAID.length }),
        (places, shuffled) => {
          const inPlace = (name: string) => (_: Message, index: number) =>
            places[index] === name || places[index] === 'both';
          const view = viewConversation(CONVERSATION, CALL, {
            live: conversationOf(...shuffled.filter(inPlace('live'))),
            archived: archivedConversationOf(...shuffled.filter(inPlace('archived'))),
          });
          expect(view.messages).toEqual(SAID);
          expect(view.total_messages).toBe(SAID.length);
        },
      ),
    );
  });

  it('keeps the content that was archived where the copies differ', () => {
    const view = viewConversation(CONVERSATION, CALL, {
      live: conversationOf(message(1, 'user', 'live words')),
      archived: archivedConversationOf(message(1, 'user', 'archived words')),
    });
    expect(view.messages.map(({ content }) => content)).toEqual(['archived words']);
  });

  it('is not archived while only the live copy is there', () => {
    const live = conversationOf(message(1, 'user'));
    const view = viewConversation(CONVERSATION, CALL, { live, archived: undefined });
    expect(view.archived_at).toBeNull();
  });
});

describe('a call', () => {
  it('that is nowhere has no view', () => {
    expect(viewCall(CALL, { live: undefined, archived: undefined })).toBeUndefined();
  });

  it('that has ended and is not archived yet tells how long it took', () => {
    const live = { ...liveCall, status: 'ENDED' as const, ended_at: '2025-10-04T14:32:00+05:30' };
    const view = viewCall(CALL, { live, archived: undefined });
    expect(view).toMatchObject({ state: 'live', status: 'ENDED', duration_seconds: 120 });
  });

  it('never has a negative duration', () => {
    const live = { ...liveCall, ended_at: '2025-10-04T14:29:00+05:30' };
    expect(viewCall(CALL, { live, archived: undefined })?.duration_seconds).toBe(0);
  });

  it('in both places is archived, and what a late event raised is shown at once', () => {
    const view = viewCall(CALL, { live: liveCall, archived: archivedCall });
    expect(view).toMatchObject({
      state: 'archived',
      status: 'COMPLETE',
      urgency: 'CRITICAL',
      last_message_at: liveCall.last_message_at,
      ended_at: archivedCall.ended_at,
      end_reason: 'completed',
    });
    expect(view?.urgency_by.raised).toHaveProperty('URGENT');
  });

  it('tells what people said of it alike, live and archived, whatever the copies know', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.array(anyEvent), (first, second) => {
        const mine = (events: CallEvent[]) => events.reduce(foldCall, liveCall);
        const stored = (call: Call): ArchivedCall => ({
          ...archivedCall,
          ...callFields(call, []),
          started_at: call.timestamp,
          ended_at: call.ended_at ?? archivedCall.ended_at,
        });
        const said = (copies: Parameters<typeof viewCall>[1]) => {
          const { final_action, admin_notes, noted, acknowledged, dispatches, ...others } =
            viewCall(CALL, copies) as CallView;
          const { urgency, worker_id, facts } = others;
          const people = { final_action, admin_notes, noted, acknowledged, dispatches };
          return { ...people, urgency, worker_id, facts };
        };
        const all = mine([...first, ...second]);
        const whole = said({ live: all, archived: undefined });
        expect(said({ live: undefined, archived: stored(all) })).toEqual(whole);
        expect(said({ live: mine(second), archived: stored(mine(first)) })).toEqual(whole);
      }),
    );
  });

  it('that was imported shows what stands in its document, though nobody knows who wrote it', () => {
    const archived = { ...archivedCall, final_action: 'by hand', admin_notes: 'old' };
    expect(viewCall(CALL, { live: liveCall, archived })).toMatchObject({
      final_action: 'by hand',
      admin_notes: 'old',
      noted: { final_action: null, admin_notes: null },
    });
  });

  it('has every field, null or empty where there is nothing', () => {
    for (const copies of [
      { live: liveCall, archived: undefined },
      { live: undefined, archived: archivedCall },
    ]) {
      const view = viewCall(CALL, copies);
      expect(CallView.parse(view)).toEqual(view);
      expect(Object.keys(view ?? {}).sort()).toEqual(Object.keys(CallView.shape).sort());
      expect(view).toMatchObject({ owner: null, acknowledged: [], dispatches: [] });
      expect(Object.values(view?.facts ?? {})).toEqual([null, null, null, null, null]);
    }
  });

  it('in both places never steps down to what the live copy knows', () => {
    const live = { ...liveCall, urgency: 'NORMAL' as const, urgency_by: started };
    const view = viewCall(CALL, { live, archived: archivedCall });
    expect(view?.urgency).toBe('URGENT');
  });
});

const started = { kind: 'aurora' as const, turn: 0, at: liveCall.timestamp };
