import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { DaysOff, Shift } from '../access/reaching-policy.ts';
import { onCall } from './rota.ts';
import { daysOnCall } from './week.ts';

const BERLIN = 'Europe/Berlin';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const shift = (admin_id: string, days: number[], from: string, to: string): Shift => ({
  admin_id,
  days,
  from,
  to,
});

/** What the clock shows, and who is on. */
function read(rota: Shift[], daysOff: DaysOff[], zone: string, from: string, count = 1) {
  const clock = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('dd HH:mm');
  return daysOnCall(rota, daysOff, zone, from, count).flatMap(({ spans }) =>
    spans.map(
      (span) => `${clock(span.from)}-${clock(span.to)} ${span.people.join('+') || 'nobody'}`,
    ),
  );
}

describe('the week on call', () => {
  it('has a gap where nobody is, also of a shift across midnight', () => {
    // 5 October 2025 is a Sunday.
    const rota = [shift('day', EVERY_DAY, '06:00', '18:00'), shift('night', [6], '20:00', '05:00')];
    expect(read(rota, [], BERLIN, '2025-10-04', 2)).toEqual([
      '04 00:00-04 06:00 nobody',
      '04 06:00-04 18:00 day',
      '04 18:00-04 20:00 nobody',
      '04 20:00-05 00:00 night',
      '05 00:00-05 05:00 night',
      '05 05:00-05 06:00 nobody',
      '05 06:00-05 18:00 day',
      '05 18:00-06 00:00 nobody',
    ]);
  });

  it('has none where two meet, whoever else is there too', () => {
    const rota = [
      shift('a', EVERY_DAY, '08:00', '20:00'),
      shift('b', EVERY_DAY, '20:00', '08:00'),
      shift('c', [7], '10:00', '11:00'),
    ];
    expect(read(rota, [], BERLIN, '2025-10-05')).toEqual([
      '05 00:00-05 08:00 b',
      '05 08:00-05 10:00 a',
      '05 10:00-05 11:00 a+c',
      '05 11:00-05 20:00 a',
      '05 20:00-06 00:00 b',
    ]);
  });

  it('shows the hours of somebody who is off as a gap', () => {
    const off = [{ admin_id: 'a', from: '2025-10-05', to: '2025-10-05' }];
    expect(read([shift('a', EVERY_DAY, '22:00', '06:00')], off, BERLIN, '2025-10-05', 2)).toEqual([
      '05 00:00-05 06:00 a',
      '05 06:00-06 00:00 nobody',
      '06 00:00-06 22:00 nobody',
      '06 22:00-07 00:00 a',
    ]);
  });

  it.each([
    ['2025-03-30', 23],
    ['2025-10-26', 25],
  ])('is as long as the day on which the clock is changed: %s has %i hours', (date, hours) => {
    const [day] = daysOnCall([shift('a', EVERY_DAY, '01:00', '04:00')], [], BERLIN, date, 1);
    const spans = day?.spans ?? [];
    const total = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(total).toBe(hours * 3_600_000);
    expect(spans.map(({ people }) => people)).toEqual([[], ['a'], []]);
  });

  it('says of every instant what the pages go by, from midnight to midnight, in every zone', () => {
    const times = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const who = fc.constantFrom('a', 'b', 'c');
    const shifts = fc.array(
      fc.record({
        admin_id: who,
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
        from: times,
        to: times,
      }),
      { maxLength: 6 },
    );
    const zone = fc.constantFrom(
      'Asia/Kolkata',
      BERLIN,
      'America/New_York',
      'America/Santiago',
      'Australia/Lord_Howe',
      'UTC',
    );
    // Days around which clocks are changed, and any other.
    const dates = fc.oneof(
      fc.constantFrom('2025-03-29', '2025-10-25', '2025-03-08', '2025-11-01', '2025-09-06'),
      fc
        .integer({ min: 0, max: 1_460 })
        .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10)),
    );
    fc.assert(
      fc.property(shifts, who, zone, dates, fc.nat(), (rota, off, timeZone, date, seed) => {
        const daysOff = [{ admin_id: off, from: date, to: date }];
        const days = daysOnCall(rota, daysOff, timeZone, date, 3);
        const spans = days.flatMap((day) => day.spans);
        const midnight = (days: number) =>
          DateTime.fromISO(date, { zone: timeZone }).plus({ days }).startOf('day').toMillis();
        expect(spans[0]?.from).toBe(midnight(0));
        expect(spans.at(-1)?.to).toBe(midnight(3));
        const meets = spans.map(({ to }, index) => (spans[index + 1]?.from ?? to) === to);
        expect(meets).not.toContain(false);
        expect(Math.min(...spans.map(({ from, to }) => to - from))).toBeGreaterThan(0);
        const instants = spans.flatMap(({ from, to, people }) =>
          [from, from + (seed % (to - from)), to - 1].map((at) => ({ at, people })),
        );
        const asked = instants.map(({ at }) => ({
          at,
          people: onCall(rota, daysOff, timeZone, at),
        }));
        expect(asked).toEqual(instants);
      }),
      { numRuns: 100 },
    );
  });
});
