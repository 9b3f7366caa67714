import { expect, it } from 'vitest';
import { happened, STARTED } from '../calls/events.fixture.ts';
import { reduce } from '../calls/reduce.ts';
import { handedBack } from './handed-back.ts';

const taken = happened(1, { step: 'taken_over', by: 'admin_a', epoch: 1 });
const released = happened(9, { step: 'released', by: 'admin_a', epoch: 2, reason: 'settled' });
const again = happened(20, { step: 'taken_over', by: 'admin_a', epoch: 3 });
const lapsed = happened(80, { step: 'lease_lapsed', whom: 'admin_a', epoch: 4 });
const paged = happened(90, { step: 'page_sent', whom: 'admin_b' });

it.each([
  ['nobody ever had the call', [], undefined],
  ['somebody has it', [taken], undefined],
  ['it was handed back', [taken, released, paged], 'settled'],
  ['it was taken over once more', [taken, released, again], undefined],
  ['nobody said a word when it came back', [taken, released, again, lapsed], undefined],
])('the reason of a call where %s', (_, events, reason) => {
  const { call } = reduce({}, [STARTED, ...events]);
  expect(handedBack(call)).toBe(reason);
  expect(handedBack(reduce({}, [STARTED, ...events.toReversed()]).call)).toBe(reason);
});
