import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';

let times: typeof import('./times.tsx');

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' });
  times = await import('./times.tsx');
});

const shown = (at: string, withDate = false) =>
  renderToStaticMarkup(createElement(times.Moment, { at, withDate }));

describe('a moment', () => {
  it('is shown by the clock of the plant, wherever the reader is', () => {
    expect(shown('2026-11-26T23:59:58+05:30')).toContain('>23:59:58</time>');
    expect(shown('2026-11-26T23:59:58-08:00')).toContain('>23:59:58</time>');
    expect(shown('2026-11-26T23:59:58Z')).toContain('>23:59:58</time>');
  });

  it('has the day of the plant, too', () => {
    expect(shown('2026-11-26T00:00:01+05:30', true)).toMatch(/Nov 26, 2026.*00:00:01/);
    expect(shown('2026-11-26T23:30:00-11:00', true)).toMatch(/Nov 26, 2026.*23:30:00/);
  });

  it('tells the reader’s own time on hover, and machines the instant', () => {
    const at = '2026-11-26T12:00:00+05:30';
    const here = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });
    expect(shown(at)).toContain(`title="${here.format(new Date(at))}"`);
    expect(shown(at)).toContain(`dateTime="${at}"`);
  });
});
