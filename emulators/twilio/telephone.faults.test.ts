import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type CallOptions, placeCall, scriptedCaller, silentCaller } from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';

let aurora: TestAurora | undefined;
afterEach(async () => {
  await aurora?.stop();
  aurora = undefined;
});

type Call = (baseUrl: string) => Partial<CallOptions>;

async function call(answers: Record<string, Answer>, options: Call = () => ({})) {
  aurora = await startTestAurora(answers);
  const result = await placeCall({
    baseUrl: aurora.baseUrl,
    caller: scriptedCaller([]),
    timeScale: 0,
    ...options(aurora.baseUrl),
  });
  const kinds = result.faults.map(({ kind }) => kind);
  return { ...result, kinds, seen: aurora.seen, paths: aurora.paths() };
}

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
          ErrorUrl: `${aurora?.baseUrl}/incoming-call`,
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

describe('an answer that comes late', () => {
  const hang: Answer = () => undefined;

  it('is a fault after the read timeout', async () => {
    const { faults, said } = await call({ '/incoming-call': hang, ...FALLBACK }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#rt=100`,
    }));
    expect(faults).toMatchObject([{ kind: 'late-answer', code: 11200, severity: 'error' }]);
    expect(said).toEqual(['Call the emergency number.']);
  });

  it('is a fault after the total timeout, though it keeps coming', async () => {
    const drip: Answer = (_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const dripping = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(dripping));
      return undefined;
    };
    const { kinds } = await call({ '/incoming-call': drip, ...FALLBACK }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#tt=150`,
    }));
    expect(kinds).toEqual(['late-answer']);
  });
});

describe('a retry', () => {
  const failing = (times: number, status = 500): Answer => {
    let left = times;
    return () => {
      left -= 1;
      return left >= 0 ? status : '<Say>There you are.</Say>';
    };
  };

  it('does not happen for a status unless the overrides say so', async () => {
    const { paths } = await call({ '/incoming-call': failing(1), ...FALLBACK });
    expect(paths).toEqual(['/incoming-call', '/twilio-fallback.xml', '/call-status']);
  });

  it('happens as often as the overrides say, with the same bytes and token', async () => {
    const { said, seen, faults, exchanges } = await call(
      { '/incoming-call': failing(2), ...FALLBACK },
      (baseUrl) => ({ voiceUrl: `${baseUrl}/incoming-call#rc=2&rp=ct,rt,5xx` }),
    );
    expect(said).toEqual(['There you are.']);
    expect(faults).toEqual([]);
    const tries = seen.filter(({ path }) => path === '/incoming-call');
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
    expect(new Set(tries.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
    expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
  });

  it('stops after its count', async () => {
    const { paths } = await call({ '/incoming-call': failing(9), ...FALLBACK }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#rc=1&rp=5xx`,
    }));
    expect(paths.filter((path) => path === '/incoming-call')).toHaveLength(2);
  });

  it.each([
    ['4xx', 404],
    ['all', 429],
  ])('can be for refusals: %s', async (policy, status) => {
    const { said } = await call({ '/incoming-call': failing(1, status) }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#rp=${policy}`,
    }));
    expect(said).toEqual(['There you are.']);
  });

  it('can be for late answers, within the total time', async () => {
    let requests = 0;
    const lateOnce: Answer = () => {
      requests += 1;
      return requests === 1 ? undefined : '<Say>There you are.</Say>';
    };
    const { said } = await call({ '/incoming-call': lateOnce }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#rp=rt&rt=1000`,
    }));
    expect(said).toEqual(['There you are.']);
  });

  it('happens once by default where no connection comes about', async () => {
    const gone = await closedPort();
    const { exchanges, kinds, said } = await call(FALLBACK, () => ({
      voiceUrl: `http://127.0.0.1:${gone}/incoming-call`,
    }));
    expect(kinds).toEqual(['connection-failed']);
    expect(exchanges.filter(({ purpose }) => purpose === 'incoming-call')).toHaveLength(2);
    expect(said).toEqual(['Call the emergency number.']);
  });

  it('reports overrides that Twilio refuses', async () => {
    const { faults } = await call({ '/incoming-call': '<Hangup/>' }, (baseUrl) => ({
      voiceUrl: `${baseUrl}/incoming-call#rc=99`,
    }));
    expect(faults).toMatchObject([{ kind: 'invalid-connection-override', severity: 'warning' }]);
  });

  it('works in the URLs of a document too', async () => {
    const { said } = await call(
      {
        '/incoming-call': '<Gather input="speech" action="/turn#rc=1&amp;rp=5xx"/>',
        '/turn': failing(1),
      },
      () => ({ caller: scriptedCaller(['fire']) }),
    );
    expect(said).toEqual(['There you are.']);
  });
});

describe('an HTTP redirect', () => {
  const to =
    (location: string, status: number): Answer =>
    (_seen, response) => {
      response.writeHead(status, { location }).end();
      return undefined;
    };

  it('is followed by GET, without the input of the caller', async () => {
    const { seen, said } = await call(
      {
        '/incoming-call': '<Gather action="/turn"/>',
        '/turn': to('/moved', 302),
        '/moved': '<Say>Here.</Say>',
      },
      () => ({ caller: scriptedCaller([{ keys: '1#' }]) }),
    );
    expect(said).toEqual(['Here.']);
    const moved = seen.find(({ path }) => path === '/moved');
    expect(moved).toMatchObject({ method: 'GET', signed: true });
    expect(moved?.parameters).toHaveProperty('CallSid');
    expect(moved?.parameters).not.toHaveProperty('Digits');
  });

  it('keeps the method where it says so', async () => {
    const { seen } = await call({ '/incoming-call': to('/moved', 307), '/moved': '<Hangup/>' });
    expect(seen[1]).toMatchObject({ method: 'POST', path: '/moved', signed: true });
  });

  it('is given up after ten', async () => {
    const { kinds } = await call({ '/incoming-call': to('/incoming-call', 307), ...FALLBACK });
    expect(kinds).toEqual(['too-many-http-redirects']);
  });
});

describe('a status callback', () => {
  it('that is refused is reported, not retried', async () => {
    const { faults, paths } = await call({ '/incoming-call': '<Hangup/>', '/call-status': 500 });
    expect(faults).toMatchObject([{ kind: 'status-callback-refused', code: 15003 }]);
    expect(paths.filter((path) => path === '/call-status')).toHaveLength(1);
  });

  it('may be retried by its own overrides', async () => {
    let requests = 0;
    const { faults } = await call(
      { '/incoming-call': '<Hangup/>', '/call-status': () => (requests++ === 0 ? 500 : 204) },
      (baseUrl) => ({ statusCallbackUrl: `${baseUrl}/call-status#rp=5xx` }),
    );
    expect(faults).toEqual([]);
    expect(requests).toBe(2);
  });
});

describe('chaos', () => {
  const gather = '<Gather input="speech" action="/turn" actionOnEmptyResult="true"/>';
  const answers = { '/incoming-call': gather, '/turn': gather };
  const script = Array.from({ length: 8 }, (_, turn) => `turn ${turn}`);
  const trace = async (seed: number) => {
    const sent: unknown[] = [];
    const { exchanges } = await call(answers, () => ({
      caller: scriptedCaller(script),
      chaos: { seed, maximumDelay: 3 },
      // Copies leave in a fixed order; which answer comes first is the network's affair.
      onEvent: (event) => {
        if (event.type === 'request-sent') sent.push([event.purpose, event.attempt, event.chaos]);
      },
    }));
    await aurora?.stop();
    return { sent, exchanges };
  };

  it('brings the same mishaps each time for one seed', async () => {
    const { sent } = await trace(5);
    expect((await trace(5)).sent).toEqual(sent);
    expect((await trace(6)).sent).not.toEqual(sent);
  });

  it('loses no words, and brings copies and earlier webhooks', async () => {
    const { exchanges } = await trace(5);
    const words = exchanges.map(({ parameters }) => parameters.SpeechResult);
    for (const spoken of script) expect(words).toContain(spoken);
    expect(new Set(exchanges.map(({ chaos }) => chaos))).toEqual(
      new Set([undefined, 'copy', 'earlier-webhook']),
    );
  });

  it('repeats byte for byte', async () => {
    const { seen } = await call(answers, () => ({
      caller: silentCaller(4),
      chaos: { seed: 5, probability: 1, maximumDelay: 1 },
    }));
    const tokens = seen.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(new Set(tokens).size).toBeLessThan(tokens.length);
    for (const { headers, body, signed } of seen) {
      expect(signed).toBe(true);
      const token = headers['i-twilio-idempotency-token'];
      const same = seen.filter((other) => other.headers['i-twilio-idempotency-token'] === token);
      expect(new Set(same.map((other) => other.body))).toEqual(new Set([body]));
    }
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
