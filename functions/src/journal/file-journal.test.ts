import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../calls/model.ts';
import { Call, Conversation } from '../calls/model.ts';
import { createFileJournal, type FileJournalOptions } from './file-journal.ts';
import {
  anyBatch,
  anyWholeBatch,
  batch,
  crashImage,
  ended,
  filesIn,
  foldAll,
  NO_COMPACTION,
  readTotalOf,
  recordingLog,
  said,
  started,
  withDirectory,
} from './journal.fixture.ts';
import type { Journal } from './journal.ts';

const AT_ONCE = { compactAfter: 0, compactAtLatest: 0 };

function open(directory: string, options: Partial<FileJournalOptions> = {}): Journal {
  return createFileJournal({ directory, log: recordingLog(), limits: NO_COMPACTION, ...options });
}

/** Opens what a crash would leave of `base` right now, looks at it, and leaves no trace. */
async function afterCrash(
  base: string,
  look: (journal: Journal, base: string) => void,
  log = recordingLog(),
): Promise<void> {
  await withDirectory(async (image) => {
    const journal = open(crashImage(base, image), { log });
    try {
      look(journal, image);
    } finally {
      await journal.close();
    }
  });
}

function expectCalls(journal: Journal, batches: readonly (readonly CallEvent[])[]): void {
  const expected = foldAll(batches);
  for (const [callId, state] of expected) expect(journal.call(callId)).toEqual(state);
}

describe('a restart', () => {
  test('shows every call, its CallSid and what is pending as before', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyWholeBatch, fc.boolean()), { maxLength: 20 }),
        fc.boolean(),
        (batches, crashes) =>
          withDirectory(async (directory) => {
            const before = open(directory);
            for (const [events, isQueued] of batches) {
              const receipt = before.append(events);
              if (isQueued) before.queued(receipt);
            }
            const pending = before.pending();
            const look = (after: Journal) => {
              expectCalls(
                after,
                batches.map(([events]) => events),
              );
              expect(after.pending()).toEqual(pending);
              for (const n of [0, 1, 2, 3]) {
                const { call_sid } = started(n);
                expect(after.callIdOf(call_sid)).toBe(before.callIdOf(call_sid));
              }
            };
            if (crashes) await afterCrash(directory, look);
            await before.close();
            await afterCrash(directory, look);
          }),
      ),
      { numRuns: 40 },
    ));

  test('never gives out a receipt again, however many restarts', () =>
    withDirectory(async (directory) => {
      const receipts: number[] = [];
      for (let run = 0; run < 4; run += 1) {
        const journal = open(directory);
        const receipt = journal.append(batch(1, run));
        journal.queued(receipt);
        receipts.push(receipt);
        await journal.close();
      }
      expect(receipts).toEqual([1, 2, 3, 4]);
    }));

  test('keeps every whole line, wherever the last one is cut', () =>
    withDirectory(async (directory) => {
      const journal = open(directory);
      journal.append(batch(1, 1));
      journal.append([started(1), said(1, 2, 0, 'Grüße: आग लगी है')]);
      await withDirectory(async (image) => {
        const file = path.join(crashImage(directory, image), 'instance-1', filesIn(image)[0] ?? '');
        const whole = fs.readFileSync(file);
        const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
        for (let length = lastLine; length <= whole.length; length += 1) {
          fs.writeFileSync(file, whole.subarray(0, length));
          const log = recordingLog();
          const expected = length >= whole.length - 1 ? 2 : 1;
          const look = (after: Journal) => {
            const messages = after.call(started(1).call_id)?.conversation?.messages;
            expect(Object.keys(messages ?? {})).toHaveLength(expected);
          };
          await afterCrash(image, look, log);
          expect(log.lines).toEqual([]);
        }
      });
      await journal.close();
    }));

  test('goes on after a torn line with lines that can be read', () =>
    withDirectory(async (directory) => {
      const first = open(directory);
      first.append(batch(1, 1));
      first.append(batch(1, 2));
      await withDirectory(async (image) => {
        const file = path.join(crashImage(directory, image), 'instance-1', filesIn(image)[0] ?? '');
        fs.truncateSync(file, fs.statSync(file).size - 20);
        const second = open(image);
        second.append(batch(1, 3));
        await afterCrash(image, (third) => expectCalls(third, [batch(1, 1), batch(1, 3)]));
        await second.close();
      });
      await first.close();
    }));
});

describe('damage', () => {
  test('a corrupt line is quarantined once, with an alert without its words; the rest is kept', () =>
    withDirectory(async (directory) => {
      const journal = open(directory);
      for (const turn of [1, 2, 3]) journal.append(batch(1, turn));
      await withDirectory(async (image) => {
        const file = path.join(crashImage(directory, image), 'instance-1', filesIn(image)[0] ?? '');
        const lines = fs.readFileSync(file, 'utf8').split('\n');
        const damaged = (lines[2] as string).replace('"events":[', '"events":{');
        fs.writeFileSync(file, lines.with(2, damaged).join('\n'));
        const log = recordingLog();
        const look = (after: Journal, base: string) => {
          expectCalls(after, [batch(1, 1), batch(1, 3)]);
          const quarantine = path.join(base, 'instance-1', 'quarantine.jsonl');
          expect(fs.readFileSync(quarantine, 'utf8')).toBe(`${damaged}\n`);
        };
        const second = open(image, { log });
        look(second, image);
        await afterCrash(image, look, log);
        await second.close();
        await afterCrash(image, look, log);
        expect(log.lines.map(({ severity }) => severity)).toEqual(['alert', 'alert']);
        expect(JSON.stringify(log.lines)).not.toContain('smoke');
      });
      await journal.close();
    }));

  test('an entry of total.json that is no call is quarantined, and the others are kept', () =>
    withDirectory(async (directory) => {
      const first = open(directory);
      for (const n of [1, 2, 3]) first.append(batch(n, 1));
      await first.close();
      const file = path.join(directory, 'instance-1', 'total.json');
      const total = readTotalOf(directory) as Record<string, Record<string, object>>;
      Object.assign(total.active_calls?.[started(2).call_id] ?? {}, { status: 7 });
      fs.writeFileSync(file, JSON.stringify(total));
      for (const name of filesIn(directory)) {
        if (name.startsWith('journal-')) fs.rmSync(path.join(directory, 'instance-1', name));
      }
      const log = recordingLog();
      const second = open(directory, { log });
      expectCalls(second, [batch(1, 1), batch(3, 1)]);
      expect(second.call(started(2).call_id)).toBeUndefined();
      expect(log.lines).toMatchObject([{ severity: 'alert', fields: { count: 2 } }]);
      await second.close();
      expect(filesIn(directory)).toContain('quarantine.jsonl');
    }));

  test('a total.json that is no JSON is set aside, and the segments are replayed', () =>
    withDirectory(async (directory) => {
      const first = open(directory);
      first.append(batch(1, 1));
      await withDirectory(async (image) => {
        crashImage(directory, image);
        fs.writeFileSync(path.join(image, 'instance-1', 'total.json'), '{"active_calls":');
        const log = recordingLog();
        const second = open(image, { log, clock: { now: () => 5 } });
        expectCalls(second, [batch(1, 1)]);
        await second.close();
        expect(log.lines).toMatchObject([{ severity: 'alert' }]);
        expect(filesIn(image)).toContain('total.json.unreadable-5');
      });
      await first.close();
    }));
});

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
    withDirectory(async (directory) => {
      const journal = open(directory, { limits: AT_ONCE });
      const appended: CallEvent[][] = [];
      const seen = new Set<string>();
      for (let i = 0; i < 1_000; i += 1) {
        const events = batch(i % 50, Math.floor(i / 50));
        const receipt = journal.append(events);
        appended.push(events);
        if (i % 3 !== 0) journal.queued(receipt);
        if (i % 2 === 0) await nextTurnOfTheLoop();
        if (i % 25 !== 0) continue;
        seen.add(filesIn(directory).join());
        const pending = journal.pending();
        await afterCrash(directory, (after) => {
          expectCalls(after, appended);
          expect(after.pending()).toEqual(pending);
        });
      }
      // The images really show different stages: segments changed while total.json was written.
      expect([...seen].some((names) => names.includes('total.json'))).toBe(true);
      expect(seen.size).toBeGreaterThan(3);
      await journal.close();
      await afterCrash(directory, (after) => expectCalls(after, appended));
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
