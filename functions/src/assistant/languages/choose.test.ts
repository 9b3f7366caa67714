import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameLanguage } from '../../calls/language-tags.ts';
import {
  type CallLanguages,
  languageAfterBadHearing,
  languageKeys,
  languageOfKey,
  startingLanguages,
} from './choose.ts';

const speaks = (language: string) => /^(en|hi|es)\b/.test(language);

describe('a call starts', () => {
  it("in the worker's language, else in the site's own", () => {
    const site = ['en-IN', 'hi-IN'] as const;
    expect(startingLanguages([...site], 'hi-IN', speaks).language).toBe('hi-IN');
    expect(startingLanguages([...site], undefined, speaks).language).toBe('en-IN');
  });

  it("in the site's form of the worker's language", () => {
    expect(startingLanguages(['en-IN', 'es-MX'], 'es', speaks).language).toBe('es-MX');
  });

  it('in a language that the site does not name, where Aurora has words in it', () => {
    expect(startingLanguages(['en-IN'], 'hi', speaks)).toEqual({
      language: 'hi-IN',
      languages: ['en-IN', 'hi-IN'],
    });
    expect(startingLanguages(['en-IN'], 'ta-IN', speaks)).toEqual({
      language: 'en-IN',
      languages: ['en-IN'],
    });
  });
});

describe('a language in which Aurora has no words', () => {
  it('is left out, unless it is the first: nobody would be understood in it', () => {
    const site = ['ta-IN', 'hi-IN', 'te-IN', 'es-MX'] as const;
    expect(startingLanguages([...site], undefined, speaks)).toEqual({
      language: 'ta-IN',
      languages: ['ta-IN', 'hi-IN', 'es-MX'],
    });
  });
});

describe('a key', () => {
  const languages = ['en-IN', 'hi-IN', 'es-MX'];

  it('from 3 on names the second, third and further languages', () => {
    expect(languageKeys({ language: 'en-IN', languages })).toEqual([
      { key: '3', language: 'hi-IN' },
      { key: '4', language: 'es-MX' },
    ]);
  });

  it('of the language that is spoken leads back to the first one', () => {
    expect(languageOfKey('3', { language: 'hi-IN', languages })).toBe('en-IN');
    expect(languageOfKey('4', { language: 'hi-IN', languages })).toBe('es-MX');
  });

  it('that names no language switches nothing', () => {
    for (const key of ['0', '1', '2', '5', '9', '#', '']) {
      expect(languageOfKey(key, { language: 'en-IN', languages }), key).toBeUndefined();
    }
  });
});

describe('a second badly heard turn', () => {
  const call: CallLanguages = { language: 'en-IN', languages: ['en-IN', 'hi-IN', 'es-MX'] };

  it('in a row makes the line listen for the next language', () => {
    expect([0, 1, 2, 3].map((times) => languageAfterBadHearing(times, call))).toEqual([
      undefined,
      undefined,
      'hi-IN',
      undefined,
    ]);
  });

  it('changes nothing on a line with one language', () => {
    const only = { language: 'en-IN', languages: ['en-IN'] };
    expect(languageAfterBadHearing(2, only)).toBeUndefined();
  });
});

describe('from any of its languages', () => {
  const tags = fc.uniqueArray(
    fc.constantFrom('en-IN', 'hi-IN', 'es-MX', 'pt-BR', 'de-DE', 'fr-FR', 'ta-IN', 'te-IN'),
    { minLength: 1, maxLength: 8 },
  );

  it('a caller reaches each other one of the seven by one key', () => {
    fc.assert(
      fc.property(tags, fc.nat(), (site, pick) => {
        const [first, ...others] = site;
        if (first === undefined) return;
        const { languages } = startingLanguages([first, ...others], undefined, () => true);
        const language = languages[pick % languages.length] ?? first;
        const reached = languageKeys({ language, languages }).map((key) => key.language);
        expect(reached.sort()).toEqual(languages.filter((tag) => tag !== language).sort());
      }),
    );
  });

  it('bad hearing tries every other one before the first comes again', () => {
    fc.assert(
      fc.property(tags, (languages) => {
        const tried: string[] = [];
        let language: string = languages[0] ?? 'en-IN';
        for (let turn = 2; turn <= 2 * languages.length; turn += 2) {
          const next = languageAfterBadHearing(turn, { language, languages });
          if (next === undefined) break;
          expect(sameLanguage(next, language)).toBe(false);
          tried.push(next);
          language = next;
        }
        expect(tried.sort()).toEqual(languages.length > 1 ? [...languages].sort() : []);
      }),
    );
  });
});
