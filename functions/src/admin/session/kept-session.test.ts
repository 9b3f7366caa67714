import { describe, expect, it } from 'vitest';
import { expectError } from '../api.fixture.ts';
import { PASSWORD, useSessions } from './session.fixture.ts';

const openSessions = useSessions();

const PAGE = 'https://aurora.example';

describe('a session that the browser keeps', () => {
  it('is begun by a sign-in that asks for it, in a cookie that no script can read', async () => {
    const { keepSignIn, login } = await open();
    const { setCookie } = await keepSignIn();
    expect(setCookie).toMatch(
      /^__session=[\w.-]+; Max-Age=36000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await login()).headers.get('set-cookie')).toBeNull();
  });

  it('gives a page that was loaded again a token', async () => {
    const { keepSignIn, refresh, ask } = await open();
    const { cookie } = await keepSignIn();
    const { status, body } = await refresh({ cookie, origin: PAGE });
    expect(status).toBe(200);
    expect(body.admin).toMatchObject({ id: 'steel_supervisor' });
    expect((await ask('GET', '/api/me', body.access_token)).status).toBe(200);
  });

  it('lasts no longer for being refreshed', async () => {
    const { keepSignIn, refresh, passTime } = await open();
    const { cookie } = await keepSignIn();
    passTime(9 * 60 * 60 * 1_000);
    const { body } = await refresh({ cookie, origin: PAGE });
    expect(body.expires_in).toBeLessThanOrEqual(60 * 60);
    passTime(61 * 60 * 1_000);
    expectError(await refresh({ cookie, origin: PAGE }), 401, 'unauthorized');
  });

  it('is not given to pages of others, nor without the cookie', async () => {
    const { keepSignIn, refresh } = await open();
    const { cookie } = await keepSignIn();
    expectError(await refresh({ cookie, origin: 'https://evil.example' }), 403, 'strange_origin');
    expectError(await refresh({ cookie }), 403, 'strange_origin');
    expectError(await refresh({ origin: PAGE }), 401, 'unauthorized');
    expectError(await refresh({ cookie: '__session=', origin: PAGE }), 401, 'unauthorized');
  });

  it('takes no token for asking, and its own is good for nothing else', async () => {
    const { keepSignIn, refresh, ask } = await open();
    const { cookie, token } = await keepSignIn();
    const asked = await refresh({ cookie: `__session=${token}`, origin: PAGE });
    expectError(asked, 401, 'unauthorized');
    const kept = cookie.slice('__session='.length);
    expectError(await ask('GET', '/api/me', kept), 401, 'unauthorized');
  });

  it('ends with a sign-out in any of its pages, for all of them', async () => {
    const { keepSignIn, refresh, ask } = await open();
    const { cookie, token } = await keepSignIn();
    const { body: other } = await refresh({ cookie, origin: PAGE });
    const left = await ask('POST', '/logout', token, { body: {} });
    expect(left.headers.get('set-cookie')).toMatch(/^__session=; Max-Age=0; /);
    expectError(await refresh({ cookie, origin: PAGE }), 401, 'unauthorized');
    expectError(await ask('GET', '/api/me', other.access_token), 401, 'unauthorized');
  });

  it('ends with a sign-out everywhere', async () => {
    const { keepSignIn, signIn, refresh } = await open();
    const { cookie } = await keepSignIn();
    const { send } = await signIn();
    await send('POST', '/logout', { everywhere: true });
    expectError(await refresh({ cookie, origin: PAGE }), 401, 'unauthorized');
  });

  it('ends with a new password, and is kept anew by who asks for it', async () => {
    const { keepSignIn, refresh, ask } = await open();
    const { cookie, token } = await keepSignIn();
    const changed = await ask('POST', '/api/me/password', token, {
      body: { current_password: PASSWORD, new_password: 'another horse battery', keep: true },
    });
    expect(changed.status).toBe(200);
    expectError(await refresh({ cookie, origin: PAGE }), 401, 'unauthorized');
    const [anew = ''] = (changed.headers.get('set-cookie') ?? '').split(';');
    const { body } = await refresh({ cookie: anew, origin: PAGE });
    expect((await ask('GET', '/api/me', body.access_token)).status).toBe(200);
    await ask('POST', '/logout', changed.body.access_token, { body: {} });
    expectError(await refresh({ cookie: anew, origin: PAGE }), 401, 'unauthorized');
  });
});

async function open() {
  const sessions = await openSessions();
  const { login, ask } = sessions;

  async function keepSignIn() {
    const { status, body, headers } = await login({ keep: true, password: PASSWORD });
    expect(status).toBe(200);
    const setCookie = headers.get('set-cookie') ?? '';
    return { setCookie, cookie: setCookie.split(';')[0] as string, token: body.access_token };
  }

  const refresh = (headers: { cookie?: string; origin?: string }) =>
    ask('POST', '/api/session/refresh', undefined, { headers });

  return { ...sessions, keepSignIn, refresh };
}
