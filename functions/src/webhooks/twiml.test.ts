import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../emulators/twilio/voice-document.ts';
import type { Link } from './link.ts';
import { readLink, writeLink } from './link.ts';
import { inPieces, sayAndListen, speakable } from './twiml.ts';

const link: Link = {
  call: 'call_15550100001_20251004_143000_abcdef',
  company: 'demo',
  startedAt: '2025-10-04T14:30:00+05:30',
  emergencyNumber: '112',
  turn: { n: 3, random: 'abcdef0123' },
  urgency: 'CRITICAL',
  hazard: 'gas-leak',
  step: 2,
  confirmed: false,
  badlyHeard: 0,
  slow: false,
  silences: 0,
  epoch: 0,
  language: 'en-IN',
  languages: ['en-IN'],
  heard: { id: 'm000002-abcdef0123-1', hash: '0123abcd' },
};

const BASE = { publicBaseUrl: 'https://a.example' };

describe('speakable', () => {
  it('never makes the builder throw, and stays inside what Twilio speaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(80), (text, times) => {
        const said = speakable(text.repeat(times));
        expect(encodeURIComponent(said).length).toBeLessThanOrEqual(4_500);
        expect(() =>
          sayAndListen({ ...BASE, link, say: [{ text: said, language: 'en-IN' }] }),
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

/** The Gather of a document, by the telephone's own rules; throws where it breaks one. */
function gatherIn(document: string) {
  const read = readDocument(document, 'https://a.example/process-speech');
  if ('fault' in read) throw new Error(read.fault.message);
  expect(read.warnings).toEqual([]);
  const gather = read.verbs.find(({ name }) => name === 'Gather');
  if (!gather) throw new Error('no Gather');
  return gather;
}

describe('what is said', () => {
  const english = { text: 'Get out.', language: 'en-IN' };
  const hindi = { text: 'बाहर निकलें।', language: 'hi-IN' };

  it('is one Say for each language in turn, in a voice that speaks it', () => {
    const say = [english, { text: 'Call 112.', language: 'en-IN' }, hindi];
    const { nested } = gatherIn(sayAndListen({ ...BASE, link, say }));
    expect(nested.map(({ text, attributes }) => [text, attributes])).toEqual([
      ['Get out. Call 112.', { language: 'en-IN', voice: 'Polly.Aditi' }],
      ['बाहर निकलें।', { language: 'hi-IN', voice: 'Polly.Aditi' }],
    ]);
  });

  it('is slow where the caller asked for it, and a language without a voice stays plain', () => {
    const say = [english, { text: 'வெளியே போ', language: 'ta-IN' }];
    const document = sayAndListen({ ...BASE, link: { ...link, slow: true }, say });
    expect(document).toContain('<prosody rate="slow">Get out.</prosody>');
    expect(gatherIn(document).nested.map(({ text }) => text)).toEqual(['Get out.', 'வெளியே போ']);
  });

  it('is cut in each piece for itself, and an empty piece is left out', () => {
    const long = 'word '.repeat(2_000);
    const say = [{ ...english, text: long }, { ...hindi, text: ' \u0000 ' }, hindi];
    const { nested } = gatherIn(sayAndListen({ ...BASE, link, say }));
    expect(nested[0]?.text).toMatch(/word…$/);
    expect(nested[0]?.text.length).toBeLessThanOrEqual(3_000);
    expect(nested[1]?.text).toBe(hindi.text);
  });

  it.each(['en-IN', 'hi-IN', 'es-MX', 'ta-IN'])(
    'is heard in the language of the line: %s',
    (tag) => {
      const { attributes } = gatherIn(
        sayAndListen({ ...BASE, link: { ...link, language: tag }, say: [english] }),
      );
      expect(attributes.language).toBe(tag);
      const word = { 'hi-IN': 'आग', 'es-MX': 'fuego' }[tag] ?? 'fire';
      expect(attributes.hints?.split(',')).toContain(word);
    },
  );
});

describe('the link', () => {
  const longest: Link = {
    ...link,
    call: `call_${'9'.repeat(15)}_20251004_143000_abcdef`,
    company: 'c'.repeat(64),
    site: 's'.repeat(64),
    emergencyNumber: `+${'9'.repeat(15)}`,
    turn: { n: 999_999, random: 'abcdef0123' },
    hazard: 'h'.repeat(64),
    step: 999_999,
    asked: 'h'.repeat(64),
    question: `${'h'.repeat(64)}#${'q'.repeat(32)}`,
    confirmed: true,
    badlyHeard: 999_999,
    slow: true,
    silences: 999_999,
    epoch: 999_999,
    heldUntil: 1_759_568_400,
    resumes: true,
    sent: true,
    told: Array.from({ length: 5 }, (_, n) => `m00000${n}-abcdef0123-2`),
    language: 'yue-Hant-HK',
    languages: ['en-IN', 'hi-IN', 'es-MX', 'cmn-Hans-CN', 'yue-Hant-HK', 'pa-guru-IN', 'zh-TW'],
  };

  it('stays far below the 4,000 characters that Twilio takes, and comes back whole', () => {
    expect(writeLink(longest).length).toBeLessThan(1_300);
    expect(readLink(new URLSearchParams(writeLink(longest)))).toEqual(longest);
  });

  it('comes back as it was written', () => {
    expect(readLink(new URLSearchParams(writeLink(link)))).toEqual({
      ...link,
      site: undefined,
      asked: undefined,
      question: undefined,
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
    const dispensable = [
      'hz',
      'st',
      'ask',
      's',
      'u',
      'q',
      'ok',
      'bad',
      'slow',
      'langs',
      'held',
      'back',
      'rd',
      'told',
    ];
    for (const name of dispensable) query.set(name, '../x y');
    expect(readLink(query)).toMatchObject({
      urgency: 'NORMAL',
      silences: 0,
      hazard: undefined,
      question: undefined,
      confirmed: false,
      badlyHeard: 0,
      slow: false,
      heldUntil: undefined,
      resumes: undefined,
      told: undefined,
      languages: ['en-IN'],
    });
  });
});

describe('a text of any length', () => {
  it('is parted into pieces that a voice takes, and nothing of it is lost', () => {
    const words = fc.array(fc.constantFrom('आग', 'fire', 'a'.repeat(5_000), '&', '😀'), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(words, (text) => {
        const pieces = inPieces(text.join(' '));
        for (const piece of pieces) expect(speakable(piece)).toBe(piece);
        expect(pieces.join('').replaceAll(' ', '')).toBe(text.join(''));
      }),
    );
  });
});
