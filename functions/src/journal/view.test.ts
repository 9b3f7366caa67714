import { describe, expect, test } from 'vitest';
import { type CallState, reduce } from '../calls/reduce.ts';
import { ended, said, started } from './journal.fixture.ts';
import { DEFAULT_LIMITS, type JournalLimits } from './limits.ts';
import { createState } from './state.ts';

/** A state at a time that the test sets, with limits small enough to reach. */
function stateWith(limits: Partial<JournalLimits>) {
  const clock = { time: 0, now: () => clock.time };
  const state = createState({ ...DEFAULT_LIMITS, ...limits }, clock);
  return {
    clock,
    evict: state.evict,
    known: () => state.view.ids().map((id) => Number(id.slice(9, 16))),
    callIdOf: state.view.callIdOf,
    view: state.view,
    add(n: number, { end = false, isPending = false } = {}) {
      clock.time += 1;
      const batch = state.prepare([started(n), said(n, 1), ...(end ? [ended(n)] : [])]);
      state.hold(batch);
      if (!isPending) state.release(batch.receipt);
      return batch.receipt;
    },
    release: state.release,
  };
}

describe('what is kept', () => {
  test('the ended calls last touched stay, up to their number', () => {
    const { add, evict, known } = stateWith({ endedCount: 2 });
    for (const n of [1, 2, 3, 4]) add(n, { end: true });
    add(5);
    add(1);
    evict();
    expect(known()).toEqual([1, 4, 5]);
  });

  test('the live calls last touched stay, up to their number', () => {
    const { add, evict, known } = stateWith({ quietCount: 2 });
    add(1, { end: true });
    for (const n of [2, 3, 4]) add(n);
    evict();
    expect(known()).toEqual([1, 3, 4]);
  });

  test('what was not touched for too long goes', () => {
    const { add, clock, evict, known } = stateWith({ endedAge: 100, quietAge: 200 });
    add(1, { end: true });
    add(2);
    clock.time = 101;
    evict();
    expect(known()).toEqual([1, 2]);
    clock.time = 102;
    evict();
    expect(known()).toEqual([2]);
    clock.time = 203;
    evict();
    expect(known()).toEqual([]);
  });

  test('a call with a pending batch stays, whatever its age, until it is queued', () => {
    const { add, clock, evict, known, release } = stateWith({ endedCount: 0, endedAge: 100 });
    const receipt = add(1, { end: true, isPending: true });
    add(1);
    clock.time = 1_000;
    evict();
    expect(known()).toEqual([1]);
    release(receipt);
    evict();
    expect(known()).toEqual([]);
  });

  test('a call that was read back is as old as its last message', () => {
    const { add, clock, evict, known, view } = stateWith({ quietAge: 1_000 });
    const { call, conversation } = reduce({}, [started(1), said(1, 1)]) as Required<CallState>;
    clock.time = Date.parse(call.last_message_at) + 1_000;
    view.load(started(1).call_id, { call, conversation });
    add(2);
    evict();
    expect(known()).toEqual([2]);
  });

  test('a call that goes is not found by its CallSid any more', () => {
    const { add, callIdOf, evict } = stateWith({ quietCount: 0 });
    add(1);
    evict();
    expect(callIdOf(started(1).call_sid)).toBeUndefined();
  });
});
