import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallEvent } from '../calls/model.ts';
import { anyBatch, ended, started } from './journal.fixture.ts';
import { batchLine, openedLine, parseLine, queuedLine } from './line.ts';
import { soleCallId } from './state.ts';

describe('a line', () => {
  test('comes back as it was written, in one line, whatever was said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), anyBatch, (receipt, events) => {
        expect(events.every((event) => CallEvent.safeParse(event).success)).toBe(true);
        const batch = { receipt, callId: soleCallId(events), events };
        const line = batchLine(batch);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(parseLine(line)).toEqual({ kind: 'batch', batch });
      }),
    );
  });

  test('remembers the call that a CallSid stood for', () => {
    const { call_id, ...bySid } = ended(1) as Extract<CallEvent, { type: 'call_ended' }>;
    const batch = { receipt: 1, callId: started(1).call_id, events: [bySid] };
    expect(parseLine(batchLine(batch))).toEqual({ kind: 'batch', batch });
  });

  test('says which batch is queued and where receipts go on', () => {
    expect(parseLine(queuedLine(7))).toEqual({ kind: 'queued', receipt: 7 });
    expect(parseLine(openedLine(8))).toEqual({ kind: 'opened', nextReceipt: 8 });
  });

  test('is refused when it is cut anywhere', () => {
    const line = batchLine({ receipt: 12, callId: started(1).call_id, events: [started(1)] });
    for (let length = 0; length < line.length - 1; length += 1) {
      expect(parseLine(line.slice(0, length))).toBeUndefined();
    }
  });

  test.each([
    ['no JSON', '{"receipt":1,"events":[}'],
    ['no object', '[1]'],
    ['no receipt', '{"events":[]}'],
    ['a receipt that is no count', '{"receipt":-1,"events":[]}'],
    ['an unknown event', '{"receipt":1,"events":[{"type":"call_exploded","call_id":"x"}]}'],
    [
      'a message without content',
      '{"receipt":1,"events":[{"type":"message_added","call_id":"x","message":{"id":"m","role":"user","timestamp":"t","sources":""}}]}',
    ],
    [
      'an urgency that does not exist',
      '{"receipt":1,"events":[{"type":"urgency_changed","call_id":"x","urgency":"MILD","by":{"kind":"aurora","turn":1,"at":"t"}}]}',
    ],
    [
      'two calls',
      '{"receipt":1,"events":[{"type":"call_ended","call_id":"x","at":"t","end_reason":"r"},{"type":"call_ended","call_id":"y","at":"t","end_reason":"r"}]}',
    ],
  ])('is refused with %s', (_what, text) => {
    expect(parseLine(text)).toBeUndefined();
  });
});
