import { describe, expect, it } from 'vitest';
import { at, CALL_ID, ended, owned, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { reduce } from '../calls/reduce.ts';
import { instant } from '../calls/times.ts';
import type { Link } from './link.ts';
import { speakerOf } from './speaker.ts';

const link = (fields: Partial<Link> = {}): Link => ({
  call: CALL_ID,
  company: 'demo',
  startedAt: at(0),
  emergencyNumber: '112',
  turn: { n: 3, random: 'abcdef0123' },
  urgency: 'NORMAL',
  confirmed: false,
  badlyHeard: 0,
  slow: false,
  silences: 0,
  epoch: 0,
  language: 'en-IN',
  languages: ['en-IN'],
  ...fields,
});

const seconds = (after: number) => instant(at(after)) / 1_000;
const speaker = (sent: Link, after: number, ...events: CallEvent[]) =>
  speakerOf(sent, reduce({}, [STARTED, ...events]), instant(at(after)));
const unread = (sent: Link, after: number) => speakerOf(sent, undefined, instant(at(after)));

describe('who speaks on a line', () => {
  it('is Aurora where nobody ever had the call, and a supervisor who has taken it since', () => {
    expect(speaker(link(), 10)).toEqual({ kind: 'aurora', epoch: 0 });
    expect(speaker(link(), 10, owned(1, 0, 'admin_a'))).toEqual({
      kind: 'supervisor',
      epoch: 1,
      until: seconds(45),
    });
  });

  it('is Aurora where the lease has ended, and somebody is told that it has', () => {
    const after = speaker(link({ epoch: 1, heldUntil: seconds(45) }), 46, owned(1, 0, 'admin_a'));
    expect(after).toMatchObject({ kind: 'aurora', epoch: 1, lapsed: { id: 'admin_a' } });
    expect(speaker(link({ epoch: 1 }), 46, owned(1, 0, 'admin_a'), owned(2, 46))).toEqual({
      kind: 'aurora',
      epoch: 2,
    });
  });

  it('is who the link says, where the call was read before it knew of that', () => {
    const held = link({ epoch: 3, heldUntil: seconds(45) });
    expect(speaker(held, 10, owned(2, 5))).toMatchObject({ kind: 'supervisor', epoch: 3 });
    expect(speaker(link({ epoch: 3 }), 10, owned(2, 0, 'admin_b'))).toEqual({
      kind: 'aurora',
      epoch: 3,
    });
  });

  it('is who the link says where nothing can be read, until the lease that is known ends (I8)', () => {
    const held = link({ epoch: 1, heldUntil: seconds(45) });
    expect(unread(held, 44)).toMatchObject({ kind: 'supervisor', epoch: 1 });
    expect(unread(held, 45)).toEqual({ kind: 'aurora', epoch: 1 });
    expect(unread(link({ epoch: 2 }), 10)).toEqual({ kind: 'aurora', epoch: 2 });
  });

  it('is Aurora on a call that counts as over while the person is still there', () => {
    const held = link({ epoch: 1, heldUntil: seconds(45) });
    expect(speaker(held, 10, owned(1, 0, 'admin_a'), ended(5)).kind).toBe('aurora');
    expect(speakerOf(held, {}, instant(at(10)))).toEqual({ kind: 'aurora', epoch: 1 });
  });
});
