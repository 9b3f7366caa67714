import { describe, expect, it } from 'vitest';
import { live, stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const meera = { email: 'Meera@Steel.example', name: 'Meera', role: 'supervisor' };

describe('a supervisor', () => {
  it('is added with an invitation, read, changed and removed by a company_admin', async () => {
    const { steel, firestore, audited } = await openOffice();
    const phone = '+91 98123 45678';
    const created = await steel.company_admin.post('/api/admins', { ...meera, phone });
    expect(created.status).toBe(201);
    const { invitation, ...shown } = created.body;
    expect(shown).toEqual({
      id: shown.id,
      email: 'meera@steel.example',
      name: 'Meera',
      role: 'supervisor',
      phone: '+919812345678',
      disabled: false,
      has_password: false,
      has_totp: false,
    });
    expect(invitation.url).toMatch(/^https:\/\/aurora\.example\/.+/);
    const path = `/api/admins/${shown.id}`;
    const read = await steel.company_admin.get(path);
    expect([read.body, read.headers.get('etag')]).toEqual([shown, created.headers.get('etag')]);
    const changed = await steel.company_admin.patch(path, { role: 'viewer', phone: null });
    expect(changed.body).toEqual({ ...shown, role: 'viewer', phone: null });
    expect((await steel.company_admin.delete(path)).status).toBe(204);
    expectError(await steel.company_admin.get(path), 404, 'not_found');
    expect((await firestore.doc(stored.admin(shown.id)).get()).exists).toBe(false);
    const entries = await audited();
    expect(entries.map(({ action, target, who }) => [action, target, who.id])).toEqual(
      ['admin.created', 'link.made', 'admin.changed', 'admin.removed'].map((action) => [
        action,
        shown.id,
        'steel_company_admin',
      ]),
    );
    expect(JSON.stringify(entries)).not.toMatch(/hash|secret|argon/);
  });

  it('is listed by name without hashes and secrets, those of the own company alone (I6)', async () => {
    const { steel, firestore } = await openOffice();
    const secrets = { totp_secret: 'JBSWY3DPEHPK3PXP', link_hash: 'f'.repeat(64) };
    await firestore.doc(stored.admin('steel_viewer')).update(secrets);
    const first = (await steel.company_admin.get('/api/admins?limit=2')).body;
    const rest = `/api/admins?limit=2&cursor=${first.next_cursor}`;
    const second = (await steel.company_admin.get(rest)).body;
    const items = [...first.items, ...second.items];
    expect(items.map(({ id, has_totp }) => [id, has_totp])).toEqual([
      ['steel_company_admin', false],
      ['steel_supervisor', false],
      ['steel_viewer', true],
    ]);
    expect(items.every(({ has_password }) => has_password)).toBe(true);
    expect(JSON.stringify(items)).not.toMatch(/argon|JBSWY|ffff/);
  });

  it.each(['viewer', 'supervisor'] as const)('is no business of a %s', async (role) => {
    const { steel, audited } = await openOffice();
    const { get, post, patch, delete: remove } = steel[role];
    const path = '/api/admins/steel_viewer';
    const answers = await Promise.all([
      get('/api/admins'),
      get(path),
      post('/api/admins', meera),
      patch(path, { role: 'company_admin' }),
      remove(path),
      post(`${path}/link`, {}),
      post(`${path}/sign-out`),
    ]);
    for (const answer of answers) expectError(answer, 403, 'forbidden');
    expect(await audited()).toEqual([]);
  });

  it('is unknown to another company, whatever is asked (I6)', async () => {
    const { steel, paper, audited } = await openOffice();
    const { get, post, patch, delete: remove } = paper.company_admin;
    for (const id of ['steel_viewer', 'nobody']) {
      const path = `/api/admins/${id}`;
      const answers = await Promise.all([
        get(path),
        patch(path, { role: 'company_admin' }),
        remove(path),
        post(`${path}/link`, {}),
        post(`${path}/sign-out`),
      ]);
      for (const answer of answers) expectError(answer, 404, 'not_found');
      const messages = answers.map(({ body }) => body.error.message);
      expect(messages.every((text) => !text.includes('steel'))).toBe(true);
    }
    expect((await steel.viewer.get('/api/company')).status).toBe(200);
    expect(await audited()).toEqual([]);
  });

  it('has an address of their own: one of five who are added with it at once', async () => {
    const { steel, paper, firestore } = await openOffice();
    const spelled = ['a@b.example', 'A@B.example', ' a@b.EXAMPLE ', 'a@b.example', 'a@b.example'];
    const answers = await Promise.all(
      spelled.map((email, n) =>
        (n % 2 ? paper : steel).company_admin.post('/api/admins', { ...meera, email }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expectError(answer, 409, 'email_taken');
    }
    const found = await firestore
      .collection(stored.admins)
      .where('email', '==', 'a@b.example')
      .get();
    expect(found.size).toBe(1);
  });

  it.each([
    ['an address that is none', { ...meera, email: 'meera' }],
    ['half a character', '{"email":"a\\ud800@b.example","name":"a","role":"viewer"}'],
    ['a role that is none', { ...meera, role: 'operator' }],
    ['a prototype as a role', { ...meera, role: '__proto__' }],
    ['another company', { ...meera, company_id: 'paper' }],
    ['a password', { ...meera, password: 'correct horse battery' }],
    ['a hash', { ...meera, password_hash: 'x' }],
    ['a telephone that is none', { ...meera, phone: 'client:alice' }],
    ['a number without its country', { ...meera, phone: '9812345678' }],
    ['no name', { email: meera.email, role: 'viewer' }],
  ])('is not added with %s (I7)', async (_, body) => {
    const { steel, audited } = await openOffice();
    expectError(await steel.company_admin.post('/api/admins', body), 400, 'invalid_request');
    expect(await audited()).toEqual([]);
  });

  it('is added although the invitation fails, and it can be asked for again', async () => {
    const office = await openOffice();
    office.links.make = async () => {
      throw new Error('away');
    };
    const created = await office.steel.company_admin.post('/api/admins', meera);
    expect([created.status, created.body.invitation]).toEqual([201, null]);
    expect(office.lines.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });

  it('who has lost a right has lost it with the answer (I6)', async () => {
    const { steel } = await openOffice();
    const { supervisor, company_admin } = steel;
    expect((await supervisor.get('/api/workers')).status).toBe(200);
    await company_admin.patch('/api/admins/steel_supervisor', { disabled: true });
    expectError(await supervisor.get('/api/workers'), 401, 'unauthorized');
  });

  it('stays while workers are assigned', async () => {
    const { steel } = await openOffice();
    const worker = { name: 'Ravi', mobile_no: '+919812345678', admin_id: 'steel_supervisor' };
    const { id } = (await steel.company_admin.post('/api/workers', worker)).body;
    const refused = await steel.company_admin.delete('/api/admins/steel_supervisor');
    expectError(refused, 409, 'in_use');
    expect(refused.body.error.message).toContain(id);
    expect((await steel.supervisor.get('/api/workers')).status).toBe(200);
    await steel.company_admin.patch(`/api/workers/${id}`, { admin_id: 'steel_viewer' });
    const removed = await steel.company_admin.delete('/api/admins/steel_supervisor');
    expect(removed.status).toBe(204);
    expectError(await steel.supervisor.get('/api/workers'), 401, 'unauthorized');
  });

  it('is changed by one of two who have read the same', async () => {
    const { steel } = await openOffice();
    const path = '/api/admins/steel_viewer';
    const etag = (await steel.company_admin.get(path)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      ['A', 'B'].map((name) => steel.company_admin.patch(path, { name }, { 'if-match': etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('the last company_admin', () => {
  it.each([
    ['removed', 'DELETE', undefined],
    ['demoted', 'PATCH', { role: 'supervisor' }],
    ['disabled', 'PATCH', { disabled: true }],
  ] as const)('is not %s', async (_, method, body) => {
    const { steel, ask } = await openOffice();
    const { token } = steel.company_admin;
    const sent = body ? { body } : {};
    const answer = await ask(method, '/api/admins/steel_company_admin', token, sent);
    expectError(answer, 409, 'last_company_admin');
    expect((await steel.company_admin.get('/api/admins')).status).toBe(200);
  });

  it('is left when two step down at once', async () => {
    const { steel, firestore } = await openOffice();
    await steel.company_admin.patch('/api/admins/steel_supervisor', { role: 'company_admin' });
    const answers = await Promise.all([
      steel.company_admin.patch('/api/admins/steel_company_admin', { role: 'viewer' }),
      steel.supervisor.patch('/api/admins/steel_supervisor', { role: 'viewer' }),
    ]);
    expect(answers.map(({ status }) => status)).toContain(200);
    const left = await firestore
      .collection(stored.admins)
      .where('company_id', '==', 'steel')
      .where('role', '==', 'company_admin')
      .get();
    expect(left.size).toBe(1);
  });
});

describe('a company_admin', () => {
  it('makes a link for a new password, and can clear the second factor with it', async () => {
    const { steel, firestore, audited } = await openOffice();
    const path = '/api/admins/steel_viewer/link';
    const made = await steel.company_admin.post(path, { clear_totp: true });
    expect(made.status).toBe(201);
    const links = await firestore.collection('links').get();
    expect(links.docs.map((link) => link.data())).toMatchObject([
      { admin_id: 'steel_viewer', kind: 'reset', clear_totp: true },
    ]);
    expect(await audited()).toMatchObject([{ action: 'link.made', target: 'steel_viewer' }]);
    await steel.company_admin.patch('/api/admins/steel_viewer', { disabled: true });
    expectError(await steel.company_admin.post(path, {}), 409, 'admin_disabled');
    expectError(await steel.company_admin.post(path, { x: 1 }), 400, 'invalid_request');
  });

  it('invites again whoever has not chosen a password yet', async () => {
    const { steel, firestore } = await openOffice();
    const { id } = (await steel.company_admin.post('/api/admins', meera)).body;
    await steel.company_admin.post(`/api/admins/${id}/link`, {});
    const links = await firestore.collection('links').get();
    expect(links.docs.map((link) => link.get('kind'))).toEqual(['invitation', 'invitation']);
  });

  it('signs somebody out everywhere, at once', async () => {
    const { steel, audited, database, passTime } = await openOffice();
    expect((await steel.viewer.get('/api/workers')).status).toBe(200);
    passTime(1);
    const path = '/api/admins/steel_viewer/sign-out';
    expect((await steel.company_admin.post(path)).status).toBe(204);
    expectError(await steel.viewer.get('/api/workers'), 401, 'unauthorized');
    expect((await steel.supervisor.get('/api/workers')).status).toBe(200);
    expect(await audited()).toMatchObject([
      { action: 'admin.signed_out', target: 'steel_viewer', company_id: 'steel' },
    ]);
    const { value } = await database.read(live.adminState('steel_viewer'));
    expect(value).toMatchObject({ role: 'viewer', company_id: 'steel', disabled: false });
  });
});
