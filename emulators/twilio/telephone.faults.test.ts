import { describe, expect, it } from 'vitest';
import { scriptedCaller } from './telephone.ts';
import type { Answer } from './test-aurora.ts';
import { createTestCalls } from './test-call.ts';

const call = createTestCalls();
const answerWith =
  (contentType: string, body: string, status = 200): Answer =>
  (_seen, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
    return undefined;
  };
const FALLBACK = { '/twilio-fallback.xml': '<Say>Call the emergency number.</Say>' };
const APPLICATION_ERROR = expect.stringContaining('application error');

describe('a fault', () => {
  it.each([
    ['a status of 500', 500, 'http-status', 11200],
    ['a status of 404', 404, 'http-status', 11200],
    ['JSON', answerWith('application/json', '{}'), 'wrong-content-type', 12300],
    ['plain text', answerWith('text/plain', 'hello'), 'wrong-content-type', 12300],
    ['invalid XML', answerWith('text/xml', '<Response>'), 'invalid-xml', 12100],
    ['an empty answer', answerWith('text/xml', ''), 'invalid-xml', 12100],
    ['another root', answerWith('text/xml', '<html/>'), 'wrong-root', 12102],
    ['over 64 KB', `<Say>${' '.repeat(65_536)}</Say>`, 'document-too-long', 11750],
    ['a redirect to nowhere', '<Redirect>http://</Redirect>', 'invalid-url', 11100],
    [
      'an answer that breaks off',
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '100' });
        response.write('<Response>');
        setTimeout(() => response.destroy(), 5);
        return undefined;
      },
      'broken-answer',
      11200,
    ],
  ] as [string, Answer, string, number][])(
    'sends the call to the fallback URL: %s',
    async (_name, answer, kind, code) => {
      const result = await call({ '/incoming-call': answer, ...FALLBACK });
      expect(result.faults).toMatchObject([{ kind, code, severity: 'error' }]);
      expect(result.said).toEqual(['Call the emergency number.']);
      expect(result.paths).toEqual(['/incoming-call', '/twilio-fallback.xml', '/call-status']);
      expect(result.seen[1]).toMatchObject({
        method: 'GET',
        signed: true,
        parameters: {
          ErrorCode: String(code),
          ErrorUrl: `${result.baseUrl}/incoming-call`,
          CallStatus: 'ringing',
        },
      });
      expect(result.endedBy).toBe('aurora');
    },
  );

  it('can go to the fallback URL by POST', async () => {
    const { seen } = await call({ '/incoming-call': 500, ...FALLBACK }, () => ({
      fallbackMethod: 'POST',
    }));
    expect(seen[1]).toMatchObject({ method: 'POST', signed: true });
  });

  it('ends the call where the fallback fails too', async () => {
    const { said, endedBy, kinds, status } = await call({ '/incoming-call': 500 });
    expect(said).toEqual([APPLICATION_ERROR]);
    expect(endedBy).toBe('fault');
    expect(kinds).toEqual(['http-status', 'http-status']);
    expect(status).toBe('completed');
  });

  it('ends the call where there is no fallback', async () => {
    const { said, paths } = await call({ '/incoming-call': 500 }, () => ({ fallbackUrl: '' }));
    expect(said).toEqual([APPLICATION_ERROR]);
    expect(paths).toEqual(['/incoming-call', '/call-status']);
  });

  it('in the middle of a call is one as well', async () => {
    const { said, endedBy } = await call(
      { '/incoming-call': '<Gather input="speech" action="/turn"/>', '/turn': 503, ...FALLBACK },
      () => ({ caller: scriptedCaller(['fire']) }),
    );
    expect(said).toEqual(['Call the emergency number.']);
    expect(endedBy).toBe('aurora');
  });

  it('of the smaller kind is reported, and the call goes on', async () => {
    const { faults, said } = await call({
      '/incoming-call': `<Sing/><Say>${'a'.repeat(4_097)}</Say><Say loud="yes">Hello.</Say>`,
    });
    expect(faults).toMatchObject([
      { kind: 'unknown-verb', severity: 'warning' },
      { kind: 'say-too-long', severity: 'warning' },
      { kind: 'unknown-attribute', severity: 'warning' },
    ]);
    expect(said).toEqual(['Hello.']);
  });

  it('is a call that redirects itself without end', async () => {
    const { kinds, endedBy, paths } = await call({ '/incoming-call': '<Redirect/>' });
    expect(kinds).toEqual(['redirect-loop']);
    expect(endedBy).toBe('fault');
    expect(paths).toHaveLength(27);
  });

  it('is not a long call that listens each time', async () => {
    const gather = '<Gather input="speech" action="/turn"/>';
    const script = Array.from({ length: 60 }, (_, turn) => `turn ${turn}`);
    const { faults, seen } = await call({ '/incoming-call': gather, '/turn': gather }, () => ({
      caller: scriptedCaller(script),
    }));
    expect(faults).toEqual([]);
    expect(seen.filter(({ path }) => path === '/turn')).toHaveLength(60);
  });

  it('is a fallback that only leads back to what fails', async () => {
    const { endedBy, kinds } = await call({
      '/incoming-call': 500,
      '/twilio-fallback.xml': '<Say>Wait.</Say><Redirect>/incoming-call</Redirect>',
    });
    expect(endedBy).toBe('fault');
    expect(kinds.at(-1)).toBe('redirect-loop');
  });
});
