import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();
const DAY = 24 * 60 * 60 * 1_000;

async function withCalls() {
  const office = await openOffice();
  const put = (id: string, days: number, company_id = 'steel') =>
    office.firestore
      .doc(stored.call(id))
      .set({ company_id, ended_at: Timestamp.fromMillis(office.now() - days * DAY) });
  const hold = (id: string) =>
    office.firestore.doc(stored.legalHold(id)).set({ company_id: 'steel', reason: 'asked' });
  return { ...office, put, hold };
}

describe('what a shorter time would remove', () => {
  it('are the calls past it, less those under a legal hold, of the own company alone (I6)', async () => {
    const { steel, put, hold } = await withCalls();
    await Promise.all([put('a', 31), put('b', 40), put('c', 100), put('d', 29)]);
    await put('e', 100, 'paper');
    await Promise.all([hold('b'), hold('d'), hold('gone')]);
    const asked = async (days: number) =>
      (await steel.company_admin.get(`/api/company/retention?days=${days}`)).body;
    expect(await asked(30)).toMatchObject({ days: 30, due: 2, held: 1 });
    expect(await asked(50)).toMatchObject({ due: 1, held: 0 });
    expect(await asked(365)).toMatchObject({ due: 0, held: 0 });
  });

  it.each(['days=29', 'days=30.5', 'days=', 'days=many', ''])('is not told for "%s"', async (q) => {
    const { steel } = await openOffice();
    const refused = await steel.company_admin.get(`/api/company/retention?${q}`);
    expectError(refused, 400, 'invalid_request');
  });

  it.each(['viewer', 'supervisor'] as const)('is not told to a %s', async (role) => {
    const { steel } = await openOffice();
    const refused = await steel[role].get('/api/company/retention?days=30');
    expectError(refused, 403, 'forbidden');
  });
});
