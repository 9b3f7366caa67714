import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  belongsToSid,
  CALL_ID,
  callId,
  conversationId,
  formatTurnToken,
  greetingTurn,
  MESSAGE_ID,
  messageId,
  nextTurn,
  parseTurnToken,
  startOfCall,
  turnOfMessage,
} from './ids.ts';

const SID = 'CA0123456789abcdef0123456789abcdef';
const now = Date.parse('2025-10-04T09:00:00Z');
const parts = { mobileNo: '+919876543210', sid: SID, now, timeZone: 'Asia/Kolkata' };

describe('call ids', () => {
  it('name the number, the local time and the end of the CallSid', () => {
    expect(callId(parts)).toBe('call_919876543210_20251004_143000_abcdef');
    expect(conversationId(callId(parts))).toBe('conv_919876543210_20251004_143000_abcdef');
  });

  it.each(['anonymous', '', '+266696687', 'client:alice', 'sip:x@y', '../../etc', 'constructor'])(
    'call a caller without a number anonymous: %j',
    (mobileNo) => {
      expect(callId({ ...parts, mobileNo })).toBe('call_anonymous_20251004_143000_abcdef');
    },
  );

  it('hold no digits of the number when they are hashed, and differ by number and key', () => {
    const hashed = (mobileNo: string, hashKey: string) => callId({ ...parts, mobileNo, hashKey });
    expect(hashed('+919876543210', 'k')).toMatch(/^call_h[0-9a-f]{12}_20251004_143000_abcdef$/);
    expect(hashed('+919876543210', 'k')).not.toContain('9876543210');
    expect(hashed('+919876543210', 'k')).not.toBe(hashed('+919876543211', 'k'));
    expect(hashed('+919876543210', 'k')).not.toBe(hashed('+919876543210', 'j'));
  });

  it('always match their pattern and give their start back to the second', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        (mobileNo, date) => {
          const id = callId({ ...parts, mobileNo, now: date.getTime() });
          expect(id).toMatch(CALL_ID);
          const start = startOfCall(id, 'Asia/Kolkata')?.toMillis();
          expect(start).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
        },
      ),
    );
  });

  it('belong to the CallSid that they were made for, and to no other', () => {
    expect(belongsToSid(callId(parts), SID)).toBe(true);
    expect(belongsToSid(callId(parts), `CA${'1'.repeat(32)}`)).toBe(false);
    expect(belongsToSid(`x/${callId(parts)}`, SID)).toBe(false);
  });
});

describe('turn tokens', () => {
  it('survive the way through a URL', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.stringMatching(/^[0-9a-f]{0,10}$/),
        (n, seed) => {
          const token = { n, random: `${seed}abcdef`.slice(0, 10) };
          expect(parseTurnToken(formatTurnToken(token))).toEqual(token);
        },
      ),
    );
  });

  it.each(['', 'x', '1', '-1-abcdef', '1-a/b', '1-', '1-abc', '1234567-abcdef', '1-abcdef-2'])(
    'are refused when malformed: %j',
    (text) => {
      expect(parseTurnToken(text)).toBeUndefined();
    },
  );

  it('lead to the same next turn on every instance, and to another one from another turn (I3)', () => {
    const first = greetingTurn(SID);
    expect(first).toEqual(greetingTurn(SID));
    expect(nextTurn(SID, first)).toEqual(nextTurn(SID, first));
    expect(nextTurn(SID, first).n).toBe(1);
    expect(nextTurn(SID, first)).not.toEqual(nextTurn(SID, { n: 0, random: 'aaaaaaaaaa' }));
  });

  it('make message ids whose place can be read back', () => {
    const id = messageId({ n: 42, random: 'abcdef0123' }, 'assistant');
    expect(id).toBe('m000042-abcdef0123-1');
    expect(id).toMatch(MESSAGE_ID);
    expect(turnOfMessage(id)).toBe(42);
  });
});
