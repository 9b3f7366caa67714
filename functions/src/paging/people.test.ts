import { describe, expect, it } from 'vitest';
import { Company } from '../access/companies.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { stored } from '../paths.ts';
import { createCompanyNumbers } from './company-numbers.ts';
import { createPeopleOnCall } from './people.ts';

const emptyFirestore = useFirestore();

/** A Saturday, 09:00 in Kolkata. */
const NOW = Date.parse('2025-10-04T09:00:00+05:30');

async function setUp(reaching: object = {}) {
  const database = emptyFirestore();
  const clock = { now: NOW };
  const outage = { isOn: false };
  const firestore = async () => {
    if (outage.isOn) throw new Error('away');
    return database;
  };
  const company = Company.parse({ time_zone: 'Asia/Kolkata', reaching });
  const people = createPeopleOnCall({
    firestore,
    companies: { of: async () => company },
    now: () => clock.now,
  });
  const hire = (id: string, fields: object = {}) =>
    database.doc(stored.admin(id)).set({
      email: `${id}@plant.example`,
      name: id,
      company_id: 'plant',
      role: 'supervisor',
      phone: '+15550100010',
      ...fields,
    });
  return { database, firestore, people, hire, clock, outage };
}

const ids = (people: { id: string }[]) => people.map(({ id }) => id).sort();

describe('everyone', () => {
  it('is who may act on calls and can be rung, in this company alone (I6)', async () => {
    const { people, hire } = await setUp();
    await hire('asha');
    await hire('ravi', { role: 'company_admin' });
    await hire('watcher', { role: 'viewer' });
    await hire('gone', { disabled: true });
    await hire('unreachable', { phone: 'anonymous' });
    await hire('stranger', { company_id: 'other' });
    await hire('no_phone', { phone: '' });
    expect(ids(await people.of('plant', ['everyone']))).toEqual(['asha', 'ravi']);
    expect(await people.find('plant', 'asha')).toMatchObject({ phone: '+15550100010' });
    for (const id of ['watcher', 'gone', 'stranger', 'nobody']) {
      expect(await people.find('plant', id)).toBeUndefined();
    }
  });

  it('is known to be somebody without asking, once it was asked', async () => {
    const { people, hire } = await setUp();
    expect(people.reaches('plant')).toBe(false);
    await hire('asha');
    await people.of('plant', ['everyone']);
    expect(people.reaches('plant')).toBe(true);
    expect(people.reaches('other')).toBe(false);
  });

  it('is still known while Firestore is away', async () => {
    const { people, hire, clock, outage } = await setUp();
    await hire('asha');
    await people.of('plant', ['everyone']);
    outage.isOn = true;
    clock.now += 60_000;
    expect(ids(await people.of('plant', ['everyone']))).toEqual(['asha']);
  });
});

describe('the rota', () => {
  it('names who is on call now; one of it who left is not rung', async () => {
    const everyDay = [1, 2, 3, 4, 5, 6, 7];
    const { people, hire } = await setUp({
      rota: [
        { admin_id: 'asha', days: everyDay, from: '06:00', to: '18:00' },
        { admin_id: 'ravi', days: everyDay, from: '18:00', to: '06:00' },
        { admin_id: 'gone', days: everyDay, from: '00:00', to: '00:00' },
      ],
    });
    await hire('asha');
    await hire('ravi');
    expect(ids(await people.of('plant', ['rota']))).toEqual(['asha']);
    expect(ids(await people.of('plant', ['rota', 'ravi', 'asha']))).toEqual(['asha', 'ravi']);
  });

  it('that is empty names nobody', async () => {
    const { people, hire } = await setUp();
    await hire('asha');
    expect(await people.of('plant', ['rota'])).toEqual([]);
  });
});

describe('numbers', () => {
  it('of a company are those that it has claimed, and lead back to it (I6)', async () => {
    const { database, firestore } = await setUp();
    const { numbers } = createCompanyNumbers({
      firestore,
      defaultCompanyId: 'default',
      emergencyNumber: '112',
      now: () => NOW,
    });
    await database.doc(stored.number('+15550100003')).set({ company_id: 'other' });
    await database.doc(stored.number('+15550100002')).set({ company_id: 'plant' });
    expect(await numbers.ofCompany('plant')).toBe('+15550100002');
    expect(await numbers.ofCompany('nobody')).toBeUndefined();
    expect(await numbers.companyOf('+15550100003')).toBe('other');
    expect(await numbers.companyOf('+15550100099')).toBe('default');
    expect(await numbers.companyOf('../companies')).toBeUndefined();
  });

  it('to call in an emergency are those of the site, then of the company, then of the installation', async () => {
    const { database, firestore } = await setUp();
    const { emergencyNumberOf } = createCompanyNumbers({
      firestore,
      defaultCompanyId: 'default',
      emergencyNumber: '112',
      now: () => NOW,
    });
    const call = { company_id: 'plant', site_id: 'hall' } as Parameters<
      typeof emergencyNumberOf
    >[0];
    expect(await emergencyNumberOf(call)).toBe('112');
    await database.doc(stored.company('plant')).set({ emergency_number: '911' });
    expect(await emergencyNumberOf(call)).toBe('911');
    await database.doc(stored.site('plant', 'hall')).set({ emergency_number: '108' });
    expect(await emergencyNumberOf(call)).toBe('108');
  });

  it('of a worker are told by a name of this company alone (I6)', async () => {
    const { database, firestore } = await setUp();
    const { workerName } = createCompanyNumbers({
      firestore,
      defaultCompanyId: 'default',
      emergencyNumber: '112',
      now: () => NOW,
    });
    await database.doc(stored.worker('w1')).set({ company_id: 'plant', name: 'Meena Iyer' });
    expect(await workerName('plant', 'w1')).toBe('Meena Iyer');
    expect(await workerName('other', 'w1')).toBeUndefined();
  });
});
