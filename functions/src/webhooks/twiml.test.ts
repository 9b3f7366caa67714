import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from './link.ts';
import { readLink, writeLink } from './link.ts';
import { sayAndListen, speakable } from './twiml.ts';

const link: Link = {
  call: 'call_15550100001_20251004_143000_abcdef',
  company: 'demo',
  startedAt: '2025-10-04T14:30:00+05:30',
  emergencyNumber: '112',
  turn: { n: 3, random: 'abcdef0123' },
  urgency: 'CRITICAL',
  hazard: 'gas-leak',
  step: 2,
  silences: 0,
  epoch: 0,
  language: 'en-IN',
  heard: { id: 'm000002-abcdef0123-1', hash: '0123abcd' },
};

describe('speakable', () => {
  it('never makes the builder throw, and stays inside what Twilio speaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(80), (text, times) => {
        const said = speakable(text.repeat(times));
        expect(encodeURIComponent(said).length).toBeLessThanOrEqual(4_500);
        expect(() =>
          sayAndListen({ publicBaseUrl: 'https://a.example', link, say: said }),
        ).not.toThrow();
      }),
    );
  });

  it('cuts a long Hindi reply at a word', () => {
    const said = speakable('आग लगी है बाहर निकलो '.repeat(100));
    expect(said).toMatch(/(आग|लगी|है|बाहर|निकलो)…$/);
    expect(encodeURIComponent(said).length).toBeLessThanOrEqual(4_500);
  });

  it('leaves ordinary words as they are', () => {
    expect(speakable(' Get out & call <112> now. ')).toBe('Get out & call <112> now.');
  });
});

describe('the link', () => {
  it('comes back as it was written', () => {
    expect(readLink(new URLSearchParams(writeLink(link)))).toEqual({
      ...link,
      site: undefined,
      asked: undefined,
    });
  });

  it('is refused whole where what it can not do without is missing or malformed', () => {
    for (const name of ['call', 'co', 'at', 'en', 'turn', 'lang']) {
      const query = new URLSearchParams(writeLink(link));
      query.set(name, '<script>');
      expect(readLink(query), name).toBeUndefined();
    }
  });

  it('drops what it can do without where that is malformed', () => {
    const query = new URLSearchParams(writeLink(link));
    for (const name of ['hz', 'st', 'ask', 's', 'u']) query.set(name, '../x y');
    expect(readLink(query)).toMatchObject({ urgency: 'NORMAL', silences: 0, hazard: undefined });
  });
});
