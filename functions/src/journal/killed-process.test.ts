import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFileJournal } from './file-journal.ts';
import { recordingLog, said, started, withDirectory } from './journal.fixture.ts';

const CHILD = fileURLToPath(new URL('./append-forever.fixture.ts', import.meta.url));

/** Starts a process that appends, kills it after so many acknowledged appends, returns those. */
async function appendAndKill(directory: string, appends: number): Promise<[number, number][]> {
  const child = spawn(process.execPath, [CHILD, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > appends) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ').map(Number) as [number, number]);
}

describe('a process killed in the middle of appends', () => {
  test.each([1, 400, 2_000])(
    'after %i of them, leaves every append that had returned to the next process',
    (appends) =>
      withDirectory(async (directory) => {
        const acknowledged = await appendAndKill(directory, appends);
        expect(acknowledged.length).toBeGreaterThanOrEqual(appends);
        const log = recordingLog();
        const journal = createFileJournal({ directory, log });
        expect(fs.readdirSync(directory)).toEqual(['instance-1']);
        const pending = new Set(journal.pending().map(({ events }) => JSON.stringify(events[1])));
        for (const [n, turn] of acknowledged) {
          const { id, ...stored } = said(n, turn).message;
          const messages = journal.call(started(n).call_id)?.conversation?.messages;
          expect(messages?.[id]).toEqual(stored);
          if (n % 2 === 1) expect(pending.has(JSON.stringify(said(n, turn)))).toBe(true);
        }
        expect(log.lines).toEqual([]);
        await journal.close();
      }),
    20_000,
  );

  test(
    'while it lives, a second process gets a directory of its own',
    () =>
      withDirectory(async (directory) => {
        const child = spawn(process.execPath, [CHILD, directory], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(child.stdout, 'data');
        const journal = createFileJournal({ directory, log: recordingLog() });
        expect(fs.readdirSync(directory)).toEqual(['instance-1', 'instance-2']);
        expect(journal.call(started(1).call_id)).toBeUndefined();
        await journal.close();
        child.stdout.resume();
        child.kill('SIGKILL');
        await once(child, 'close');
      }),
    20_000,
  );
});
