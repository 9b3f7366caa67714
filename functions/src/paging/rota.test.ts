import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Shift } from '../access/reaching-policy.ts';
import { onCall } from './rota.ts';

const KOLKATA = 'Asia/Kolkata';
const BERLIN = 'Europe/Berlin';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const instant = (text: string, zone: string) => DateTime.fromISO(text, { zone }).toMillis();
const shift = (admin_id: string, days: number[], from: string, to: string): Shift => ({
  admin_id,
  days,
  from,
  to,
});

const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
const zones = fc.constantFrom(KOLKATA, BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'UTC');
const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

describe('the rota', () => {
  // 5 October 2025 is a Sunday.
  it.each([
    ['2025-10-03T09:00', ['day']],
    ['2025-10-03T16:59:59', ['day']],
    ['2025-10-03T17:00', ['night']],
    ['2025-10-04T08:59', ['night']],
    ['2025-10-04T09:00', []],
  ])('at %s by the clock of the company has %j', (at, people) => {
    const weekdays = [1, 2, 3, 4, 5];
    const rota = [
      shift('day', weekdays, '09:00', '17:00'),
      shift('night', weekdays, '17:00', '09:00'),
    ];
    expect(onCall(rota, [], KOLKATA, instant(at, KOLKATA))).toEqual(people);
  });

  it('leaves out who is off on the day on which the shift began', () => {
    const rota = [
      shift('asha', EVERY_DAY, '20:00', '08:00'),
      shift('ravi', EVERY_DAY, '00:00', '00:00'),
    ];
    const off = [{ admin_id: 'asha', from: '2025-10-04', to: '2025-10-04' }];
    const at = (text: string) => onCall(rota, off, KOLKATA, instant(text, KOLKATA));
    expect(at('2025-10-04T07:00')).toEqual(['asha', 'ravi']);
    expect(at('2025-10-04T21:00')).toEqual(['ravi']);
    expect(at('2025-10-05T07:00')).toEqual(['ravi']);
    expect(at('2025-10-05T21:00')).toEqual(['asha', 'ravi']);
  });

  it('of two who relieve each other has exactly one at every instant, in every zone', () => {
    fc.assert(
      fc.property(times, times, zones, instants, (a, b, zone, now) => {
        fc.pre(a !== b);
        const rota = [shift('first', EVERY_DAY, a, b), shift('second', EVERY_DAY, b, a)];
        expect(onCall(rota, [], zone, now)).toHaveLength(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has one who is on call round the clock at every instant, also where the clock is changed', () => {
    fc.assert(
      fc.property(times, zones, instants, (from, zone, now) => {
        expect(onCall([shift('always', EVERY_DAY, from, from)], [], zone, now)).toEqual(['always']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has nobody on the days off, whatever the shift', () => {
    fc.assert(
      fc.property(times, times, zones, instants, (from, to, zone, now) => {
        const off = [{ admin_id: 'asha', from: '2020-01-01', to: '2030-01-01' }];
        expect(onCall([shift('asha', EVERY_DAY, from, to)], off, zone, now)).toEqual([]);
      }),
    );
  });

  it('keeps to the clock where an hour is skipped and where one comes twice', () => {
    const rota = [shift('early', EVERY_DAY, '01:00', '04:00')];
    const hours = (date: string) => {
      const start = DateTime.fromISO(date, { zone: BERLIN });
      const on = Array.from({ length: 24 * 4 }, (_, quarter) =>
        start.plus({ minutes: quarter * 15 }),
      );
      return on.filter((at) => onCall(rota, [], BERLIN, at.toMillis()).length > 0).length / 4;
    };
    expect(hours('2026-03-29')).toBe(2);
    expect(hours('2026-10-25')).toBe(4);
    expect(hours('2026-06-01')).toBe(3);
  });

  it('names each person once, and everybody where the zone is unknown: too many are better than none', () => {
    const rota = [
      shift('asha', EVERY_DAY, '00:00', '12:00'),
      shift('asha', EVERY_DAY, '06:00', '18:00'),
    ];
    expect(onCall(rota, [], KOLKATA, instant('2025-10-04T07:00', KOLKATA))).toEqual(['asha']);
    expect(onCall(rota, [], 'Nowhere/None', 0)).toEqual(['asha']);
  });
});
