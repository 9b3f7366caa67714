import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hazardWords } from './hazards.ts';

const CARDS = join(import.meta.dirname, '../../../functions/manuals');

describe('a hazard', () => {
  const ids = readdirSync(CARDS)
    .filter((name) => /^[a-z-]+\.md$/.test(name))
    .map((name) => name.replace('.md', ''));

  it('has a Hindi name for every card that comes with Aurora', () => {
    expect(ids.length).toBeGreaterThan(30);
    const missing = ids.filter((id) => !/\p{Script=Devanagari}/u.test(hazardWords(id, 'hi')));
    expect(missing).toEqual([]);
  });

  it('is told by the words of its id in English, and where a company named it', () => {
    expect(hazardWords('gas-leak', 'en')).toBe('gas leak');
    expect(hazardWords('kiln-overheating', 'hi')).toBe('kiln overheating');
    expect(hazardWords('constructor', 'hi')).toBe('constructor');
  });
});
