import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryFilters } from '../../../../functions/src/admin/calls/history-filters.ts';
import { Filters, queryOf } from './filters.ts';

describe('the filters in the address', () => {
  it('are read, and what nobody can have chosen is left out', () => {
    const chosen = { q: 'gas', urgency: 'URGENT', medium: 'Voice', from: '2026-11-01' };
    expect(Filters.parse({ ...chosen, to: 'tomorrow', final_action: 'explode', x: 1 })).toEqual({
      ...chosen,
      to: undefined,
      final_action: undefined,
    });
  });

  it('never keep the page from opening, whatever stands in the address', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('q', 'urgency', 'from', 'to'), fc.anything()),
        (search) => {
          expect(Filters.safeParse(search).success).toBe(true);
        },
      ),
    );
  });

  it('are what the API takes', () => {
    const query = new URLSearchParams(
      queryOf(
        Filters.parse({ urgency: 'CRITICAL', from: '2026-11-01', to: '2026-11-30', q: 'gas leak' }),
      ),
    );
    expect(HistoryFilters.parse(Object.fromEntries(query))).toMatchObject({
      urgency: 'CRITICAL',
      from: '2026-11-01',
      to: '2026-11-30',
    });
  });
});

describe('the query', () => {
  const none = Filters.parse({});

  it('is empty where nothing is chosen', () => {
    expect(queryOf(none)).toBe('');
    expect(queryOf({ ...none, q: '   ' })).toBe('');
  });

  it('has no word that is only begun, which finds nothing', () => {
    expect(queryOf({ ...none, q: ' g ' })).toBe('');
    expect(queryOf({ ...none, q: ' ga ' })).toBe('?q=ga');
  });

  it('goes on from a cursor, and asks for a format', () => {
    expect(queryOf(none, { cursor: null })).toBe('');
    expect(queryOf(none, { cursor: 'a+b=' })).toBe('?cursor=a%2Bb%3D');
    expect(queryOf({ ...none, urgency: 'URGENT' }, { format: 'csv' })).toBe(
      '?urgency=URGENT&format=csv',
    );
  });
});
