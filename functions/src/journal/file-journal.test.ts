import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Call, type CallEvent, Conversation } from '../calls/model.ts';
import { afterCrash, expectCalls, NO_COMPACTION, open } from './file-journal.fixture.ts';
import {
  anyBatch,
  batch,
  crashImage,
  ended,
  filesIn,
  foldAll,
  readTotalOf,
  recordingLog,
  started,
  withDirectory,
} from './journal.fixture.ts';
import type { Journal, PendingBatch } from './journal.ts';

const AT_ONCE = { compactAfter: 0, compactAtLatest: 0 };

describe('compaction', () => {
  test('total.json is the fold of all events, in the shape of the Realtime Database', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyBatch, { maxLength: 30 }), (batches) =>
        withDirectory(async (directory) => {
          const journal = open(directory);
          for (const events of batches) journal.append(events);
          await journal.close();
          const calls = [...foldAll(batches)];
          expect(readTotalOf(directory)).toEqual({
            active_calls: Object.fromEntries(calls.map(([id, state]) => [id, state.call])),
            active_conversations: Object.fromEntries(
              calls.map(([, { call, conversation }]) => [call?.conversation_id, conversation]),
            ),
          });
          for (const [, state] of calls) {
            Call.parse(state.call);
            Conversation.parse(state.conversation);
          }
        }),
      ),
      { numRuns: 40 },
    ));

  test('a crash at any moment of 1,000 appends raced with compaction loses and doubles nothing', () =>
    withDirectory(async (base) => {
      const directory = path.join(base, 'journal');
      const appended: CallEvent[][] = [];
      const images: { path: string; appended: number; pending: PendingBatch[] }[] = [];
      /** Sets of files that were seen, without their numbers, and how often each. */
      const stages = new Map<string, number>();
      for (let run = 0; run < 10; run += 1) {
        const journal = open(directory, { limits: AT_ONCE });
        for (let i = 0; i < 100; i += 1) {
          const events = batch(i % 50, 2 * run + Math.floor(i / 50));
          const receipt = journal.append(events);
          appended.push(events);
          if (i % 3 !== 0) journal.queued(receipt);
          takeImage(journal);
          if (i % 2 === 0) await nextTurnOfTheLoop();
        }
        let isClosed = false;
        const closing = journal.close().then(() => {
          isClosed = true;
        });
        while (!isClosed) {
          takeImage(journal);
          await nextTurnOfTheLoop();
        }
        await closing;
      }
      expect([...stages.keys()]).toEqual(
        expect.arrayContaining([
          'journal journal total.json',
          'journal journal total.json total.json.tmp',
          'journal total.json',
        ]),
      );
      for (const image of images) {
        const journal = open(image.path);
        expectCalls(journal, appended.slice(0, image.appended));
        expect(journal.pending()).toEqual(image.pending);
        await journal.close();
      }

      function takeImage(journal: Journal): void {
        const names = filesIn(directory).map((name) => /^(journal|lock|total.*)/.exec(name)?.[0]);
        const stage = names.filter((name) => name !== 'lock').join(' ');
        const count = (stages.get(stage) ?? 0) + 1;
        stages.set(stage, count);
        // Seldom ones each time, frequent ones now and then.
        if (count > 10 && count % 50 !== 0) return;
        const image = crashImage(directory, path.join(base, `image-${images.length}`));
        images.push({ path: image, appended: appended.length, pending: journal.pending() });
      }
    }));

  test('starts by itself, removes the segments it made superfluous and keeps what is pending', () =>
    withDirectory(async (directory) => {
      const journal = open(directory, { limits: AT_ONCE });
      journal.append(batch(1, 1));
      await expect.poll(() => filesIn(directory)).toContain('total.json');
      await expect.poll(() => filesIn(directory)).not.toContain('journal-000001.jsonl');
      await afterCrash(directory, (after) => {
        expect(after.pending()).toEqual([{ receipt: 1, events: batch(1, 1) }]);
      });
      await journal.close();
    }));

  test('drops what is beyond the limits from memory and from total.json', () =>
    withDirectory(async (directory) => {
      const journal = open(directory, { limits: { ...NO_COMPACTION, endedCount: 1 } });
      for (const n of [1, 2, 3]) journal.queued(journal.append([...batch(n, 1), ended(n)]));
      journal.append([...batch(4, 1), ended(4)]);
      await journal.close();
      const { active_calls } = readTotalOf(directory) as { active_calls: object };
      expect(Object.keys(active_calls)).toEqual([started(4).call_id]);
    }));

  test('that fails is logged, and everything is still there after a restart', () =>
    withDirectory(async (directory) => {
      const log = recordingLog();
      const journal = open(directory, { log });
      journal.append(batch(1, 1));
      fs.mkdirSync(path.join(directory, 'instance-1', 'total.json.tmp'));
      await journal.close();
      expect(log.lines).toMatchObject([{ severity: 'error' }]);
      await withDirectory(async (image) => {
        crashImage(directory, image);
        fs.rmdirSync(path.join(image, 'instance-1', 'total.json.tmp'));
        await afterCrash(image, (after) => expectCalls(after, [batch(1, 1)]));
      });
    }));
});

describe('writers', () => {
  test('two on one base directory get a directory each and see only their own', () =>
    withDirectory(async (directory) => {
      const one = open(directory);
      const two = open(directory);
      one.append(batch(1, 1));
      two.append(batch(2, 1));
      expect(two.call(started(1).call_id)).toBeUndefined();
      await Promise.all([one.close(), two.close()]);
      expect(
        Object.keys((readTotalOf(directory, 1) as { active_calls: object }).active_calls),
      ).toEqual([started(1).call_id]);
      expect(
        Object.keys((readTotalOf(directory, 2) as { active_calls: object }).active_calls),
      ).toEqual([started(2).call_id]);
    }));

  test('a closed one takes no more appends and leaves its directory to the next', () =>
    withDirectory(async (directory) => {
      const one = open(directory);
      one.append(batch(1, 1));
      await one.close();
      expect(() => one.append(batch(1, 2))).toThrow(
        expect.objectContaining({ code: 'journal_write_failed', retryable: true }),
      );
      const two = open(directory);
      expectCalls(two, [batch(1, 1)]);
      await two.close();
      expect(fs.readdirSync(directory)).toEqual(['instance-1']);
      expect(filesIn(directory).filter((name) => name.startsWith('lock-'))).toEqual([]);
    }));
});
