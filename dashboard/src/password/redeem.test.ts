import { describe, expect, it } from 'vitest';
import { redeem, takeSecret } from './redeem.ts';

const SECRET = 'A-_9'.repeat(10).concat('abc');

function answering(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const asked: { url: unknown; init: RequestInit | undefined }[] = [];
  const send: typeof fetch = async (url, init) => {
    asked.push({ url, init });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(status === 204 ? null : text, { status, headers });
  };
  return { send, asked };
}

const failure = (code: string, fields?: unknown) => ({
  error: { code, message: 'Words.', details: { request_id: 'r', ...(fields ? { fields } : {}) } },
});

describe('the secret of a link', () => {
  function taken(hash: string) {
    const replaced: unknown[][] = [];
    const history = { replaceState: (...given: unknown[]) => void replaced.push(given) };
    const secret = takeSecret({ hash, pathname: '/password.html' }, history);
    return { secret, replaced };
  }

  it('is taken from the address, and nothing of it stays there', () => {
    expect(taken(`#${SECRET}`)).toEqual({
      secret: SECRET,
      replaced: [[null, '', '/password.html']],
    });
  });

  it.each(['', '#', '#short', `#${SECRET}x`, `#${SECRET.slice(1)}`, `#${SECRET}?a=b`])(
    'is not %j',
    (hash) => {
      expect(taken(hash).secret).toBeUndefined();
    },
  );

  it('is removed from the address where it is none, too', () => {
    expect(taken('#half-a-link').replaced).toHaveLength(1);
  });
});

describe('setting the password', () => {
  it('sends the secret and the password in the body alone', async () => {
    const { send, asked } = answering(204);
    expect(await redeem(SECRET, 'correct horse', send)).toEqual({ kind: 'done' });
    expect(asked).toMatchObject([{ url: '/api/links/redeem', init: { method: 'POST' } }]);
    expect(JSON.parse(String(asked[0]?.init?.body))).toEqual({
      secret: SECRET,
      new_password: 'correct horse',
    });
  });

  const why = [{ path: 'new_password', message: 'must not be your name' }];
  it.each<[string, number, unknown, unknown]>([
    ['a link that does not count', 404, failure('link_invalid'), { kind: 'link_invalid' }],
    [
      'a password that must not be',
      400,
      failure('invalid_request', why),
      { kind: 'password_refused', reason: 'must not be your name' },
    ],
    ['another fault', 400, failure('invalid_request'), { kind: 'unexpected', status: 400 }],
    ['a page', 404, '<!doctype html>', { kind: 'unexpected', status: 404 }],
    ['an error of ours', 503, failure('unavailable'), { kind: 'unexpected', status: 503 }],
    ['a success of another kind', 200, {}, { kind: 'unexpected', status: 200 }],
  ])('understands %s', async (_, status, body, expected) => {
    expect(await redeem(SECRET, 'correct horse', answering(status, body).send)).toEqual(expected);
  });

  it.each([
    ['90', 90],
    ['soon', 20],
    ['-1', 20],
  ])('says how long to wait when told %j', async (wait, seconds) => {
    const { send } = answering(429, failure('too_many_tries'), { 'retry-after': wait });
    expect(await redeem(SECRET, 'correct horse', send)).toEqual({
      kind: 'too_many_tries',
      seconds,
    });
  });

  it('takes a failed connection for silence', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await redeem(SECRET, 'correct horse', failing)).toEqual({ kind: 'silent' });
  });
});
