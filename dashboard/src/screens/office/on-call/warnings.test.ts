import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReachingPolicy } from '../../../../../functions/src/access/reaching-policy.ts';
import { isoInZone } from '../../../../../functions/src/calls/times.ts';
import { onCall } from '../../../../../functions/src/paging/rota.ts';
import { daysOnCall } from '../../../../../functions/src/paging/week.ts';
import type { OnCallView, PersonOnCall, WeekView } from '../../../api/types.ts';
import { gapsOf, warningsOf } from './warnings.ts';

const ASHA: PersonOnCall = { id: 'asha', name: 'Asha', unreachable: null };
const RAVI: PersonOnCall = { id: 'ravi', name: 'Ravi', unreachable: 'no_phone' };
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const shift = { admin_id: 'asha', days: EVERY_DAY, from: '06:00', to: '18:00' };

const moment = (...people: PersonOnCall[][]): OnCallView => ({
  at: '2026-11-27T09:00:00+05:30',
  time_zone: 'Asia/Kolkata',
  on_duty: [],
  steps: people.map((each) => ({
    who: ['rota'],
    wait_seconds: 30,
    after_seconds: 0,
    people: each,
  })),
});

/** The week as the API has it; only `reachable` would come. */
function weekOf(
  rota: (typeof shift)[],
  zone: string,
  from: string,
  reachable = ['asha'],
): WeekView {
  const days = daysOnCall(rota, [], zone, from, 7).map(({ date, spans }) => ({
    date,
    spans: spans.map((span) => ({
      from: isoInZone(span.from, zone),
      to: isoInZone(span.to, zone),
      people: span.people,
      covered: span.people.some((id) => reachable.includes(id)),
    })),
  }));
  return { time_zone: zone, days, people: [ASHA] };
}

const full = weekOf([{ ...shift, from: '00:00', to: '00:00' }], 'Asia/Kolkata', '2026-11-23');

describe('warnings about who is on call', () => {
  it('are none where somebody is always on duty and every step reaches somebody', () => {
    const reaching = ReachingPolicy.parse({ rota: [shift] });
    expect(warningsOf(reaching, moment([ASHA], [ASHA]), full)).toEqual({
      gaps: [],
      unreachable: [],
      emptySteps: [],
      rotaUnused: false,
    });
  });

  it('name each person once who would not be fetched, and the steps that reach nobody', () => {
    const reaching = ReachingPolicy.parse({ rota: [shift] });
    const found = warningsOf(reaching, moment([RAVI], [ASHA, RAVI], []), {
      ...full,
      people: [ASHA, RAVI],
    });
    expect(found.unreachable).toEqual([RAVI]);
    expect(found.emptySteps).toEqual([1, 3]);
  });

  it('tell of a rota that no step asks for, and then of no gaps', () => {
    const steps = [{ who: ['everyone'], wait_seconds: 30 }];
    const week = weekOf([shift], 'Asia/Kolkata', '2026-11-23');
    const unused = warningsOf(ReachingPolicy.parse({ rota: [shift], steps }), moment(), week);
    expect([unused.rotaUnused, unused.gaps]).toEqual([true, []]);
    const none = warningsOf(ReachingPolicy.parse({}), moment(), week);
    expect([none.rotaUnused, none.gaps]).toEqual([false, []]);
  });

  it('have a night without anybody as one gap, not as two', () => {
    const gaps = gapsOf(weekOf([shift], 'Asia/Kolkata', '2026-11-23'));
    expect(gaps).toHaveLength(8);
    expect(gaps[1]).toEqual({
      from: '2026-11-23T18:00:00+05:30',
      to: '2026-11-24T06:00:00+05:30',
    });
  });

  it('have just the instants in gaps at which nobody is on duty, also where clocks change', () => {
    const times = fc.constantFrom('00:00', '01:30', '02:30', '06:00', '22:00');
    const rotas = fc.array(
      fc.record({
        admin_id: fc.constant('asha'),
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        from: times,
        to: times,
      }),
      { maxLength: 3 },
    );
    const places = fc.constantFrom(
      ['Europe/Berlin', '2026-03-23'],
      ['Europe/Berlin', '2026-10-19'],
      ['Australia/Lord_Howe', '2026-03-30'],
      ['Asia/Kolkata', '2026-11-23'],
    );
    fc.assert(
      fc.property(
        rotas,
        places,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rota, place, part) => {
          const [zone = '', from = ''] = place;
          const week = weekOf(rota, zone, from);
          const gaps = gapsOf(week);
          const start = Date.parse(week.days[0]?.spans[0]?.from ?? '');
          const end = Date.parse(week.days.at(-1)?.spans.at(-1)?.to ?? '');
          const at = Math.floor(start + part * (end - start - 1));
          const isInGap = gaps.some((gap) => Date.parse(gap.from) <= at && at < Date.parse(gap.to));
          expect(isInGap).toBe(onCall(rota, [], zone, at).length === 0);
          for (const [index, gap] of gaps.entries()) {
            const next = gaps[index + 1];
            if (next) expect(Date.parse(next.from)).toBeGreaterThan(Date.parse(gap.to));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
