import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Company } from '../../../../../functions/src/access/companies.ts';
import type { CompanyView } from '../../../api/types.ts';
import { changesOf, merge } from '../editing/merge.ts';
import {
  type DaysOff,
  type OnCallFields,
  offKey,
  onCallBodyOf,
  onCallFieldsOf,
  reachingOf,
  type Shift,
  shiftFields,
  shiftKey,
  shiftsIn,
} from './on-call-fields.ts';

const shift = (admin_id: string, from = '06:00', to = '18:00', days = [1, 2]): Shift => ({
  admin_id,
  days,
  from,
  to,
});
const off = (admin_id: string, from = '2026-12-24'): DaysOff => ({ admin_id, from, to: from });

function company(reaching: object): CompanyView {
  return {
    ...Company.parse({ name: 'Steel', reaching }),
    id: 'steel',
    numbers: [],
    emergency_number: null,
    retention_days: null,
  };
}

const shifts = fc.uniqueArray(
  fc.record({
    admin_id: fc.constantFrom('a', 'b', 'c'),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
    from: fc.constantFrom('00:00', '06:00'),
    to: fc.constantFrom('00:00', '18:00'),
  }),
  { maxLength: 6, selector: shiftKey },
);
const keysOf = (rota: Shift[]) => rota.map(shiftKey).sort();
const fieldsFor = (rota: Shift[]) => onCallFieldsOf(company({ rota }));

/** What a form holds once somebody has made the rota another one. */
function edited(fields: OnCallFields, rota: Shift[]): OnCallFields {
  const gone = Object.fromEntries(shiftsIn(fields).map((each) => [shiftKey(each), undefined]));
  return { ...fields, ...gone, ...shiftFields(rota) };
}

describe('the rota as fields', () => {
  it('is the same again, with all that is fetched by', () => {
    const before = company({
      rota: [shift('a'), shift('b', '18:00', '06:00')],
      days_off: [off('a'), off('b', '2026-01-01')],
      repeats: 5,
    });
    const back = reachingOf(onCallFieldsOf(before));
    expect(back).toEqual({
      ...before.reaching,
      days_off: [off('b', '2026-01-01'), off('a')],
    });
  });

  it('is sent whole as soon as one shift is another, and nothing else is', () => {
    const known = fieldsFor([shift('a'), shift('b')]);
    const mine = { ...known, [shiftKey(shift('a'))]: undefined, [offKey(off('b'))]: off('b') };
    expect(onCallBodyOf(changesOf(known, mine), mine)).toEqual({
      reaching: { ...reachingOf(known), rota: [shift('b')], days_off: [off('b')] },
    });
    expect(onCallBodyOf(changesOf(known, known), known)).toEqual({});
  });

  it('of two who change it at the same time keeps what each has added and removed', () => {
    fc.assert(
      fc.property(shifts, shifts, shifts, (before, one, other) => {
        const base = fieldsFor(before);
        const { merged, conflicts } = merge(base, fieldsFor(one), edited(base, other));
        const keys = [before, one, other].map((rota) => new Set(rota.map(shiftKey)));
        const isKept = (key: `shift ${string}`) =>
          keys[0]?.has(key) ? keys[1]?.has(key) && keys[2]?.has(key) : true;
        const expected = keysOf([...before, ...one, ...other]).filter(
          (key, index, all) => all.indexOf(key) === index && isKept(key),
        );
        expect(keysOf(shiftsIn(merged))).toEqual(expected);
        expect(conflicts).toEqual([]);
      }),
      {
        examples: [
          [[], [shift('a', '06:00', '18:00', [5, 7])], [shift('a', '06:00', '18:00', [7, 5])]],
        ],
      },
    );
  });
});
