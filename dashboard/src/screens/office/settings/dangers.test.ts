import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Company } from '../../../../../functions/src/access/companies.ts';
import { fieldsOf } from './company-fields.ts';
import { dangersOf } from './dangers.ts';

const known = fieldsOf({
  ...Company.parse({ name: 'Steel' }),
  id: 'steel',
  numbers: [],
  emergency_number: null,
  retention_days: null,
});
const shift = { admin_id: 'a', days: [1], from: '06:00', to: '18:00' };

describe('a change that is confirmed first', () => {
  it.each([
    ['visibility', {}, { visibility: 'own' }],
    ['retention', {}, { retention_days: 3_650 }],
    ['retention', { retention_days: 365 }, { retention_days: 364 }],
    ['second_factor', {}, { require_totp: true }],
    ['dial_emergency', {}, { dial_emergency: true }],
    ['call_back', {}, { call_back: false }],
    ['time_zone', { rota: [shift] }, { time_zone: 'Europe/Berlin' }],
  ] as const)('is that of %s', (danger, before, after) => {
    const was = { ...known, ...before, rota: 'rota' in before ? [...before.rota] : [] };
    expect(dangersOf(was, { ...was, ...after })).toEqual([danger]);
    const back = dangersOf({ ...was, ...after }, was);
    expect(back).toEqual(danger === 'time_zone' ? ['time_zone'] : []);
  });

  it('is none that changes nothing, or other things alone', () => {
    expect(dangersOf(known, known)).toEqual([]);
    const others = { name: 'Stahl', languages: ['hi-IN'], answer_seconds: 9, repeats: 0 };
    expect(dangersOf(known, { ...known, ...others, time_zone: 'UTC' })).toEqual([]);
  });

  it('is a shorter time to keep calls, and never a longer one', () => {
    const days = fc.option(fc.integer({ min: 30, max: 36_500 }));
    fc.assert(
      fc.property(days, days, (before, after) => {
        const dangers = dangersOf(
          { ...known, retention_days: before },
          { ...known, retention_days: after },
        );
        const kept = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
        expect(dangers.includes('retention')).toBe(kept(after) < kept(before));
      }),
    );
  });
});
