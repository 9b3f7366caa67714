import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterCrash, expectCalls, open } from './file-journal.fixture.ts';
import {
  anyWholeBatch,
  batch,
  crashImage,
  filesIn,
  readTotalOf,
  recordingLog,
  said,
  started,
  withDirectory,
} from './journal.fixture.ts';
import type { Journal } from './journal.ts';
import { DEFAULT_LIMITS, systemClock } from './limits.ts';
import { recover } from './recover.ts';
import { segmentPath } from './segments.ts';
import { createState } from './state.ts';

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
      await withDirectory((image) => {
        const instance = path.join(crashImage(directory, image), 'instance-1');
        const file = segmentPath(instance, 1);
        const whole = fs.readFileSync(file);
        const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
        for (let length = whole.length; length >= lastLine; length -= 1) {
          fs.truncateSync(file, length);
          const state = createState(DEFAULT_LIMITS, systemClock);
          const log = recordingLog();
          recover(instance, state, 0, log);
          const held = length >= whole.length - 1 ? 2 : 1;
          const messages = state.view.call(started(1).call_id)?.conversation?.messages;
          expect(Object.keys(messages ?? {})).toHaveLength(held);
          expect(state.pending()).toHaveLength(held);
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
