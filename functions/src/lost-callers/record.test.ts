import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASKING,
  close,
  failed,
  hush,
  type LostCaller,
  lose,
  MOST_TRIES,
  next,
  type Quiet,
  RINGING,
} from './record.ts';

const START = Date.parse('2025-10-04T09:00:00Z');
const LEG = `CA${'1'.repeat(32)}`;
const place = {
  company_id: 'steel',
  mobile_no: '+15550100001',
  at: '2025-10-04T14:30:00+05:30',
  generation: 0,
  why: 'urgent' as const,
};
const lost = (change: Partial<LostCaller> = {}): LostCaller => ({
  ...lose(undefined, { ...place, lost_text: 'due' }, START),
  ...change,
});

/** Runs what is due, as long as something is; returns what was done. */
function run(from: LostCaller, now: number) {
  const done: string[] = [];
  let record = from;
  for (let step = 0; step < 10; step++) {
    const { act, marked } = next(record, now);
    record = marked;
    if (act.do === 'wait' || act.do === 'nothing') return { record, done };
    done.push(act.do === 'ring' ? `ring ${act.round}` : act.do);
    if (act.do === 'ask') record = close(record, 'unreachable', now);
  }
  throw new Error('It never waits.');
}

const acts = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ act: 'run' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'crash' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('fail' as const),
      round: fc.integer({ min: 0, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('hush' as const), round: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.constant({ act: 'reach' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'lose' as const }) },
);
const pauses = fc.integer({ min: 0, max: 150_000 });

describe('a caller who is lost', () => {
  it('is texted and rung at once, and again after 30 and 120 s, then a human is asked', () => {
    let { record, done } = run(lost(), START);
    expect(done).toEqual(['text', 'ring 1']);
    record = failed(record, 1, START + 20_000);
    expect(run(record, START + 49_999).done).toEqual([]);
    ({ record, done } = run(record, START + 50_000));
    expect(done).toEqual(['ring 2']);
    record = failed(record, 2, START + 70_000);
    expect(next(record, START + 70_000).act).toEqual({ do: 'wait', until: START + 190_000 });
    ({ record, done } = run(record, START + 190_000));
    expect(done).toEqual(['ring 3']);
    record = failed(record, 3, START + 200_000);
    expect(run(record, START + 200_000).done).toEqual(['ask']);
  });

  it('is never texted twice, rung more than three times, or anything after it is over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Quiet | undefined>(undefined, undefined, 'threat', 'hiding'),
        fc.array(fc.tuple(acts, pauses), { maxLength: 60 }),
        (quiet, all) => {
          let record = lost(quiet ? { quiet } : {});
          let now = START;
          const did: string[] = [];
          const isQuiet = () => record.quiet !== undefined;
          for (const [each, pause] of all) {
            now += pause;
            const before = record;
            if (each.act === 'run' || each.act === 'crash') {
              const { act, marked } = next(record, now);
              record = marked;
              // Who crashes has marked it, and does not do it.
              if (each.act === 'run') did.push(act.do === 'ring' ? `ring ${act.round}` : act.do);
              if (act.do === 'ring') expect(isQuiet()).toBe(false);
              if (before.state === 'closed') expect(act.do).toBe('nothing');
            }
            if (each.act === 'fail') record = failed(record, each.round, now);
            if (each.act === 'hush') record = hush(record, 'policy', now);
            if (each.act === 'reach') record = close(record, 'reached', now, { leg: LEG });
            if (each.act === 'lose') record = lose(record, { ...place, lost_text: 'due' }, now);
            if (before.state === 'closed') expect(record.outcome).toBe(before.outcome);
          }
          const rings = did.filter((act) => act.startsWith('ring'));
          expect(new Set(rings).size).toBe(rings.length);
          expect(rings.length).toBeLessThanOrEqual(MOST_TRIES);
          expect(did.filter((act) => act === 'text').length).toBeLessThanOrEqual(1);
          if (quiet) expect(rings).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is given up by nobody: with time alone it comes to a human who is asked (I8)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(acts, pauses), { maxLength: 20 }), (all) => {
        let record = lost();
        let now = START;
        for (const [each, pause] of all) {
          now += pause;
          if (each.act === 'crash' || each.act === 'run') record = next(record, now).marked;
          if (each.act === 'fail') record = failed(record, each.round, now);
          if (each.act === 'hush') record = hush(record, 'policy', now);
        }
        let asked = false;
        for (let step = 0; step < 20 && !asked; step++) {
          now = Math.max(now, record.due_at);
          const { act, marked } = next(record, now);
          record = marked;
          asked = act.do === 'ask';
        }
        expect(asked).toBe(true);
      }),
    );
  });

  it('is rung again when nobody tells what became of a try, and asked for again when who asked is gone', () => {
    const { record } = run(lost(), START);
    expect(next(record, START + RINGING - 1).act.do).toBe('wait');
    expect(next(record, START + RINGING).act).toEqual({ do: 'ring', round: 2 });
    const { act, marked } = next(lost({ quiet: 'threat', tries: 0 }), START);
    expect(act.do).toBe('text');
    const asked = next(marked, START);
    expect(asked.act).toEqual({ do: 'ask', why: 'threat' });
    expect(next(asked.marked, START + ASKING).act).toEqual({ do: 'ask', why: 'threat' });
  });

  it('that was reached after all stays reached', () => {
    const given = close(lost(), 'unreachable', START);
    const reached = close(given, 'reached', START + 1, { leg: LEG });
    expect(reached).toMatchObject({ outcome: 'reached', leg: LEG });
    expect(close(reached, 'regained', START + 2).outcome).toBe('reached');
  });
});

describe('a caller who is silent', () => {
  const silent: LostCaller = {
    ...place,
    state: 'listening',
    silent_text: 'due',
    due_at: START,
    tries: 0,
  };

  it('is texted once, and not rung while the call is live', () => {
    const { record, done } = run(silent, START);
    expect(done).toEqual(['text']);
    expect(run(record, START + 3_600_000).done).toEqual([]);
  });

  it('is followed like any other when the call breaks off', () => {
    const gone = lose(run(silent, START).record, { ...place, lost_text: 'due' }, START + 9_000);
    expect(run(gone, START + 9_000).done).toEqual(['text', 'ring 1']);
  });
});
