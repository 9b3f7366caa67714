import { describe, expect, it } from 'vitest';
import { statusTexts } from '../texts/status.ts';
import type { Health } from './health.ts';
import { databaseOf, manualOf, statusOf, timeOf } from './words.ts';

const { en } = statusTexts;

const healthy: Health = {
  status: 'ok',
  version: '0.1.0',
  manuals: { procedures: 41, reviewed: 0 },
  databases: { realtime_database: 'ok', firestore: 'ok' },
  time: '2026-11-20T14:30:05.000Z',
};

describe('the status', () => {
  it.each([
    [{ realtime_database: 'ok', firestore: 'ok' }, 'good', 'The API and both databases answer'],
    [{ realtime_database: 'away', firestore: 'ok' }, 'bad', 'The Realtime Database is away'],
    [{ realtime_database: 'ok', firestore: 'away' }, 'bad', 'Firestore is away'],
    [{ realtime_database: 'away', firestore: 'away' }, 'bad', 'Both databases are away'],
  ] as const)('of %j is %s: %s', (databases, tone, headline) => {
    const health = { ...healthy, databases };
    expect(statusOf({ kind: 'answered', health }, en)).toMatchObject({ tone, headline });
  });

  it('of an API that is silent or answers nonsense says what to look at', () => {
    const silent = statusOf({ kind: 'silent' }, en);
    expect([silent.tone, silent.explanation]).toEqual([
      'bad',
      expect.stringContaining('functions are running'),
    ]);
    const unexpected = statusOf({ kind: 'unexpected', status: 500 }, en);
    expect([unexpected.tone, unexpected.explanation]).toEqual([
      'bad',
      expect.stringContaining('status 500'),
    ]);
  });
});

describe('the manual', () => {
  it.each([
    [0, 41, 'attention', 'Procedures reviewed: 0 of 41: not yet reviewed by a safety officer'],
    [12, 41, 'attention', /^Procedures reviewed: 12 of 41: the others are not yet reviewed/],
    [41, 41, 'good', 'Procedures reviewed: 41 of 41'],
    [0, 0, 'bad', 'No procedures found'],
  ] as const)('with %i of %i procedures reviewed is %s', (reviewed, procedures, tone, headline) => {
    const said = manualOf({ procedures, reviewed }, en);
    expect(said.tone).toBe(tone);
    if (typeof headline === 'string') expect(said.headline).toBe(headline);
    else expect(said.headline).toMatch(headline);
  });
});

describe('a database', () => {
  it('is told in words, not in colour alone', () => {
    const words = [databaseOf('ok', en), databaseOf('away', en), databaseOf(undefined, en)];
    expect(words.map(({ text }) => text)).toEqual(['Answers', 'No answer', 'Not known']);
  });
});

describe('a time', () => {
  it("is shown in the reader's zone, which is named", () => {
    expect(timeOf('2026-11-20T20:30:05.000Z', 'en-GB', 'Asia/Kolkata')).toEqual({
      time: '02:00:05',
      day: '21 Nov 2026, GMT+5:30',
    });
  });
});
