import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const shop = {
  name: 'Paint shop',
  address: 'Plot 7, Ring Road',
  assembly_point: 'Gate 2',
  emergency_number: '101',
};

describe('a site', () => {
  it('is added, read, changed and removed, and each change is in the audit log', async () => {
    const { steel, firestore, audited } = await openOffice();
    const created = await steel.company_admin.post('/api/sites', shop);
    expect([created.status, created.body]).toEqual([201, { id: created.body.id, ...shop }]);
    const path = `/api/sites/${created.body.id}`;
    expect((await steel.viewer.get(path)).body).toEqual(created.body);
    const changed = await steel.company_admin.patch(path, { name: 'Paint', address: null });
    expect(changed.body).toEqual({ ...created.body, name: 'Paint', address: null });
    const document = firestore.doc(stored.site('steel', created.body.id));
    expect((await document.get()).data()).toEqual({
      name: 'Paint',
      assembly_point: 'Gate 2',
      emergency_number: '101',
    });
    expect((await steel.company_admin.patch(path, { name: 'Paint' })).body).toEqual(changed.body);
    expect((await steel.company_admin.delete(path)).status).toBe(204);
    expectError(await steel.viewer.get(path), 404, 'not_found');
    expect(await audited()).toMatchObject([
      { action: 'site.created', target: created.body.id, before: null, after: created.body },
      { action: 'site.changed', before: created.body, after: changed.body },
      { action: 'site.removed', before: changed.body, after: null },
    ]);
  });

  it('is listed by name, page by page, for every role', async () => {
    const { steel } = await openOffice();
    for (const name of ['C', 'A', 'B']) await steel.company_admin.post('/api/sites', { name });
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      const first = (await steel[role].get('/api/sites?limit=2')).body;
      const second = (await steel[role].get(`/api/sites?limit=2&cursor=${first.next_cursor}`)).body;
      const names = [...first.items, ...second.items].map(({ name }) => name);
      expect([names, second.next_cursor]).toEqual([['A', 'B', 'C'], null]);
    }
  });

  it('is unknown to another company (I6)', async () => {
    const { steel, paper, audited } = await openOffice();
    const { body } = await steel.company_admin.post('/api/sites', shop);
    const path = `/api/sites/${body.id}`;
    expectError(await paper.company_admin.get(path), 404, 'not_found');
    expectError(await paper.company_admin.patch(path, { name: 'X' }), 404, 'not_found');
    expectError(await paper.company_admin.delete(path), 404, 'not_found');
    expect((await paper.viewer.get('/api/sites')).body.items).toEqual([]);
    expect(await audited()).toHaveLength(1);
  });

  it.each(['viewer', 'supervisor'] as const)('is not changed by a %s', async (role) => {
    const { steel } = await openOffice();
    const { body } = await steel.company_admin.post('/api/sites', shop);
    expectError(await steel[role].post('/api/sites', shop), 403, 'forbidden');
    expectError(await steel[role].patch(`/api/sites/${body.id}`, {}), 403, 'forbidden');
    expectError(await steel[role].delete(`/api/sites/${body.id}`), 403, 'forbidden');
  });

  it('stays while a worker or a dialled number names it', async () => {
    const { steel, firestore } = await openOffice();
    const { body } = await steel.company_admin.post('/api/sites', shop);
    const path = `/api/sites/${body.id}`;
    const worker = { name: 'Ravi', mobile_no: '+919812345678', site_id: body.id };
    const { id } = (await steel.company_admin.post('/api/workers', worker)).body;
    const refused = await steel.company_admin.delete(path);
    expectError(refused, 409, 'in_use');
    expect(refused.body.error.message).toContain(id);
    await steel.company_admin.patch(`/api/workers/${id}`, { site_id: null });
    const number = firestore.doc(stored.number('+15550100002'));
    await number.set({ company_id: 'steel', site_id: body.id });
    const again = await steel.company_admin.delete(path);
    expectError(again, 409, 'in_use');
    expect(again.body.error.message).toContain('+15550100002');
    await number.set({ company_id: 'paper', site_id: body.id });
    expect((await steel.company_admin.delete(path)).status).toBe(204);
  });

  it('is never gone while a worker who is added in that moment names it', async () => {
    const { steel, firestore } = await openOffice();
    for (let n = 0; n < 5; n++) {
      const { body } = await steel.company_admin.post('/api/sites', shop);
      const worker = { name: 'Ravi', mobile_no: `+91981234567${n}`, site_id: body.id };
      const [removed, added] = await Promise.all([
        steel.company_admin.delete(`/api/sites/${body.id}`),
        steel.company_admin.post('/api/workers', worker),
      ]);
      expect([
        [204, 400],
        [409, 201],
      ]).toContainEqual([removed.status, added.status]);
      const site = await firestore.doc(stored.site('steel', body.id)).get();
      expect(site.exists).toBe(added.status === 201);
    }
  });

  it.each([
    ['no name', {}],
    ['an unknown field', { ...shop, company_id: 'paper' }],
    ['an emergency number with letters', { ...shop, emergency_number: '1o1' }],
    ['a number as a name', { ...shop, name: 7 }],
  ])('is not added with %s (I7)', async (_, body) => {
    const { steel, audited } = await openOffice();
    expectError(await steel.company_admin.post('/api/sites', body), 400, 'invalid_request');
    expect(await audited()).toEqual([]);
  });

  it('is changed by one of two who have read the same', async () => {
    const { steel } = await openOffice();
    const { body, headers } = await steel.company_admin.post('/api/sites', shop);
    const known = { 'if-match': headers.get('etag') ?? '' };
    const answers = await Promise.all(
      ['A', 'B'].map((name) => steel.company_admin.patch(`/api/sites/${body.id}`, { name }, known)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
