import { describe, expect, it } from 'vitest';
import { createAdminAccounts } from '../access/admin-accounts.ts';
import { createAdminStates } from '../access/admin-state.ts';
import { createAdminWriter } from '../access/admin-writer.ts';
import { createLinkRedeem } from '../access/link-redeem.ts';
import { createLinks } from '../access/links.ts';
import { createAudit } from '../admin/audit.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { stored } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createAdminOperations } from './admin-operations.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const now = () => Date.parse('2025-10-04T09:30:00Z');
const NUMBER = '+15550100002';
const REFUSED = { status: 409, code: 'refused' };

const PLANT = {
  companyId: 'plant',
  companyName: 'Plant',
  email: 'asha@plant.example',
  adminName: 'Asha',
  move: false,
};

function setUp() {
  const firestore = emptyFirestore();
  const states = createAdminStates(realtimeDatabase.emptyDatabase());
  const audit = createAudit({ firestore, log: recordingLog().log });
  const writer = createAdminWriter({ firestore, states, audit, forget: () => {}, now });
  const accounts = createAdminAccounts({ firestore, states, audit, writer });
  const links = createLinks({ firestore, audit, baseUrl: 'https://aurora.example', now });
  const operations = createAdminOperations({
    firestore,
    audit,
    accounts,
    writer,
    links,
    operator: 'root',
  });
  const read = async (path: string) => (await firestore.doc(path).get()).data();
  const count = async (collection: string) => (await firestore.collection(collection).get()).size;
  const redeemLink = createLinkRedeem({
    firestore,
    writer,
    passwords: { hash: async () => '$argon2id$of-a-test' },
    now,
  });
  const redeem = (url: string) =>
    redeemLink({
      secret: url.split('#')[1] ?? '',
      newPassword: 'seven brown kettles at noon',
      origin: { ip: '192.0.2.1', userAgent: '', requestId: 'r' },
    });
  return { ...operations, firestore, states, accounts, links, redeem, read, count };
}

describe('an operator', () => {
  it('adds a second company_admin to a company that is there, and leaves the company as it is', async () => {
    const { create, read, list } = setUp();
    expect(await create(PLANT)).toMatchObject({ isNew: true });
    const second = { ...PLANT, companyName: 'Another name', email: 'omar@plant.example' };
    expect(await create(second)).toMatchObject({ isNew: false });
    expect(await read(stored.company('plant'))).toEqual({ name: 'Plant' });
    expect(await list()).toMatchObject([{ id: 'plant', admins: [{}, {}] }]);
  });

  it('creates nothing for an address that is taken', async () => {
    const { create, count } = setUp();
    await create(PLANT);
    const again = create({ ...PLANT, companyId: 'other', email: 'ASHA@plant.example' });
    await expect(again).rejects.toMatchObject(REFUSED);
    expect(await count(stored.companies)).toBe(1);
  });

  it('takes no number from another company unless told to, and then not its site', async () => {
    const { create, number, firestore, read, count } = setUp();
    await firestore.doc(stored.number(NUMBER)).set({ company_id: 'other', site_id: 'theirs' });
    await expect(create({ ...PLANT, number: NUMBER })).rejects.toMatchObject(REFUSED);
    expect([await count(stored.companies), await count(stored.admins)]).toEqual([0, 0]);
    await create(PLANT);
    await expect(number('plant', NUMBER, false)).rejects.toMatchObject(REFUSED);
    expect(await read(stored.number(NUMBER))).toMatchObject({ company_id: 'other' });
    expect(await number('plant', NUMBER, true)).toBe(true);
    expect(await read(stored.number(NUMBER))).toEqual({ company_id: 'plant' });
    expect(await number('plant', NUMBER, false)).toBe(false);
  });

  it('claims no number for a company that is not there', async () => {
    const { number, count } = setUp();
    await expect(number('nobody', NUMBER, false)).rejects.toMatchObject(REFUSED);
    expect(await count(stored.numbers)).toBe(0);
  });

  it('makes a new link, and mends on the way what tokens are checked against', async () => {
    const { create, link, states, count } = setUp();
    const { admin } = await create(PLANT);
    await states.change(admin.id, (state) => state && { ...state, role: 'viewer' });
    const entries = await count(stored.auditLog);
    const made = await link(' ASHA@plant.example', true);
    expect(made.link.url).toMatch(/^https:\/\/aurora\.example\/password\.html#/);
    expect(await states.read(admin.id)).toMatchObject({ role: 'company_admin' });
    expect(await count(stored.auditLog)).toBe(entries + 1);
    await expect(link('nobody@plant.example', false)).rejects.toMatchObject(REFUSED);
  });

  it('makes somebody an operator and takes it away again, audited, and only as often as asked', async () => {
    const { create, operator, states, read, firestore } = setUp();
    const { admin } = await create(PLANT);
    expect(await states.read(admin.id)).toMatchObject({ operator: false });
    expect(await operator(' ASHA@plant.example', true)).toBe(true);
    expect(await operator('asha@plant.example', true)).toBe(false);
    expect(await read(stored.admin(admin.id))).toMatchObject({ operator: true });
    expect(await states.read(admin.id)).toMatchObject({ operator: true, not_before: 0 });
    expect(await operator('asha@plant.example', false)).toBe(true);
    expect(await states.read(admin.id)).toMatchObject({ operator: false });
    const { docs } = await firestore.collection(stored.auditLog).get();
    const changes = docs.filter((entry) => entry.get('action') === 'admin.changed');
    expect(changes.map((entry) => entry.get('after').operator).sort()).toEqual([false, true]);
    await expect(operator('nobody@plant.example', true)).rejects.toMatchObject(REFUSED);
  });

  it('is not made by whoever manages the company: another address or link ends it', async () => {
    const { create, operator, accounts, links, redeem, states } = setUp();
    const { admin } = await create(PLANT);
    const by = { company_id: 'plant', who: { kind: 'admin' as const, id: 'somebody' } };
    await operator(PLANT.email, true);
    await accounts.change(admin.id, 'plant', { email: 'mine@plant.example' }, by);
    expect(await states.read(admin.id)).toMatchObject({ operator: false });

    await operator('mine@plant.example', true);
    const { url } = await links.make({ adminId: admin.id, companyId: 'plant', kind: 'reset', by });
    expect(await states.read(admin.id)).toMatchObject({ operator: true });
    await redeem(url);
    expect(await states.read(admin.id)).toMatchObject({ operator: false });
  });

  it('stays one who chooses a password by a link from the terminal', async () => {
    const { create, operator, link, redeem, states } = setUp();
    const { admin } = await create(PLANT);
    await operator(PLANT.email, true);
    await redeem((await link(PLANT.email, false)).link.url);
    expect(await states.read(admin.id)).toMatchObject({ operator: true });
  });

  it('is named in the audit log with each change', async () => {
    const { create, firestore } = setUp();
    await create({ ...PLANT, number: NUMBER });
    const { docs } = await firestore.collection(stored.auditLog).get();
    expect(docs.map((entry) => entry.get('action')).sort()).toEqual([
      'admin.created',
      'company.created',
      'link.made',
      'number.claimed',
    ]);
    for (const entry of docs) {
      expect(entry.data()).toMatchObject({
        who: { kind: 'operator', id: 'root' },
        company_id: 'plant',
      });
    }
  });
});
