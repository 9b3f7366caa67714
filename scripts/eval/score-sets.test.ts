import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { scoreSets } from './score-sets.ts';

let directory: string;
let printed: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aurora-eval-'));
  printed = '';
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Takes everything as NORMAL, tells nothing. */
const deaf: Caller = {
  ask: async () => ({ reply: 'Hello.', urgency: 'NORMAL', sources: '' }),
  converse: async (turns) => turns.map(() => ({ urgency: 'NORMAL', hazard: undefined })),
  find: () => [],
};

function set(name: string, ...rows: object[]): string {
  const file = join(directory, name);
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  return file;
}

const score = (files: string[], misses = true) =>
  scoreSets(deaf, { files, misses }, (text) => {
    printed += `${text}\n`;
  });

const MISSED = { id: 'a', text: 'mashed potatoes', label: 'CRITICAL', category: 'plain' };
const RIGHT = { id: 'b', text: 'good morning', label: 'NORMAL', category: 'short' };

describe('sets that are scored', () => {
  test('meet their goals only if each of them does', async () => {
    const [good, bad] = [set('good.jsonl', RIGHT), set('bad.jsonl', MISSED, RIGHT)];
    expect(await score([good])).toBe(true);
    expect(await score([bad, good])).toBe(false);
    expect(await score([good, bad])).toBe(false);
  });

  test('show what was missed when they are asked to', async () => {
    const file = set('tuned.jsonl', MISSED, RIGHT);
    await score([file], false);
    expect(printed).not.toContain('mashed potatoes');
    await score([file]);
    expect(printed).toContain('a  CRITICAL judged NORMAL  plain  mashed potatoes');
    expect(printed).not.toContain('good morning');
  });

  test.each(['unseen.jsonl', 'unseen-2.jsonl', 'retrieval-unseen.jsonl', 'Unseen.jsonl'])(
    'named %s never show their rows',
    async (name) => {
      await score([set(name, MISSED)]);
      expect(printed).toContain('1 misses, which stay unseen.');
      expect(printed).not.toContain('mashed');
    },
  );

  test('may be questions and conversations too', async () => {
    const questions = set('questions.jsonl', {
      id: 'q',
      text: 'lifts?',
      passages: ['fire#asked-4'],
    });
    const turns = [
      { text: 'hello', urgency: 'NORMAL' },
      { text: 'fire', urgency: 'CRITICAL' },
    ];
    expect(await score([questions, set('calls.jsonl', { id: 'c', turns })])).toBe(true);
    expect(printed).toMatch(/^all +0\.000 \(0\/1\)/m);
    expect(printed).toContain('q  lifts?  found nothing  told nothing  right fire#asked-4');
    expect(printed).toMatch(/turns with the right urgency of the call +0\.500 \(1\/2\)/);
    expect(printed).toContain('c turn 2  CRITICAL  judged NORMAL   fire');
  });

  test('are measured only when all of them can be read', async () => {
    const files = [set('good.jsonl', RIGHT), set('broken.jsonl', { text: 1, label: 'NORMAL' })];
    await expect(score(files)).rejects.toThrow('broken.jsonl:1: text: ');
    expect(printed).toBe('');
  });
});
