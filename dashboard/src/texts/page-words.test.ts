import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { passwordTexts } from './password.ts';
import { statusTexts } from './status.ts';

const PAGES = [
  ['password.html', passwordTexts.en.page],
  ['status.html', statusTexts.en.page],
] as const;

describe('a page that is loaded by itself', () => {
  it.each(PAGES)('%s has every one of its words in both languages', async (name, words) => {
    const page = await readFile(join(import.meta.dirname, '../..', name), 'utf8');
    const standing = [...page.matchAll(/data-words="(\w+)"[^>]*>([^<]*)</g)].map(
      ([, key, text]) => [key, text?.replace(/\s+/g, ' ').trim()],
    );
    const { title, ...others } = words as Record<string, string>;
    for (const [key, text] of standing) expect([key, text]).toEqual([key, others[key ?? '']]);
    expect(new Set(standing.map(([key]) => key))).toEqual(new Set(Object.keys(others)));
    expect(page).toContain(`<title>${title}</title>`);
    // What is left outside of such elements are names, commands and addresses.
    const rest = page
      .replace(/<noscript>.*?<\/noscript>|<!--.*?-->|<head>.*?<\/head>/gs, '')
      .replace(/<(code|pre)[^>]*>.*?<\/\1>/gs, '')
      .replace(/<(\w+)[^>]*data-words="\w+"[^>]*>[^<]*<\/\1>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .match(/\p{L}+/gu);
    const names = new Set(['Aurora', 'Realtime', 'Database', 'Firestore', 'doctype', 'html']);
    expect((rest ?? []).filter((word) => !names.has(word))).toEqual([]);
  });
});
