import { afterEach, describe, expect, it, vi } from 'vitest';
import { detailWords, failureWords } from './failure-words.ts';

afterEach(() => vi.unstubAllGlobals());

const inLanguage = (lang: string) => vi.stubGlobal('document', { documentElement: { lang } });

describe('a failure', () => {
  it('is told in Hindi on a page in Hindi', async () => {
    inLanguage('hi');
    expect(await failureWords('taken', 'Meena has this call.')).toContain('दूसरे पर्यवेक्षक');
  });

  it('keeps the API’s own English words, which say more', async () => {
    inLanguage('en');
    expect(await failureWords('taken', 'Meena has this call.')).toBe('Meena has this call.');
  });

  it('has other English words where the API speaks to programmers', async () => {
    inLanguage('en');
    const told = await failureWords('if_match_required', 'Send its ETag as If-Match.');
    expect(told).not.toContain('If-Match');
  });

  it.each(['en', 'hi'])(
    'with a code that nobody knows is told as the API says it: %s',
    async (lang) => {
      inLanguage(lang);
      expect(await failureWords('brand_new', 'Something new.')).toBe('Something new.');
      expect(await failureWords('constructor', 'Something new.')).toBe('Something new.');
    },
  );
});

describe('the details of a failure', () => {
  const details = {
    request_id: 'r',
    fields: [{ path: 'email', message: 'Invalid email address', line: 3 }],
  };

  it('tell in the page’s language what is wrong with each field', async () => {
    inLanguage('hi');
    expect(await detailWords(details)).toEqual({
      request_id: 'r',
      fields: [{ path: 'email', message: 'ई-मेल पता सही नहीं है', line: 3 }],
    });
    inLanguage('en');
    expect(await detailWords(details)).toBe(details);
  });

  it('are left alone where they are of another kind', async () => {
    inLanguage('hi');
    for (const other of [undefined, null, { holder: 'x' }, { fields: 'none' }]) {
      expect(await detailWords(other)).toBe(other);
    }
  });
});
