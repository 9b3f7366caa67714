import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** WCAG 2.2 AA for text of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const LEAST = 4.5;

const TEXTS = ['text', 'quiet', 'accent', 'good', 'attention', 'bad', 'waiting'];
const GROUNDS = ['ground', 'panel', 'well'];

/** The dark palette stands first in the file, the light one second. */
const palettes = [
  ...readFileSync(new URL('style.css', import.meta.url), 'utf8').matchAll(/:root \{([^}]*)\}/g),
].map(([, block = '']) =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ),
);

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** `share` of one colour over the other, as the tinted panel has it. */
function mixed(color: string, over: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [color, over].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * share + (b ?? 0) * (1 - share));
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

describe.each([
  ['dark', palettes[0] ?? {}],
  ['light', palettes[1] ?? {}],
])('in the %s palette', (_, palette) => {
  const color = (name: string) => palette[name] ?? expect.fail(`no colour --${name}`);

  it.each(TEXTS)('--%s can be read on every ground', (text) => {
    for (const ground of GROUNDS) {
      expect(contrast(color(text), color(ground)), ground).toBeGreaterThanOrEqual(LEAST);
    }
  });

  it.each(['good', 'attention', 'bad', 'waiting'])('the panel tinted --%s can be read', (tone) => {
    const tinted = mixed(color(tone), color('panel'), 0.05);
    for (const text of [tone, 'text', 'quiet']) {
      expect(contrast(color(text), tinted), text).toBeGreaterThanOrEqual(LEAST);
    }
  });

  it('the label of a button under the pointer can be read', () => {
    expect(contrast(color('on-accent'), color('accent'))).toBeGreaterThanOrEqual(LEAST);
  });
});
