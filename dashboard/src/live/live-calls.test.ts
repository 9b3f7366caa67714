import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNeed as byNeedOfTheApi } from '../../../functions/src/admin/views.ts';
import { anyCall, callOf } from './calls.fixture.ts';
import { byNeed, type CallsEvent, createLiveCalls, foldCalls } from './live-calls.ts';

const anyEvent: fc.Arbitrary<CallsEvent> = fc.oneof(
  fc.array(anyCall, { maxLength: 3 }).map((items) => ({ name: 'initial' as const, items })),
  fc.record({ name: fc.constantFrom('added' as const, 'changed' as const), call: anyCall }),
  fc.record({
    name: fc.constant('removed' as const),
    call_id: fc.constantFrom('call_a', 'call_b', 'call_c'),
  }),
);

describe('the live calls', () => {
  it('are the same whether events come one by one or all in one frame', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const together = foldCalls(new Map(), events);
        const apart = events.reduce(
          (known, event) => foldCalls(known, [event]),
          new Map<string, ReturnType<typeof callOf>>(),
        );
        expect([...together].sort()).toEqual([...apart].sort());
      }),
    );
  });

  it('begin anew with a first list, so that nothing stays that ended while the stream was away', () => {
    const known = foldCalls(new Map(), [{ name: 'added', call: callOf({ call_id: 'call_old' }) }]);
    const calls = foldCalls(known, [{ name: 'initial', items: [callOf({ call_id: 'call_new' })] }]);
    expect([...calls.keys()]).toEqual(['call_new']);
  });

  it('do not change what was known before', () => {
    const known = new Map([['call_a', callOf({ call_id: 'call_a' })]]);
    foldCalls(known, [{ name: 'removed', call_id: 'call_a' }]);
    expect(known.size).toBe(1);
  });

  it('stand in the order of the API: most urgent, then longest waiting, the ended last', () => {
    fc.assert(
      fc.property(fc.array(anyCall), (calls) => {
        expect([...calls].sort(byNeed)).toEqual([...calls].sort(byNeedOfTheApi));
      }),
    );
    const critical = callOf({ call_id: 'call_z', urgency: 'CRITICAL' });
    const waiting = callOf({
      call_id: 'call_y',
      urgency: 'NORMAL',
      timestamp: '2020-01-01T00:00:00Z',
    });
    const over = callOf({ call_id: 'call_a', urgency: 'CRITICAL', status: 'ENDED' });
    expect([over, waiting, critical].sort(byNeed)).toEqual([critical, waiting, over]);
  });

  it('are told to the page once in a frame, however many events come', () => {
    const frames: (() => void)[] = [];
    const { store, take } = createLiveCalls((work) => void frames.push(work));
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    for (const call_id of ['call_a', 'call_b', 'call_c']) {
      take({ name: 'added', call: callOf({ call_id }) });
    }
    expect([frames.length, told, store.getState().loaded]).toEqual([1, 0, false]);
    frames.shift()?.();
    expect([told, store.getState().calls.length, store.getState().loaded]).toEqual([1, 3, true]);
    take({ name: 'removed', call_id: 'call_b' });
    frames.shift()?.();
    expect(store.getState().calls.map(({ call_id }) => call_id)).toEqual(['call_a', 'call_c']);
  });
});
