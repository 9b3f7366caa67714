import { describe, expect, it } from 'vitest';
import { harmless } from '../../../functions/src/admin/exports/harmless.ts';
import { plain } from './plain.ts';

describe('words on the screen', () => {
  it('show every character just as the exported files do', () => {
    const different: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = `a${String.fromCodePoint(code)}b`;
      if (plain(text) !== harmless(text)) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
  });

  it('are not turned round, and hide nothing', () => {
    expect(plain('\u202eevil\u200b')).toBe('⟨U+202E⟩evil⟨U+200B⟩');
    expect(plain('क्‍ष 👩‍🚒')).toBe('क्‍ष 👩‍🚒');
  });
});
