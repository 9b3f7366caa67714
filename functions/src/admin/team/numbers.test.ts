import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../access/directory.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const NUMBER = '+15550100002';
const PATH = `/api/numbers/${encodeURIComponent(NUMBER)}`;

async function withNumbers() {
  const office = await openOffice();
  const { firestore, steel } = office;
  await firestore.doc(stored.number(NUMBER)).set({ company_id: 'steel', note: 'kept' });
  await firestore.doc(stored.number('+15550100003')).set({ company_id: 'paper' });
  const site = (await steel.company_admin.post('/api/sites', { name: 'Mill 2' })).body.id as string;
  return { ...office, site };
}

describe('the dialled numbers', () => {
  it('are listed for every role, those of the own company alone (I6)', async () => {
    const { steel, paper, firestore } = await withNumbers();
    await firestore
      .doc(stored.number('+15550100001'))
      .set({ company_id: 'steel', site_id: 's1', languages: ['hi-IN', 7, 'no tag'] });
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      expect((await steel[role].get('/api/numbers')).body.items).toEqual([
        { number: '+15550100001', site_id: 's1', languages: ['hi-IN'] },
        { number: NUMBER, site_id: null, languages: null },
      ]);
    }
    expectError(await paper.company_admin.get(PATH), 404, 'not_found');
    expectError(await paper.company_admin.patch(PATH, { site_id: null }), 404, 'not_found');
  });

  it('are given a site and languages, which stands in the audit log and holds for the next call', async () => {
    const { steel, firestore, audited, site, log } = await withNumbers();
    const change = { site_id: site, languages: ['hi-IN', 'en-IN'] };
    const { body } = await steel.company_admin.patch(PATH, change);
    expect(body).toEqual({ number: NUMBER, ...change });
    expect((await steel.viewer.get(PATH)).body).toEqual(body);
    const directory = createDirectory({
      firestore: async () => firestore,
      fallback: {
        companyId: 'demo',
        timeZone: 'UTC',
        emergencyNumber: '112',
        languages: ['en-IN'],
      },
      now: () => 0,
      log,
    });
    await directory.refresh(10_000);
    expect(directory.siteOf(NUMBER)).toMatchObject({
      companyId: 'steel',
      siteId: site,
      languages: ['hi-IN', 'en-IN'],
    });
    const back = await steel.company_admin.patch(PATH, { site_id: null, languages: null });
    expect(back.body).toEqual({ number: NUMBER, site_id: null, languages: null });
    expect((await firestore.doc(stored.number(NUMBER)).get()).data()).toEqual({
      company_id: 'steel',
      note: 'kept',
    });
    const entries = await audited();
    expect(entries.slice(-2)).toMatchObject([
      { action: 'number.changed', target: NUMBER, before: back.body, after: body },
      { action: 'number.changed', target: NUMBER, before: body, after: back.body },
    ]);
  });

  it('keep a site from being removed', async () => {
    const { steel, site } = await withNumbers();
    await steel.company_admin.patch(PATH, { site_id: site });
    expectError(await steel.company_admin.delete(`/api/sites/${site}`), 409, 'in_use');
  });

  it.each(['viewer', 'supervisor'] as const)('are not changed by a %s', async (role) => {
    const { steel } = await withNumbers();
    expectError(await steel[role].patch(PATH, { languages: ['hi-IN'] }), 403, 'forbidden');
  });

  it.each([
    { site_id: 'nowhere' },
    { site_id: '../x' },
    { languages: [] },
    { languages: ['Hindi!'] },
    { languages: ['zh-cmn-Hans-CN'] },
    { company_id: 'paper' },
    { number: '+15550100009' },
    [],
  ])('are not changed by %j (I7)', async (body) => {
    const { steel, audited } = await withNumbers();
    const before = (await audited()).length;
    expectError(await steel.company_admin.patch(PATH, body), 400, 'invalid_request');
    expect((await steel.viewer.get(PATH)).body).toMatchObject({ site_id: null, languages: null });
    expect(await audited()).toHaveLength(before);
  });

  it('are not at the site of another company (I6)', async () => {
    const { steel, paper } = await withNumbers();
    const { body } = await paper.company_admin.post('/api/sites', { name: 'Paper mill' });
    const refused = await steel.company_admin.patch(PATH, { site_id: body.id });
    expectError(refused, 400, 'invalid_request');
  });

  it('that are none are refused', async () => {
    const { steel } = await withNumbers();
    expectError(await steel.viewer.get('/api/numbers/112'), 400, 'invalid_request');
    expectError(await steel.viewer.get('/api/numbers/%2B15550109999'), 404, 'not_found');
  });

  it('are changed by one of two who have read the same', async () => {
    const { steel } = await withNumbers();
    const known = { 'if-match': (await steel.viewer.get(PATH)).headers.get('etag') ?? '' };
    const answers = await Promise.all(
      ['hi-IN', 'es-MX'].map((tag) => steel.company_admin.patch(PATH, { languages: [tag] }, known)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
