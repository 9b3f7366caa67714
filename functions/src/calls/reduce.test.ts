import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent, at, ended, judged, message, STARTED } from './events.fixture.ts';
import { mergeCalls } from './merge.ts';
import { Call, type CallEvent } from './model.ts';
import { type CallState, inOrder, reduce } from './reduce.ts';

const withStart = (events: CallEvent[]) => [STARTED, ...events];
const fold = (batches: CallEvent[][]) => batches.reduce<CallState>(reduce, {});

/** The batches in another order, some of them twice. */
const rearranged = (batches: CallEvent[][]) =>
  fc
    .tuple(fc.shuffledSubarray(batches, { minLength: batches.length }), fc.subarray(batches))
    .map(([all, again]) => [...all, ...again]);

describe('reduce', () => {
  it('comes to the same state in every order and with repetitions (I2, I3, I5)', () => {
    const batches = fc.array(fc.array(anyEvent, { maxLength: 4 }).map(withStart), { minLength: 1 });
    fc.assert(
      fc.property(
        batches.chain((all) => fc.tuple(fc.constant(all), rearranged(all))),
        ([original, other]) => {
          expect(fold(other)).toEqual(fold(original));
        },
      ),
    );
  });

  it('yields a call that has its schema, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        expect(Call.parse(fold([withStart(events)]).call)).toBeDefined();
      }),
    );
  });

  it('leaves an unknown call unknown: only its start creates it (I7)', () => {
    expect(reduce({}, [message(1, 'user', 'fire'), ended(9)])).toEqual({});
  });

  it('keeps the first content of a message (I3)', () => {
    const state = fold([
      withStart([message(1, 'assistant', 'first')]),
      withStart([message(1, 'assistant', 'second')]),
    ]);
    expect(inOrder(state.conversation?.messages ?? {}).map(({ content }) => content)).toEqual([
      'first',
    ]);
  });

  it('keeps ENDED, with the earliest end (I5)', () => {
    const state = fold([
      withStart([ended(30)]),
      withStart([ended(20, 'failed')]),
      withStart([message(3, 'user', 'late words')]),
    ]);
    expect(state.call).toMatchObject({ status: 'ENDED', ended_at: at(20), end_reason: 'failed' });
  });

  it('never lets last_message_at step back (I5)', () => {
    const state = fold([
      withStart([message(2, 'user', 'b', 20)]),
      withStart([message(1, 'user', 'a', 10)]),
    ]);
    expect(state.call?.last_message_at).toBe(at(20));
  });

  it('orders by turn, then user before assistant before admin', () => {
    const state = fold([
      withStart([
        message(10, 'user', 'tenth'),
        message(2, 'admin', 'third'),
        message(2, 'assistant', 'second'),
        message(2, 'user', 'first'),
      ]),
    ]);
    expect(inOrder(state.conversation?.messages ?? {}).map(({ content }) => content)).toEqual([
      'first',
      'second',
      'third',
      'tenth',
    ]);
  });
});

describe('urgency', () => {
  const urgencyAfter = (...events: CallEvent[]) => fold([withStart(events)]).call?.urgency;

  it.each([
    ['starts as NORMAL', [], 'NORMAL'],
    ['is raised by Aurora', [judged('URGENT', 1)], 'URGENT'],
    ['is never lowered by Aurora', [judged('CRITICAL', 1), judged('NORMAL', 2)], 'CRITICAL'],
    [
      'is lowered by a supervisor',
      [judged('CRITICAL', 1), judged('NORMAL', 1, 'supervisor')],
      'NORMAL',
    ],
    [
      'stays lowered against a late judgement of an earlier turn',
      [judged('NORMAL', 3, 'supervisor'), judged('CRITICAL', 2)],
      'NORMAL',
    ],
    [
      'is raised again by the words of a later turn',
      [judged('NORMAL', 3, 'supervisor'), judged('URGENT', 4)],
      'URGENT',
    ],
    [
      'remembers a later raise under an earlier, stronger one',
      [judged('CRITICAL', 2), judged('URGENT', 5), judged('NORMAL', 3, 'supervisor')],
      'URGENT',
    ],
    [
      'follows the latest of two supervisors',
      [judged('CRITICAL', 4, 'supervisor'), judged('NORMAL', 3, 'supervisor')],
      'CRITICAL',
    ],
  ] as const)('%s (I5)', (_, events, expected) => {
    expect(urgencyAfter(...events)).toBe(expected);
  });
});

describe('mergeCalls', () => {
  it('equals the fold of both halves, whichever comes first', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.array(anyEvent), (left, right) => {
        const a = fold([withStart(left)]).call as Call;
        const b = fold([withStart(right)]).call as Call;
        const all = fold([withStart([...left, ...right])]).call;
        expect(mergeCalls(a, b)).toEqual(all);
        expect(mergeCalls(b, a)).toEqual(all);
      }),
    );
  });
});
