import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../calls/model.ts';
import { createFileJournal } from './file-journal.ts';
import {
  anyBatch,
  batch,
  ended,
  foldAll,
  recordingLog,
  said,
  started,
  withDirectory,
} from './journal.fixture.ts';
import type { Journal } from './journal.ts';
import type { Clock, JournalLimits } from './limits.ts';
import { createMemoryJournal } from './memory-journal.ts';

interface Settings {
  clock?: Clock;
  limits?: Partial<JournalLimits>;
}
type WithJournal = <T>(
  use: (journal: Journal) => Promise<T> | T,
  settings?: Settings,
) => Promise<T>;

const withMemoryJournal: WithJournal = async (use, settings) => use(createMemoryJournal(settings));

const withFileJournal: WithJournal = (use, settings) =>
  withDirectory(async (directory) => {
    const journal = createFileJournal({ directory, log: recordingLog(), ...settings });
    try {
      return await use(journal);
    } finally {
      await journal.close();
    }
  });

describe.each([
  ['memory journal', withMemoryJournal],
  ['file journal', withFileJournal],
])('%s', (_name, withJournal) => {
  test('shows a call and its words as the reducer folds them, whatever the events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBatch, { maxLength: 30 }), (batches) =>
        withJournal((journal) => {
          for (const events of batches) journal.append(events);
          const expected = foldAll(batches);
          for (const n of [0, 1, 2, 3]) {
            const { call_id } = started(n);
            expect(journal.call(call_id)).toEqual(expected.get(call_id));
          }
        }),
      ),
      { numRuns: 60 },
    );
  });

  test('knows nothing of a call that never started here', () =>
    withJournal((journal) => {
      journal.append([said(1, 1)]);
      expect(journal.call(started(1).call_id)).toBeUndefined();
      expect(journal.callIdOf(started(1).call_sid)).toBeUndefined();
      expect(journal.pending()).toHaveLength(1);
    }));

  test('finds a call by its CallSid', () =>
    withJournal((journal) => {
      journal.append(batch(1, 1));
      journal.append(batch(2, 1));
      expect(journal.callIdOf(started(2).call_sid)).toBe(started(2).call_id);
    }));

  test('finds the call that goes on where an ended one had the same CallSid', () =>
    withJournal((journal) => {
      const first = started(1);
      const second = {
        ...first,
        call_id: first.call_id.replace('_143000_', '_150100_'),
        at: '2025-10-04T15:01:00+05:30',
        continues: first.call_id,
      };
      journal.append([first, ended(1)]);
      journal.append([second]);
      journal.append([first]);
      expect(journal.callIdOf(first.call_sid)).toBe(second.call_id);
    }));

  test('ends a call of which only the CallSid is told', () =>
    withJournal((journal) => {
      journal.append(batch(1, 1));
      const { call_id: _, ...bySid } = ended(1) as Extract<CallEvent, { type: 'call_ended' }>;
      journal.append([bySid]);
      expect(journal.call(started(1).call_id)?.call?.status).toBe('ENDED');
    }));

  test('gives out receipts that count up', () =>
    withJournal((journal) => {
      const receipts = [1, 2, 3].map((turn) => journal.append(batch(1, turn)));
      expect(receipts).toEqual([...receipts].sort((a, b) => a - b));
      expect(new Set(receipts).size).toBe(3);
    }));

  test('counts a batch as pending until it is queued, oldest first', () =>
    withJournal((journal) => {
      const [first, second, third] = [1, 2, 3].map((turn) => journal.append(batch(1, turn)));
      journal.queued(second as number);
      journal.queued(second as number);
      expect(journal.pending()).toEqual([
        { receipt: first, events: batch(1, 1) },
        { receipt: third, events: batch(1, 3) },
      ]);
    }));

  test('hands out copies that later appends do not change', () =>
    withJournal((journal) => {
      journal.append(batch(1, 1));
      const before = journal.call(started(1).call_id);
      journal.append(batch(1, 2));
      expect(Object.keys(before?.conversation?.messages ?? {})).toHaveLength(1);
      expect(before?.call?.last_message_at).toBe(said(1, 1).message.timestamp);
    }));

  test('refuses a batch of two calls, or of none, and changes nothing', () =>
    withJournal((journal) => {
      expect(() => journal.append([started(1), said(2, 1)])).toThrow(
        expect.objectContaining({ code: 'journal_invalid_batch', retryable: false }),
      );
      expect(() => journal.append([])).toThrow(
        expect.objectContaining({ code: 'journal_invalid_batch' }),
      );
      expect(journal.call(started(1).call_id)).toBeUndefined();
      expect(journal.pending()).toEqual([]);
    }));

  test('can be closed twice', () =>
    withJournal(async (journal) => {
      journal.append(batch(1, 1));
      await Promise.all([journal.close(), journal.close()]);
    }));
});
