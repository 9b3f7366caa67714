import { describe, expect, it } from 'vitest';
import { live, stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { PASSWORD, useSessions } from './session.fixture.ts';

const open = useSessions();
const ID = 'steel_supervisor';
const NEW_PASSWORD = 'staple battery horse';

describe('POST /login', () => {
  it('lets in a supervisor of old, who has a record alone', async () => {
    const { database, states, signIn } = await open();
    const { etag } = await database.read(live.adminState(ID));
    await database.compareAndSet(live.adminState(ID), etag, null);
    const { me } = await signIn();
    expect((await me()).status).toBe(200);
    expect(await states.read(ID)).toMatchObject({ role: 'supervisor', company_id: 'steel' });
  });

  it('has the answer of a wrong password for somebody who is disabled, in record or state', async () => {
    const { firestore, states, login } = await open();
    const wrong = await login({ password: 'wrong password' });
    await firestore.doc(stored.admin(ID)).update({ disabled: true });
    const byRecord = await login();
    await firestore.doc(stored.admin(ID)).update({ disabled: false });
    await states.change(ID, (state) => state && { ...state, disabled: true });
    const byState = await login();
    for (const answer of [wrong, byRecord, byState]) expectError(answer, 401, 'unauthorized');
    expect(new Set([wrong, byRecord, byState].map(({ body }) => body.error.message)).size).toBe(1);
  });

  it('makes tries wait, says for how long, and forgets them on success', async () => {
    const { login, passTime } = await open();
    for (let n = 0; n < 5; n++) expectError(await login({ password: 'x' }), 401, 'unauthorized');
    const refused = await login();
    expectError(refused, 429, 'too_many_tries');
    expect(refused.headers.get('retry-after')).toBe('1');
    passTime(1_000);
    expect((await login()).status).toBe(200);
    for (let n = 0; n < 4; n++) expectError(await login({ password: 'x' }), 401, 'unauthorized');
    expect((await login()).status).toBe(200);
  });

  it('does not let more tries through because they come at once', async () => {
    const { login } = await open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => login({ password: 'wrong password' })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('is in the audit log with its address, and with no secret', async () => {
    const { signIn, audited } = await open();
    await signIn();
    const entries = await audited();
    expect(entries).toMatchObject([
      { action: 'session.started', target: ID, company_id: 'steel', from: { ip: '127.0.0.1' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(PASSWORD);
  });

  it('by the old password, while it is changed, gives a token that opens nothing', async () => {
    const { signIn, passTime, whileNextIsVerified } = await open();
    const { send } = await signIn();
    const change = { current_password: PASSWORD, new_password: NEW_PASSWORD };
    whileNextIsVerified(async () => {
      passTime(5);
      expect((await send('POST', '/api/me/password', change)).status).toBe(200);
      passTime(5);
    });
    const { me } = await signIn();
    expectError(await me(), 401, 'unauthorized');
  });

  it('of somebody who is removed meanwhile opens nothing', async () => {
    const { signIn, accounts, whileNextIsVerified, states } = await open();
    const by = { company_id: 'steel', who: { kind: 'operator' as const, id: 'root' } };
    whileNextIsVerified(() => accounts.remove(ID, 'steel', by));
    await expect(signIn()).rejects.toThrow('401');
    expect(await states.read(ID)).toMatchObject({ disabled: true });
  });
});

describe('POST /logout', () => {
  it('ends this session at once, and no other', async () => {
    const { signIn, database, tokens } = await open();
    const [first, second] = [await signIn(), await signIn()];
    await first.me();
    expect((await first.send('POST', '/logout', {})).status).toBe(204);
    expectError(await first.me(), 401, 'unauthorized');
    expectError(await first.send('POST', '/logout', {}), 401, 'unauthorized');
    expect((await second.me()).status).toBe(200);
    const { tokenId, expiresAt } = tokens.verify(first.token);
    expect((await database.read(live.revokedToken(tokenId))).value).toEqual({
      expires_at: expiresAt,
    });
  });

  it('needs no body', async () => {
    const { signIn } = await open();
    const { send, me } = await signIn();
    expect((await send('POST', '/logout')).status).toBe(204);
    expectError(await me(), 401, 'unauthorized');
  });

  it('everywhere ends all sessions at once; one can sign in again', async () => {
    const { signIn, passTime, audited } = await open();
    const [first, second] = [await signIn(), await signIn()];
    await Promise.all([first.me(), second.me()]);
    passTime(5);
    expect((await first.send('POST', '/logout', { everywhere: true })).status).toBe(204);
    for (const { me } of [first, second]) expectError(await me(), 401, 'unauthorized');
    passTime(5);
    expect((await (await signIn()).me()).status).toBe(200);
    expect((await audited()).map(({ action }) => action)).toContain('session.ended_everywhere');
  });

  it('works although the audit log can’t be written, and an alert says so', async () => {
    const { signIn, firestore, lines } = await open();
    const { send, me } = await signIn();
    await firestore.terminate();
    expect((await send('POST', '/logout', {})).status).toBe(204);
    expectError(await me(), 401, 'unauthorized');
    expect(lines.filter(({ severity }) => severity === 'alert')).toHaveLength(1);
  });
});

describe('GET /api/me', () => {
  it('says who one is, without a secret', async () => {
    const { signIn, firestore, code, setUpTotp } = await open();
    await firestore.doc(stored.admin(ID)).update({ phone: '+15550100009' });
    const session = await signIn();
    const secret = await setUpTotp(session);
    const { body, text } = await session.me();
    expect(body).toEqual({
      id: ID,
      operator: false,
      email: 'supervisor@steel.example',
      name: 'supervisor of steel',
      company_id: 'steel',
      role: 'supervisor',
      phone: '+15550100009',
      totp: { enabled: true, required: false },
    });
    expect(text).not.toMatch(new RegExp(`argon2|${secret}|${code(secret)}`));
  });
});

describe('POST /api/me/password', () => {
  const change = { current_password: PASSWORD, new_password: NEW_PASSWORD };

  it('changes it, ends all sessions, and answers with a new one', async () => {
    const { signIn, login, ask, passTime, audited } = await open();
    const [first, second] = [await signIn(), await signIn()];
    await second.me();
    passTime(5);
    const { status, body } = await first.send('POST', '/api/me/password', change);
    expect([status, body.admin.id]).toEqual([200, ID]);
    for (const { me } of [first, second]) expectError(await me(), 401, 'unauthorized');
    expect((await ask('GET', '/api/me', body.access_token)).status).toBe(200);
    expectError(await login(), 401, 'unauthorized');
    expect((await login({ password: NEW_PASSWORD })).status).toBe(200);
    const entries = await audited();
    expect(entries.map(({ action }) => action)).toContain('session.password_changed');
    expect(JSON.stringify(entries)).not.toMatch(/argon2|horse/);
  });

  it('needs the current one, and counts what is wrong as a try to sign in', async () => {
    const { signIn } = await open();
    const { send, me } = await signIn();
    const wrong = { ...change, current_password: 'wrong password' };
    for (let n = 0; n < 5; n++) {
      expectError(await send('POST', '/api/me/password', wrong), 403, 'wrong_password');
    }
    expectError(await send('POST', '/api/me/password', wrong), 429, 'too_many_tries');
    expect((await me()).status).toBe(200);
  });

  it.each([
    ['11 characters', 'x'.repeat(11)],
    ['1025 characters', 'x'.repeat(1_025)],
    ['the address', 'Supervisor@steel.example'],
    ['the name', 'Supervisor of Steel'],
  ])('does not take %s', async (_, new_password) => {
    const { signIn } = await open();
    const { send, me } = await signIn();
    const answer = await send('POST', '/api/me/password', { ...change, new_password });
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields).toMatchObject([{ path: 'new_password' }]);
    expect((await me()).status).toBe(200);
  });

  it('of two at once lets one win', async () => {
    const { signIn, login } = await open();
    const { send } = await signIn();
    const chosen = ['first password 1', 'second password 2'];
    const answers = await Promise.all(
      chosen.map((new_password) => send('POST', '/api/me/password', { ...change, new_password })),
    );
    const winner = chosen[answers.findIndex(({ status }) => status === 200)];
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await login({ password: winner })).status).toBe(200);
  });

  it('makes void a link that is still on its way', async () => {
    const { signIn, ask, links } = await open();
    const { send } = await signIn();
    const by = { company_id: 'steel', who: { kind: 'operator' as const, id: 'root' } };
    const request = { adminId: ID, companyId: 'steel', kind: 'reset' as const, by };
    const { url } = await links.make(request);
    await send('POST', '/api/me/password', change);
    const secret = new URL(url).hash.slice(1);
    const body = { secret, new_password: 'yet another password' };
    expectError(await ask('POST', '/api/links/redeem', undefined, { body }), 404, 'link_invalid');
  });
});

describe('POST /api/links/redeem', () => {
  const by = { company_id: 'steel', who: { kind: 'operator' as const, id: 'root' } };
  const request = { adminId: ID, companyId: 'steel', kind: 'reset' as const, by };

  it('sets a password and ends all sessions', async () => {
    const { signIn, ask, links, passTime, login } = await open();
    const { me } = await signIn();
    const secret = new URL((await links.make(request)).url).hash.slice(1);
    passTime(5);
    const body = { secret, new_password: NEW_PASSWORD };
    expect((await ask('POST', '/api/links/redeem', undefined, { body })).status).toBe(204);
    expectError(await me(), 401, 'unauthorized');
    passTime(5);
    expect((await login({ password: NEW_PASSWORD })).status).toBe(200);
    expectError(await ask('POST', '/api/links/redeem', undefined, { body }), 404, 'link_invalid');
  });

  it('makes an address wait that guesses', async () => {
    const { ask } = await open();
    const guess = (n: number) =>
      ask('POST', '/api/links/redeem', undefined, {
        body: { secret: `guess-${n}`, new_password: NEW_PASSWORD },
      });
    for (let n = 0; n < 30; n++) expectError(await guess(n), 404, 'link_invalid');
    expectError(await guess(30), 429, 'too_many_tries');
  });
});

describe('a second factor', () => {
  it('is asked for at sign-in once it is set up, and only of who knows the password', async () => {
    const { signIn, login, code, setUpTotp, passTime, audited } = await open();
    const session = await signIn();
    const secret = await setUpTotp(session);
    expectError(await login({ password: 'wrong password' }), 401, 'unauthorized');
    expectError(await login(), 401, 'totp_required');
    passTime(30_000);
    const totp = code(secret);
    expect((await login({ totp })).status).toBe(200);
    expectError(await login({ totp }), 401, 'unauthorized');
    const entries = await audited();
    expect(entries.map(({ action }) => action)).toContain('session.totp_set_up');
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it('does not count before its first code is confirmed', async () => {
    const { signIn, login, code } = await open();
    const { send } = await signIn();
    const begun = await send('POST', '/api/me/totp', { current_password: PASSWORD });
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
    expect((await login()).status).toBe(200);
    const wrong = code(begun.body.secret) === '000000' ? '000001' : '000000';
    const refused = await send('POST', '/api/me/totp/confirm', { code: wrong });
    expectError(refused, 403, 'wrong_code');
    expect((await login()).status).toBe(200);
  });

  it('can’t be begun with a stolen token alone', async () => {
    const { signIn } = await open();
    const { send } = await signIn();
    expectError(await send('POST', '/api/me/totp', {}), 400, 'invalid_request');
    const guess = { current_password: 'wrong password' };
    expectError(await send('POST', '/api/me/totp', guess), 403, 'wrong_password');
  });

  it('is removed with a code, which counts as a try', async () => {
    const { signIn, setUpTotp, code, passTime, login, states } = await open();
    const session = await signIn();
    expectError(
      await session.send('DELETE', '/api/me/totp', { code: '000000' }),
      409,
      'totp_not_set_up',
    );
    const secret = await setUpTotp(session);
    expectError(
      await session.send('POST', '/api/me/totp', { current_password: PASSWORD }),
      409,
      'totp_already_set_up',
    );
    passTime(30_000);
    const right = code(secret);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let n = 0; n < 5; n++) {
      expectError(await session.send('DELETE', '/api/me/totp', { code: wrong }), 403, 'wrong_code');
    }
    expectError(
      await session.send('DELETE', '/api/me/totp', { code: right }),
      429,
      'too_many_tries',
    );
    passTime(1_000);
    const removed = await session.send('DELETE', '/api/me/totp', { code: code(secret) });
    expect(removed.status).toBe(204);
    expect(await states.read(ID)).toMatchObject({ totp: false });
    expect((await login()).status).toBe(200);
  });

  it('that the company asks for has to be set up before anything else', async () => {
    const { signIn, requireTotp, setUpTotp, passTime, code, ask } = await open();
    await requireTotp(true);
    const session = await signIn();
    expect((await session.me()).body.totp).toEqual({ enabled: false, required: true });
    const secret = await setUpTotp(session);
    expect((await session.me()).body.totp).toEqual({ enabled: true, required: true });
    passTime(30_000);
    const removal = await session.send('DELETE', '/api/me/totp', { code: code(secret) });
    expectError(removal, 409, 'totp_required_by_company');
    expect((await session.send('POST', '/logout', {})).status).toBe(204);
    expectError(await ask('GET', '/api/me', session.token), 401, 'unauthorized');
  });
});

describe('what is allowed without a second factor', () => {
  it('is the session’s own routes and nothing else', async () => {
    const { routes } = await open();
    const allowed = routes.filter(({ allowedWithoutTotp }) => allowedWithoutTotp);
    expect(allowed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /api/me/totp',
      'GET /api/me',
      'POST /api/me/password',
      'POST /api/me/totp',
      'POST /api/me/totp/confirm',
      'POST /logout',
    ]);
  });
});
