import { describe, expect, test } from 'vitest';
import { type Answered, isRight, scoreQuestions } from './question-score.ts';

const answered = (of: Partial<Answered>): Answered => ({
  expected: ['fire#asked-1'],
  found: [],
  spoken: [],
  sourced: false,
  ...of,
});

const FIRST = answered({
  found: ['fire#asked-1', 'fire#asked-2'],
  spoken: ['fire#asked-1'],
  sourced: true,
});
const THIRD = answered({
  found: ['burns#asked-1', 'fire#step-1', 'fire#asked-1'],
  spoken: ['fire#step-1'],
  sourced: true,
});
const FOURTH = answered({
  found: ['a#asked-1', 'b#asked-1', 'c#asked-1', 'fire#asked-1'],
  spoken: ['a#asked-1'],
  sourced: true,
});
const SILENT = answered({});
const OUTSIDE_SILENT = answered({ expected: [], found: ['fire#asked-1'] });
const OUTSIDE_TOLD = answered({ expected: [], spoken: ['fire#asked-1'], sourced: true });

describe('the score of questions to the manual', () => {
  test('counts what was found and what was told apart, inside the manual and outside', () => {
    const rows = [FIRST, THIRD, FOURTH, SILENT, OUTSIDE_SILENT, OUTSIDE_TOLD];
    expect(scoreQuestions(rows)).toEqual({
      hitAt1: { count: 1, of: 4 },
      hitAt3: { count: 2, of: 4 },
      told: { count: 1, of: 4 },
      toldWrong: { count: 1, of: 4 },
      wrongAnswer: { count: 1, of: 2 },
    });
  });

  test('a passage in another language is the same passage', () => {
    const hindi = answered({ found: ['fire#hi-asked-1'], spoken: ['fire#hi-asked-1'] });
    expect(scoreQuestions([hindi])).toMatchObject({ hitAt1: { count: 1 }, told: { count: 1 } });
    const other = answered({ found: ['fire#hi-asked-2'] });
    expect(scoreQuestions([other])).toMatchObject({ hitAt1: { count: 0 } });
  });

  test('silence is right only outside of the manual', () => {
    expect([FIRST, SILENT, OUTSIDE_SILENT, OUTSIDE_TOLD].map(isRight)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
