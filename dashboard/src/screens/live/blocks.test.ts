import { expect, it } from 'vitest';
import { callOf } from '../../live/calls.fixture.ts';
import { shownOrder } from './blocks.ts';

it('a less urgent call stands with its incident, above more urgent ones of their own', () => {
  const calls = [
    callOf({ call_id: 'call_a', urgency: 'CRITICAL', incident_id: 'inc_fire' }),
    callOf({ call_id: 'call_b', urgency: 'CRITICAL', incident_id: null }),
    callOf({ call_id: 'call_c', urgency: 'URGENT', incident_id: 'inc_fire' }),
    callOf({ call_id: 'call_d', urgency: 'NORMAL', incident_id: null }),
  ];
  const shown = shownOrder(calls).map(({ call_id }) => call_id);
  expect(shown).toEqual(['call_a', 'call_c', 'call_b', 'call_d']);
});
