import { describe, expect, it } from 'vitest';
import { createApiKeys } from '../../access/api-keys.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const panel = { name: 'Alarm panel', scopes: ['report'] };

describe('an API key', () => {
  it('shows its secret once, works, and stays listed when it is revoked', async () => {
    const { steel, firestore, now, audited, passTime } = await openOffice();
    const created = await steel.company_admin.post('/api/api-keys', panel);
    expect(created.status).toBe(201);
    const { secret, ...shown } = created.body;
    expect(secret).toMatch(/^aurora_[0-9a-f]{20}_[A-Za-z0-9_-]{43}$/);
    expect(shown).toMatchObject({ ...panel, created_by: 'steel_company_admin', revoked: false });
    const keys = createApiKeys({ firestore: async () => firestore, now });
    expect(await keys.verify(secret)).toEqual({
      id: shown.id,
      companyId: 'steel',
      scopes: ['report'],
    });
    const path = `/api/api-keys/${shown.id}`;
    expect((await steel.company_admin.delete(path)).status).toBe(204);
    expect((await steel.company_admin.delete(path)).status).toBe(204);
    passTime(10_000);
    expect(await keys.verify(secret)).toBeUndefined();
    const { items } = (await steel.company_admin.get('/api/api-keys')).body;
    expect(items).toMatchObject([{ id: shown.id, revoked: true }]);
    expect(items[0].created_at).toMatch(/\+05:30$/);
    expect(await audited()).toMatchObject([
      { action: 'api_key.created', target: shown.id, after: panel },
      { action: 'api_key.revoked', target: shown.id, before: { revoked: false } },
    ]);
    const everything = JSON.stringify([
      (await firestore.doc(stored.apiKey(shown.id)).get()).data(),
      await audited(),
      items,
    ]);
    expect(everything).not.toContain(secret.slice(-43));
    expect(JSON.stringify([items, await audited()])).not.toContain('hash');
  });

  it('is listed newest first, page by page', async () => {
    const { steel } = await openOffice();
    for (const name of ['one', 'two', 'three']) {
      await steel.company_admin.post('/api/api-keys', { ...panel, name });
    }
    const first = (await steel.company_admin.get('/api/api-keys?limit=2')).body;
    const rest = `/api/api-keys?limit=2&cursor=${first.next_cursor}`;
    const second = (await steel.company_admin.get(rest)).body;
    const names = [...first.items, ...second.items].map(({ name }) => name);
    expect([names, second.next_cursor]).toEqual([['three', 'two', 'one'], null]);
  });

  it('is not seen and not revoked by another company (I6)', async () => {
    const { steel, paper } = await openOffice();
    const { id } = (await steel.company_admin.post('/api/api-keys', panel)).body;
    expect((await paper.company_admin.get('/api/api-keys')).body.items).toEqual([]);
    expectError(await paper.company_admin.delete(`/api/api-keys/${id}`), 404, 'not_found');
    expect((await steel.company_admin.get('/api/api-keys')).body.items).toMatchObject([
      { id, revoked: false },
    ]);
  });

  it.each(['viewer', 'supervisor'] as const)('is no business of a %s', async (role) => {
    const { steel } = await openOffice();
    const { id } = (await steel.company_admin.post('/api/api-keys', panel)).body;
    expectError(await steel[role].get('/api/api-keys'), 403, 'forbidden');
    expectError(await steel[role].post('/api/api-keys', panel), 403, 'forbidden');
    expectError(await steel[role].delete(`/api/api-keys/${id}`), 403, 'forbidden');
  });

  it.each([
    { scopes: ['report'] },
    { name: 'x', scopes: [] },
    { name: 'x', scopes: ['everything'] },
    { name: 'x', scopes: ['__proto__'] },
    { ...panel, secret: 'aurora_mine' },
    { ...panel, company_id: 'paper' },
  ])('is not made of %j (I7)', async (body) => {
    const { steel, audited } = await openOffice();
    expectError(await steel.company_admin.post('/api/api-keys', body), 400, 'invalid_request');
    expect(await audited()).toEqual([]);
  });

  it.each(['__proto__', 'x', 'a%2Fb'])('is not revoked under the id %s', async (id) => {
    const { steel } = await openOffice();
    expectError(await steel.company_admin.delete(`/api/api-keys/${id}`), 400, 'invalid_request');
  });
});
