import { describe, expect, test } from 'vitest';
import type { Urgency } from '../../functions/src/calls/model.ts';
import { reportUtterances } from './report.ts';
import { formatShare, groupBy } from './share.ts';
import { confusion, GOALS, isMet, type Judged, scoreUrgency } from './urgency-score.ts';

const [C, U, N] = ['CRITICAL', 'URGENT', 'NORMAL'] as const;
const row = (expected: Urgency, judged: Urgency, category?: string): Judged => ({
  expected,
  judged,
  category,
});

const ROWS = [
  row(C, C, 'plain'),
  row(C, C, 'negated'),
  row(C, U, 'misheard'),
  row(C, N, 'understatement'),
  row(U, U, 'plain'),
  row(U, N, 'plain'),
  row(N, N, 'idiom'),
  row(N, N),
  row(N, N, 'past'),
  row(N, U, 'drill'),
  row(N, C, 'everyday'),
];

describe('the score of judged utterances', () => {
  const score = scoreUrgency(ROWS);

  test('counts each share over the rows that it is about', () => {
    expect(score).toEqual({
      accuracy: { count: 6, of: 11 },
      criticalRecall: { count: 2, of: 4 },
      criticalAsNormal: { count: 1, of: 4 },
      falseAlarm: { count: 2, of: 5 },
      adversarial: { count: 3, of: 6 },
    });
  });

  test('the confusion matrix has what is expected in rows, what was judged in columns', () => {
    expect(confusion(ROWS)).toEqual([
      [3, 1, 1],
      [1, 1, 0],
      [1, 1, 2],
    ]);
  });

  test('a goal is met at its limit, and not measured where there is nothing to measure', () => {
    const met = (rows: Judged[]) => GOALS.map((goal) => isMet(goal, scoreUrgency(rows)));
    const many = (count: number, ...of: Parameters<typeof row>) =>
      Array.from({ length: count }, () => row(...of));
    const atLimit = [
      ...many(95, C, C),
      ...many(2, C, N),
      ...many(3, C, U),
      ...many(92, N, N),
      ...many(8, N, U),
      ...many(17, U, U, 'short'),
      ...many(3, U, N, 'short'),
    ];
    expect(met(atLimit)).toEqual([true, true, true, true]);
    expect(met([...atLimit, row(C, N, 'short'), row(N, C, 'idiom')])).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(met([])).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the report of judged utterances', () => {
  const measured = ROWS.map((judged, at) => ({
    ...judged,
    id: `t-${at}`,
    text: `words ${at}`,
    label: judged.expected,
    hazard: at === 0 ? 'fire' : undefined,
    card: 'fire',
    lang: at < 4 ? 'en' : 'hi',
    source: undefined,
  }));
  const report = reportUtterances(measured);

  test('says for each goal whether it is met', () => {
    expect(report.text).toMatch(/CRITICAL recall +0\.500 \(2\/4\) +>= 0\.95 +NOT MET/);
    expect(report.missedGoal).toBe(true);
    const right = measured.filter(({ expected, judged }) => expected === judged);
    expect(reportUtterances(right).missedGoal).toBe(false);
  });

  test('holds a line for each category and language, and none for what no row names', () => {
    expect(report.text).toMatch(/^plain +0\.667 \(2\/3\) +1\.000 \(1\/1\) +0\.000 \(0\/1\) +-$/m);
    expect(report.text).toMatch(/^en +0\.500 \(2\/4\)/m);
    expect(report.text).toContain('No row names its source.');
  });

  test('keeps the words of rows apart, so that they are told only where they may be', () => {
    expect(report.text).not.toContain('words');
    expect(report.misses).toHaveLength(5);
    expect(report.misses[0]).toBe('t-2  CRITICAL judged URGENT  misheard  words 2');
  });
});

test('a share says what it rests on', () => {
  expect(formatShare({ count: 2, of: 3 })).toBe('0.667 (2/3)');
  expect(formatShare({ count: 0, of: 0 })).toBe('-');
});

test('groups are in alphabetical order, and nameless items in none', () => {
  const items = [{ a: 'y' }, { a: 'x' }, { a: undefined }, { a: 'y' }];
  expect(groupBy(items, ({ a }) => a).map(([name, of]) => [name, of.length])).toEqual([
    ['x', 1],
    ['y', 2],
  ]);
});
