import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureTexts } from './failures.ts';

const FUNCTIONS = join(import.meta.dirname, '../../../functions/src');

/** Folders whose failures never come to somebody who uses the page. */
const ELSEWHERE = /^(webhooks|operations|journal|lost-callers|mirror|turn|upkeep|outbound)\//;

/** Codes that only a task meets. */
const NOT_MET = new Set(['too_old']);

/** Every code in a place where failures are made: `new AuroraError(409, 'taken', …`, `conflict('in_use', …`. */
async function codesOfApi(): Promise<Set<string>> {
  const names = await readdir(FUNCTIONS, { recursive: true });
  const codes = new Set<string>();
  for (const name of names) {
    if (!/\.ts$/.test(name) || /\.(test|fixture)\.ts$/.test(name) || ELSEWHERE.test(name)) continue;
    const text = await readFile(join(FUNCTIONS, name), 'utf8');
    const made = /(?:AuroraError\(\s*(?:\d{3}|status)|conflict\(|faulty\(),?\s*'([a-z_]+)'/g;
    for (const [, code] of text.matchAll(made)) if (code) codes.add(code);
  }
  return codes;
}

describe('the words of failures', () => {
  it('are there in Hindi for every code that somebody who uses the page can meet', async () => {
    const codes = await codesOfApi();
    expect(codes.size).toBeGreaterThan(50);
    const missing = [...codes].filter((code) => !failureTexts.hi.has(code) && !NOT_MET.has(code));
    expect(missing).toEqual([]);
  });

  it('are Hindi where English ones are, and name no header and no route', () => {
    for (const code of failureTexts.en.keys()) expect(failureTexts.hi.has(code), code).toBe(true);
    for (const words of [...failureTexts.en.values(), ...failureTexts.hi.values()]) {
      expect(words).not.toMatch(/If-Match|Idempotency|\/api\/|\bPOST\b|\bGET\b|\bPATCH\b/);
    }
    for (const words of failureTexts.hi.values()) expect(words).toMatch(/\p{Script=Devanagari}/u);
  });
});
