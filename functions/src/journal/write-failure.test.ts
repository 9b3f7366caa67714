import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NO_COMPACTION } from './file-journal.fixture.ts';
import { createFileJournal } from './file-journal.ts';
import {
  batch,
  crashImage,
  foldAll,
  recordingLog,
  started,
  withDirectory,
} from './journal.fixture.ts';
import type { Journal } from './journal.ts';
import type { FileOperations } from './segments.ts';

/** The real file operations with one broken for as long as `fault` says so. */
interface BreakableDisk {
  files: FileOperations;
  fault: 'none' | 'full' | 'half-full' | 'closed' | 'half-full, then read-only';
}

function breakableDisk(): BreakableDisk {
  const disk: BreakableDisk = {
    fault: 'none',
    files: {
      ...fs,
      writeSync: ((fd: number, buffer: Buffer, offset: number, length: number) => {
        if (disk.fault === 'full') throw errno('ENOSPC');
        if (disk.fault === 'closed') fs.closeSync(fd);
        const half = disk.fault.startsWith('half-full');
        return fs.writeSync(fd, buffer, offset, half ? Math.floor(length / 2) : length);
      }) as typeof fs.writeSync,
      ftruncateSync: (fd, length) => {
        if (disk.fault === 'half-full, then read-only') throw errno('EROFS');
        fs.ftruncateSync(fd, length);
      },
    },
  };
  return disk;
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

async function expectAfterCrash(base: string, look: (journal: Journal) => void): Promise<void> {
  await withDirectory(async (image) => {
    const log = recordingLog();
    const journal = createFileJournal({ directory: crashImage(base, image), log });
    look(journal);
    await journal.close();
    expect(log.lines).toEqual([]);
  });
}

describe.each(['full', 'half-full', 'closed', 'half-full, then read-only'] as const)(
  'when the disk is %s',
  (fault) => {
    test('append throws, the view and the file do not hold the events, and later appends do', () =>
      withDirectory(async (directory) => {
        const disk = breakableDisk();
        const journal = createFileJournal({
          directory,
          log: recordingLog(),
          limits: NO_COMPACTION,
          files: disk.files,
        });
        journal.append(batch(1, 1));
        disk.fault = fault;
        for (const attempt of [2, 3]) {
          expect(() => journal.append(batch(1, attempt))).toThrow(
            expect.objectContaining({ code: 'journal_write_failed', status: 503, retryable: true }),
          );
        }
        disk.fault = 'none';
        const held = [batch(1, 1)];
        const { call_id } = started(1);
        expect(journal.call(call_id)).toEqual(foldAll(held).get(call_id));
        expect(journal.pending()).toHaveLength(1);
        await expectAfterCrash(directory, (after) => {
          expect(after.call(call_id)).toEqual(foldAll(held).get(call_id));
        });

        journal.append(batch(1, 4));
        held.push(batch(1, 4));
        expect(journal.call(call_id)).toEqual(foldAll(held).get(call_id));
        await expectAfterCrash(directory, (after) => {
          expect(after.call(call_id)).toEqual(foldAll(held).get(call_id));
          expect(after.pending()).toEqual(journal.pending());
        });
        await journal.close();
      }));

    test('a batch that can not be marked as queued is only sent again after a restart', () =>
      withDirectory(async (directory) => {
        const disk = breakableDisk();
        const journal = createFileJournal({
          directory,
          log: recordingLog(),
          limits: NO_COMPACTION,
          files: disk.files,
        });
        const receipt = journal.append(batch(1, 1));
        disk.fault = fault;
        journal.queued(receipt);
        disk.fault = 'none';
        expect(journal.pending()).toEqual([]);
        await expectAfterCrash(directory, (after) => expect(after.pending()).toHaveLength(1));
        await journal.close();
      }));
  },
);
