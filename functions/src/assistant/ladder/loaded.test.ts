import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('./loaded.fixture.ts', import.meta.url));

test('an instance loads what asks the models when a call warms it, and not before', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD]);
  const { cold, warm } = JSON.parse(stdout);
  expect(cold).toContain('zod');
  expect(cold.filter((name: string) => /ai-sdk|cockatiel/.test(name))).toEqual([]);
  expect(warm).toEqual(expect.arrayContaining(['@ai-sdk/openai-compatible', 'cockatiel']));
});
