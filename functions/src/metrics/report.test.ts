import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Counts } from './counters.ts';
import { stateOf } from './judge.ts';
import { report } from './report.ts';
import { ALL_SIGNALS, type SignalId, WINDOW } from './thresholds.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-27T12:10:30Z');
const THIS = Date.parse('2026-11-27T12:10:00Z');
const QUIET = { databases_away: 0, dead_letters: 0, queue_depth: 0 };
const ALIVE: Counts = { 'schedule_ran:ok': { count: 1 }, probe_arrived: { count: 1 } };

function told(
  minutes: Record<number, Counts>,
  known: Partial<typeof QUIET> = {},
  range = 60,
): ReturnType<typeof report> {
  const counted = new Map(
    Object.entries(minutes).map(([ago, counts]) => [THIS - Number(ago) * MINUTE, counts]),
  );
  return report(counted, { ...QUIET, ...known }, { now: NOW, range, lookedBack: 60 });
}

function signal(of: ReturnType<typeof report>, id: SignalId) {
  return of.areas.flatMap(({ signals }) => signals).find((each) => each.id === id);
}

describe('the report', () => {
  it('is well where the schedule runs, probes arrive, and nothing else was counted', () => {
    const { state, areas } = told({ 0: ALIVE });
    expect(state).toBe('ok');
    expect(areas.map((area) => area.state)).toEqual(areas.map(() => 'ok'));
    expect(areas.flatMap(({ signals }) => signals).every(({ advice }) => advice === null)).toBe(
      true,
    );
  });

  it('has a part of failures only where there were enough of both', () => {
    const few = { 'task_failed:failed': { count: 2 }, 'task_applied:in_time': { count: 2 } };
    const many = { 'task_failed:failed': { count: 9 }, 'task_applied:late': { count: 1 } };
    expect(signal(told({ 0: few }), 'task_failures')).toMatchObject({ value: null, state: 'ok' });
    expect(signal(told({ 0: many }), 'task_failures')).toMatchObject({
      value: 90,
      state: 'critical',
      advice: expect.stringContaining('log'),
      runbook: 'docs/operations.md#tasks-fail-or-are-late',
    });
  });

  it('counts no task as failed that waits for its call', () => {
    const waiting = { 'task_failed:waiting': { count: 50 }, 'task_applied:in_time': { count: 5 } };
    expect(signal(told({ 0: waiting }), 'task_failures')).toMatchObject({ value: 0, state: 'ok' });
  });

  it('forgets after its window, and shows over time what there was', () => {
    const refused = { signature_refused: { count: 40 } };
    expect(signal(told({ [WINDOW - 1]: refused }), 'signatures_refused')?.state).toBe('critical');
    const after = signal(told({ [WINDOW]: refused }), 'signatures_refused');
    expect(after).toMatchObject({ value: 0, state: 'ok' });
    expect(after?.points).toHaveLength(60);
    expect(after?.points?.at(-1 - WINDOW)).toBe(40);
  });

  it('draws long times in few points that lose nothing', () => {
    const minutes = Object.fromEntries(
      Array.from({ length: 2_880 }, (_, ago) => [
        ago,
        { direct_write: { count: 1 }, dead_letter: { count: 1 }, signature_refused: { count: 1 } },
      ]),
    );
    const { step_minutes, areas } = told(minutes, {}, 2_880);
    const points = areas
      .flatMap(({ signals }) => signals)
      .find(({ id }) => id === 'signatures_refused')?.points as number[];
    expect([step_minutes, points.length]).toEqual([24, 120]);
    expect(points.reduce((sum, point) => sum + point, 0)).toBe(2_880);
  });

  it('notices a schedule and a queue that are silent', () => {
    expect(signal(told({ 2: ALIVE }), 'schedule_silent')?.state).toBe('ok');
    const silent = told({ 0: { dead_letter: { count: 1 } }, 11: ALIVE });
    expect(signal(silent, 'schedule_silent')).toMatchObject({ state: 'critical', value: 630 });
    expect(signal(silent, 'queue_lag')?.state).toBe('critical');
    expect(signal(told({}), 'schedule_silent')).toMatchObject({ value: 3_600, state: 'critical' });
  });

  it('takes what began just now for no silence', () => {
    expect(signal(told({ 0: { dead_letter: { count: 1 } } }), 'schedule_silent')).toMatchObject({
      value: 30,
      state: 'ok',
    });
  });

  it('says of what it can’t know that nobody knows', () => {
    const { areas } = report(
      undefined,
      { ...QUIET, databases_away: 1, dead_letters: null },
      { now: NOW, range: 60, lookedBack: 60 },
    );
    const all = areas.flatMap(({ signals }) => signals);
    expect(all.filter(({ state }) => state !== 'ok').map(({ id }) => id)).toEqual([
      'databases_away',
    ]);
    expect(all.find(({ id }) => id === 'schedule_silent')?.value).toBeNull();
  });

  it('tells which rungs answered, and what Twilio told, the most first', () => {
    const one = {
      'rung:card': { count: 2 },
      'rung:model': { count: 5 },
      'code:30003': { count: 1 },
    };
    const { rungs, twilio_codes } = told({ 3: one, 50: one });
    expect(rungs).toEqual([
      { rung: 'model', count: 10 },
      { rung: 'card', count: 4 },
    ]);
    expect(twilio_codes).toEqual([{ code: '30003', count: 2 }]);
  });
});

describe('each signal', () => {
  const runbook = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const anchors = [...runbook.matchAll(/^#{2,4} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

  it.each(ALL_SIGNALS.map((each) => [each.id, each] as const))(
    '%s has thresholds in order and a heading in the runbook',
    (_, each) => {
      const { warning, critical } = each;
      expect(warning ?? critical).toBeDefined();
      if (warning !== undefined && critical !== undefined)
        expect(critical).toBeGreaterThan(warning);
      expect(anchors).toContain(each.runbook);
      expect(stateOf(each, null)).toBe('ok');
      expect(stateOf(each, (critical ?? warning ?? 0) + 1)).toBe(
        critical === undefined ? 'warning' : 'critical',
      );
    },
  );
});
