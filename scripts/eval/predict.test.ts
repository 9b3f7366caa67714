import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../functions/src/assistant/assistant.ts';
import { createCaller } from './caller.ts';
import { predict } from './predict.ts';

let directory: string;
let from: string;
let to: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aurora-eval-'));
  from = join(directory, 'in.jsonl');
  to = join(directory, 'out.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const written = () =>
  readFileSync(to, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const echo = {
  ask: async (text: string): Promise<Reply> => ({ reply: text, urgency: 'NORMAL', sources: '' }),
};

describe('predictions', () => {
  test('are what the first words of a call get, in the order of the rows', async () => {
    const rows = [
      { id: 'a', text: 'There is a fire in the boiler room', label: 'NORMAL', extra: [1] },
      { id: 2, text: 'Good morning' },
      { id: 'a', text: 'How do I use a fire extinguisher?' },
    ];
    writeFileSync(from, rows.map((row) => `${JSON.stringify(row)}\r\n`).join('\n'));
    const caller = createCaller();
    expect(await predict(caller, from, to)).toBe(3);
    const answers = written();
    expect(answers.map(({ id, label, procedure }) => [id, label, procedure])).toEqual([
      ['a', 'CRITICAL', 'fire'],
      [2, 'NORMAL', null],
      ['a', 'NORMAL', 'fire'],
    ]);
    for (const [at, answer] of answers.entries()) {
      expect(Object.keys(answer)).toEqual(['id', 'label', 'procedure', 'sources', 'reply', 'ms']);
      const { reply, sources } = await caller.ask(rows[at]?.text ?? '');
      expect(answer).toMatchObject({ reply, sources });
      expect(answer.ms).toBeGreaterThanOrEqual(0);
    }
    expect(answers[0].sources).toBe('Fire');
  });

  test('name the document of the answer where no card is read', async () => {
    writeFileSync(from, '{"id":"q","text":"x"}');
    const passages = [{ id: 'site-guide#4', version: 1, hash: '0123456789ab' }];
    const grounding = { rung: 'passage' as const, passages };
    await predict({ ask: async (text) => ({ ...(await echo.ask(text)), grounding }) }, from, to);
    expect(written()[0].procedure).toBe('site-guide');
  });

  test('keep empty words and words of any script', async () => {
    const rows = ['', '  ', 'आग लगी है', '\u202e"quoted"\n'].map((text, id) => ({ id, text }));
    writeFileSync(from, rows.map((row) => JSON.stringify(row)).join('\n'));
    await predict(echo, from, to);
    expect(written().map(({ id, reply }) => ({ id, text: reply }))).toEqual(rows);
  });

  test.each([
    ['{"id":"a","text":"x"}\n\n{"id":"b"}', 'in.jsonl:3: text: '],
    ['{"text":"x"}', 'in.jsonl:1: id: '],
    ['{"id":"a","text":7}', 'in.jsonl:1: text: '],
    ['{"id":"a","text":"x"}\nnot json', 'in.jsonl:2 is no JSON'],
    ['["a"]', 'in.jsonl:1: '],
  ])('of a file with the bad row %j are none, and what was there stays', async (text, message) => {
    writeFileSync(from, text);
    writeFileSync(to, 'earlier');
    await expect(predict(echo, from, to)).rejects.toThrow(message);
    expect(readFileSync(to, 'utf8')).toBe('earlier');
    expect(readdirSync(directory).sort()).toEqual(['in.jsonl', 'out.jsonl']);
  });

  test('of no file, or into no folder, are refused with a sentence', async () => {
    await expect(predict(echo, from, to)).rejects.toThrow(
      "in.jsonl can't be read: ENOENT: no such file",
    );
    writeFileSync(from, '{"id":"a","text":"x"}');
    const nowhere = join(directory, 'none', 'out.jsonl');
    await expect(predict(echo, from, nowhere)).rejects.toThrow("out.jsonl can't be written");
  });
});
