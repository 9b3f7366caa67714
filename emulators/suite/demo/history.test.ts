import { describe, expect, it } from 'vitest';
import { CallEvent } from '../../../functions/src/calls/model.ts';
import { reduce } from '../../../functions/src/calls/reduce.ts';
import { DEMO_CALLERS } from '../seed.ts';
import { pastCalls } from './history.ts';
import { SCENARIOS } from './scenarios.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');

describe('the past calls of the demo', () => {
  it('are weeks of ended calls of both companies, from every urgency, all in the past', async () => {
    const calls = await pastCalls(DEMO_CALLERS, NOW);
    const states = calls.map(({ events }) => reduce({}, events));
    const known = states.flatMap(({ call }) => (call ? [call] : []));
    expect(known).toHaveLength(105);
    expect(new Set(known.map(({ company_id }) => company_id))).toEqual(new Set(['demo', 'other']));
    expect(new Set(known.map(({ urgency }) => urgency)).size).toBe(3);
    expect(known.every(({ status }) => status === 'ENDED')).toBe(true);
    expect(known.every(({ ended_at = '' }) => Date.parse(ended_at) < NOW)).toBe(true);
    const oldest = Math.min(...known.map(({ timestamp }) => Date.parse(timestamp)));
    expect(NOW - oldest).toBeGreaterThan(14 * 24 * 60 * 60_000);
    expect(
      states.every(({ conversation }) => Object.keys(conversation?.messages ?? {}).length > 2),
    );
  });

  it('are made of events as every call is, and the same ones for the same day', async () => {
    const [first, second] = await Promise.all([
      pastCalls(DEMO_CALLERS, NOW),
      pastCalls(DEMO_CALLERS, NOW),
    ]);
    expect(first).toEqual(second);
    for (const { events } of first) for (const event of events) CallEvent.parse(event);
    expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
  });

  it('show every scenario', async () => {
    const said = (await pastCalls(DEMO_CALLERS, NOW)).flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'message_added' ? [event.message.content] : [])),
    );
    for (const { says } of SCENARIOS) expect(said).toContain(says[0]);
  });
});
