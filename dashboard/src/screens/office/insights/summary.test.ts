import { beforeAll, describe, expect, it, vi } from 'vitest';
import { en } from '../../../texts/en.ts';
import { hi } from '../../../texts/hi.ts';
import { insightsOf } from './insights.fixture.ts';
import { comparisonOf, summaryOf } from './summary.ts';
import type { Words } from './words.ts';

let english: Words;
let hindi: Words;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' });
  const { wordsIn } = await import('./words.ts');
  english = wordsIn('en', en);
  hindi = wordsIn('hi', hi);
});

const spread = (p50: number | null, never: number | null = 0) => ({
  count: 12,
  p50,
  p90: p50,
  within_target: 9,
  never,
});
const MONTH = { from: '2026-11-01', to: '2026-11-30', length: 30 };

describe('the summary', () => {
  const view = insightsOf({
    calls: 1_105,
    urgency: { CRITICAL: 12, URGENT: 93, NORMAL: 1_000 },
    acknowledgement: spread(41.2, 3),
    unanswered: { questions: 1, calls: 1 },
  });

  it('says how many, how urgent, how soon, and what was missing', () => {
    const said = summaryOf(view, MONTH, english).join(' ');
    expect(said).toContain('In the last 30 days: 1,105 calls, 12 critical.');
    expect(said).toContain('within 41 sec.');
    expect(said).toContain('3 critical calls were never acknowledged.');
    expect(said).toContain('1 question had no answer in the manuals.');
  });

  it('says nothing of what was not measured', () => {
    const one = insightsOf({ calls: 1, urgency: { CRITICAL: 0, URGENT: 0, NORMAL: 1 } });
    expect(summaryOf(one, { ...MONTH, length: 1 }, english)).toEqual([
      'Today: 1 call, 0 critical.',
    ]);
  });

  it('names days that were chosen by themselves', () => {
    const own = { ...MONTH, length: undefined };
    expect(summaryOf(view, own, english)[0]).toMatch(
      /^From 1 November 2026 to|^From November 1, 2026 to November 30, 2026:/,
    );
    expect(summaryOf(view, { ...own, to: own.from }, english)[0]).toMatch(/^On .*2026:/);
  });

  it('says the same in Hindi', () => {
    const said = summaryOf(view, MONTH, hindi).join(' ');
    expect(said).toContain('पिछले 30 दिनों में: 1,105 कॉल, 12 गंभीर।');
    expect(said).not.toMatch(/[a-z]{3}/);
  });
});

describe('the comparison', () => {
  const of = (calls: number, p50: number | null) =>
    insightsOf({ calls, acknowledgement: spread(p50) });

  it.each([
    [of(12, null), of(9, null), ['3 more calls than in as many days before.']],
    [of(9, null), of(12, 4), ['3 fewer calls than in as many days before.']],
    [of(9, 40), of(9, 40.5), ['As many calls as in as many days before.']],
  ])('is of the numbers of both', (now, before, said) => {
    expect(comparisonOf(now, before, english)).toEqual(said);
  });

  it('says whether people became quicker', () => {
    expect(comparisonOf(of(1, 30), of(1, 41), english)[1]).toContain('11 sec sooner');
    expect(comparisonOf(of(1, 41), of(1, 30), english)[1]).toContain('11 sec later');
  });
});
