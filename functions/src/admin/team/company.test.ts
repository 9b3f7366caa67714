import { describe, expect, it } from 'vitest';
import { ReachingPolicy } from '../../access/reaching-policy.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const steelCompany = {
  id: 'steel',
  name: 'The steel company',
  time_zone: 'Asia/Kolkata',
  languages: ['en-IN'],
  emergency_number: '112',
  visibility: 'company',
  retention_days: null,
  require_totp: false,
  targets: { answer_seconds: 3, acknowledge_seconds: 60, takeover_seconds: 180 },
  reaching: ReachingPolicy.parse({}),
  numbers: [],
};

describe('the company', () => {
  it('is shown to every role, with its own dialled numbers alone (I6)', async () => {
    const { steel, firestore } = await openOffice();
    await firestore.doc(stored.number('+15550100002')).set({ company_id: 'steel', site_id: 's1' });
    await firestore.doc(stored.number('+15550100004')).set({ company_id: 'steel' });
    await firestore.doc(stored.number('+15550100003')).set({ company_id: 'paper' });
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      expect((await steel[role].get('/api/company')).body).toEqual({
        ...steelCompany,
        numbers: [
          { number: '+15550100002', site_id: 's1' },
          { number: '+15550100004', site_id: null },
        ],
      });
    }
  });

  it('is shown with defaults where nothing is stored, and can be set from there', async () => {
    const { steel, firestore } = await openOffice();
    await firestore.doc(stored.company('steel')).delete();
    const { body } = await steel.viewer.get('/api/company');
    expect(body).toEqual({ ...steelCompany, name: '', emergency_number: null });
    const changed = await steel.company_admin.patch('/api/company', { name: 'Steel' });
    expect(changed.body).toEqual({ ...body, name: 'Steel' });
    expect((await firestore.doc(stored.company('steel')).get()).data()).toEqual({ name: 'Steel' });
  });

  it('is changed by a company_admin; settings hold at once and stand in the audit log', async () => {
    const { steel, companies, firestore, audited } = await openOffice();
    await firestore.doc(stored.company('steel')).update({ policies: { kept: true } });
    await companies.of('steel');
    const change = {
      name: 'Steel & Söhne',
      time_zone: 'Europe/Berlin',
      languages: ['de-DE', 'en-GB'],
      emergency_number: null,
      visibility: 'own',
      retention_days: 365,
    };
    const { body } = await steel.company_admin.patch('/api/company', change);
    expect(body).toEqual({ ...steelCompany, ...change });
    expect(await companies.of('steel')).toMatchObject({ visibility: 'own', retention_days: 365 });
    const { numbers, id, ...before } = steelCompany;
    const entry = {
      action: 'company.changed',
      target: id,
      before,
      after: { ...before, ...change },
    };
    expect(await audited()).toMatchObject([entry]);
    const { body: kept } = await steel.company_admin.patch('/api/company', {
      retention_days: null,
    });
    expect(kept.retention_days).toBeNull();
    const data = (await firestore.doc(stored.company('steel')).get()).data();
    expect(data).not.toHaveProperty('retention_days');
    expect(data).not.toHaveProperty('emergency_number');
    expect(data).toMatchObject({ policies: { kept: true } });
    expect((await steel.viewer.get('/api/company')).body).toEqual(kept);
  });

  it('keeps its targets; one that is absent has its default', async () => {
    const { steel, companies } = await openOffice();
    const targets = { takeover_seconds: 300 };
    const { body } = await steel.company_admin.patch('/api/company', { targets });
    const all = { answer_seconds: 3, acknowledge_seconds: 60, takeover_seconds: 300 };
    expect(body).toEqual({ ...steelCompany, targets: all });
    expect(await companies.of('steel')).toMatchObject({ targets: all });
  });

  it('asks for a second factor as soon as that is set', async () => {
    const { steel } = await openOffice();
    await steel.company_admin.patch('/api/company', { require_totp: true });
    expectError(await steel.viewer.get('/api/company'), 403, 'totp_setup_required');
  });

  it('leaves the other company as it is (I6)', async () => {
    const { steel, paper } = await openOffice();
    const before = await paper.viewer.get('/api/company');
    await steel.company_admin.patch('/api/company', { name: 'Paper' });
    expect((await paper.viewer.get('/api/company')).body).toEqual(before.body);
  });

  it.each(['viewer', 'supervisor'] as const)('is not changed by a %s', async (role) => {
    const { steel } = await openOffice();
    expectError(await steel[role].patch('/api/company', { name: 'X' }), 403, 'forbidden');
  });

  it.each([
    { time_zone: 'Mars/Olympus' },
    { time_zone: '+05:30' },
    { time_zone: 'local' },
    { time_zone: '' },
    { time_zone: null },
    { languages: [] },
    { languages: ['Hindi!'] },
    { emergency_number: '1o8' },
    { visibility: 'all' },
    { retention_days: 29 },
    { retention_days: 30.5 },
    { retention_days: '60' },
    { require_totp: 'yes' },
    { targets: null },
    { targets: { answer_seconds: 0 } },
    { targets: { acknowledge_seconds: 3_601 } },
    { targets: { takeover_seconds: 90.5 } },
    { name: '' },
    { name: null },
    { numbers: [] },
    { id: 'paper' },
    [],
    'null',
    '{"__proto__":{"name":"x"}}',
  ])('is not changed by %j (I7)', async (body) => {
    const { steel, audited } = await openOffice();
    expectError(await steel.company_admin.patch('/api/company', body), 400, 'invalid_request');
    expect((await steel.viewer.get('/api/company')).body).toEqual(steelCompany);
    expect(await audited()).toEqual([]);
  });

  it('is changed by one of two who have read the same', async () => {
    const { steel } = await openOffice();
    const known = {
      'if-match': (await steel.viewer.get('/api/company')).headers.get('etag') ?? '',
    };
    const answers = await Promise.all(
      ['A', 'B'].map((name) => steel.company_admin.patch('/api/company', { name }, known)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
