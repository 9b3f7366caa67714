import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_DAYS as MOST_DAYS_OF_API } from '../../../../../functions/src/admin/insights/period.ts';
import { dayIn, faultOf, MOST_DAYS, queryOf, rangeBefore, rangeOf } from './range.ts';
import { InsightsSearch } from './search.ts';

const TODAY = '2026-03-01';
const none = InsightsSearch.parse({});

describe('the days in the address', () => {
  it('never keep the page from opening, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('days', 'from', 'to', 'site_id'), fc.anything()),
        (search) => {
          expect(InsightsSearch.safeParse(search).success).toBe(true);
        },
      ),
    );
  });

  it.each([
    [{}, '2026-01-31', TODAY, 30],
    [{ days: 1 }, TODAY, TODAY, 1],
    [{ days: 7 }, '2026-02-23', TODAY, 7],
    [{ days: 8 }, '2026-01-31', TODAY, 30],
    [{ from: '2026-01-05', to: '2026-01-09' }, '2026-01-05', '2026-01-09', undefined],
    [{ from: '2026-01-05' }, '2026-01-05', TODAY, undefined],
    [{ to: '2026-01-09', days: 7 }, '2026-01-09', '2026-01-09', undefined],
    [{ from: '2026-02-30' }, '2026-01-31', TODAY, 30],
  ])('%j are from %s to %s', (search, from, to, length) => {
    expect(rangeOf(InsightsSearch.parse(search), TODAY)).toEqual({ from, to, length });
  });

  it('are compared with as many days before', () => {
    expect(rangeBefore({ from: '2026-03-01', to: '2026-03-30' })).toEqual({
      from: '2026-01-30',
      to: '2026-02-28',
    });
    expect(rangeBefore({ from: TODAY, to: TODAY })).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    });
  });

  it('can be the wrong way round or too many, which is said and not asked', () => {
    expect(faultOf(rangeOf({ ...none, from: '2026-03-02' }, TODAY))).toBe('turned');
    expect(faultOf(rangeOf({ ...none, from: '2025-01-26' }, TODAY))).toBeUndefined();
    expect(faultOf(rangeOf({ ...none, from: '2025-01-25' }, TODAY))).toBe('long');
    expect(faultOf(rangeOf(none, TODAY))).toBeUndefined();
  });

  it('are as many as the API takes', () => {
    expect(MOST_DAYS).toBe(MOST_DAYS_OF_API);
  });
});

describe('the query', () => {
  it('has the site only where one is chosen, and no cursor that is null', () => {
    const range = { from: '2026-01-01', to: TODAY };
    expect(queryOf(range, undefined, { cursor: null })).toBe('?from=2026-01-01&to=2026-03-01');
    expect(queryOf(range, 'a b', { table: 'days' })).toBe(
      '?from=2026-01-01&to=2026-03-01&site_id=a+b&table=days',
    );
  });
});

describe('today', () => {
  it('is the day of the plant, not of the reader', () => {
    const at = Date.parse('2026-11-27T20:00:00Z');
    expect(dayIn('Asia/Kolkata', at)).toBe('2026-11-28');
    expect(dayIn('America/Mexico_City', at)).toBe('2026-11-27');
  });
});
