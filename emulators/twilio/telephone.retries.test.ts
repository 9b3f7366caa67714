import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { scriptedCaller } from './telephone.ts';
import type { Answer } from './test-aurora.ts';
import { createTestCalls } from './test-call.ts';

const call = createTestCalls();
const FALLBACK = { '/twilio-fallback.xml': '<Say>Call the emergency number.</Say>' };

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

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
