import { beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../log.ts';
import { CALL_ID, usePaging } from '../../paging/paging.fixture.ts';
import { METRICS } from '../metrics.ts';
import { emitAll, recorder } from './emitted.fixture.ts';
import { extracted, passes } from './log-filter.fixture.ts';
import { logMetrics } from './log-metrics.ts';

const setUpPaging = usePaging();
const { log, entries } = recorder();

beforeAll(async () => {
  await emitAll(log, pages);
});

/** Pages that are sent, and some that are refused. */
async function pages(into: Log): Promise<void> {
  for (const refuse of [() => undefined, () => ({ refused: 'capped' as const })]) {
    const { start, pager } = setUpPaging({ refuse, log: into });
    await start();
    await pager.raise({ callId: CALL_ID, why: 'critical' });
  }
}

describe('the log-based metrics', () => {
  it.each(logMetrics().map((metric) => [metric.name, metric] as const))(
    '%s find a line that the code writes, with all that they take from it',
    (_, { filter, valueExtractor, labelExtractors = {} }) => {
      const found = entries.filter((entry) => passes(filter, entry));
      expect(found).not.toEqual([]);
      if (valueExtractor) {
        for (const entry of found) expect(extracted(valueExtractor, entry)).toBeTypeOf('number');
      }
      for (const extractor of Object.values(labelExtractors)) {
        expect(found.every((entry) => extracted(extractor, entry) !== undefined)).toBe(true);
      }
    },
  );

  it('leave no measured line out', () => {
    const measured = entries.filter(({ jsonPayload }) => jsonPayload.metric !== undefined);
    const all = new Set(measured.map(({ jsonPayload }) => jsonPayload.metric));
    expect([...all].sort()).toEqual(Object.keys(METRICS).sort());
    const filters = logMetrics().map(({ filter }) => filter);
    // What is only to be read beside others.
    const beside = new Set(['page_sent', 'direct_write']);
    const missed = measured.filter(
      (entry) =>
        !beside.has(String(entry.jsonPayload.metric)) &&
        !filters.some((filter) => passes(filter, entry)),
    );
    expect(missed).toEqual([]);
  });

  it('have lines without a caller’s number, words, or an id that holds one', () => {
    for (const { jsonPayload } of entries) {
      const text = JSON.stringify(jsonPayload);
      expect(text).not.toMatch(/\+?1?555\d{7}|call_\d|conv_\d/);
      expect(text).not.toContain('smouldering');
    }
  });

  it('would miss a line whose metric had another name', () => {
    const [first] = entries.filter(({ jsonPayload }) => jsonPayload.metric === 'dead_letter');
    const renamed = { ...first, jsonPayload: { ...first?.jsonPayload, metric: 'letter' } };
    const filters = logMetrics().map(({ filter }) => filter);
    expect(filters.some((filter) => passes(filter, renamed as never))).toBe(false);
  });
});
