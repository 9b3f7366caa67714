import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAudit } from '../admin/audit.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { stored } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createAdminAccounts } from './admin-accounts.ts';
import { type AdminRecord, type AdminRole, readAdmin } from './admin-record.ts';
import { createAdminStates, stateOf } from './admin-state.ts';
import { createAdminWriter } from './admin-writer.ts';
import { DUMMY_HASH } from './passwords.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const NOW = Date.parse('2025-10-04T09:30:00Z');

const BY = { company_id: 'steel', who: { kind: 'operator' as const, id: 'root' } };

function setUp(wrap: (database: LiveDatabase) => LiveDatabase = (database) => database) {
  const firestore = emptyFirestore();
  const database = realtimeDatabase.emptyDatabase();
  const states = createAdminStates(wrap(database));
  const audit = createAudit({ firestore, log: recordingLog().log });
  const forgotten: string[] = [];
  const forget = (id: string) => void forgotten.push(id);
  const writer = createAdminWriter({ firestore, states, audit, forget, now: () => NOW });
  let made = 0;
  const newId = () => `admin_${++made}`;
  const accounts = createAdminAccounts({ firestore, states, audit, writer, newId });
  const hire = (name: string, role: AdminRole = 'company_admin', company_id = 'steel') =>
    accounts.create({ company_id, email: `${name}@${company_id}.example`, name, role }, BY);
  const record = async (id: string) => readAdmin(await firestore.doc(stored.admin(id)).get());
  const audited = async () => {
    const { docs } = await firestore.collection(stored.auditLog).get();
    return docs
      .sort((a, b) => a.createTime.valueOf().localeCompare(b.createTime.valueOf()))
      .map((document) => document.data());
  };
  const claims = async () => (await firestore.collection('admin_emails').get()).size;
  /** What nobody who looks at a token would see, were it not for the record. */
  const agree = async (id: string) => {
    const [admin, state] = [await record(id), await states.read(id)];
    expect(admin).toBeDefined();
    expect(state).toEqual({
      ...stateOf(admin as AdminRecord),
      not_before: state?.not_before,
    });
  };
  return {
    ...accounts,
    firestore,
    states,
    writer,
    forgotten,
    hire,
    record,
    audited,
    claims,
    agree,
  };
}

const patchOf = (patch: object) => patch as Parameters<ReturnType<typeof setUp>['change']>[2];

describe('a supervisor who is created', () => {
  it('has a record, a state, an address of their own and an entry in the audit log', async () => {
    const { create, record, states, claims, audited } = setUp();
    const admin = await create(
      {
        company_id: 'steel',
        email: ' Asha@Steel.example ',
        name: 'Asha',
        role: 'supervisor',
        phone: '+15550100009',
      },
      BY,
    );
    expect(admin).toMatchObject({ id: 'admin_1', email: 'asha@steel.example', disabled: false });
    expect(await record('admin_1')).toEqual(admin);
    expect(await states.read('admin_1')).toEqual(stateOf(admin));
    expect(await claims()).toBe(1);
    expect(await audited()).toMatchObject([
      {
        action: 'admin.created',
        target: 'admin_1',
        company_id: 'steel',
        who: BY.who,
        before: null,
        after: { email: 'asha@steel.example', role: 'supervisor', phone: '+15550100009' },
      },
    ]);
  });

  it('can’t have an address that somebody has, in any company and any case', async () => {
    const { hire, create, audited } = setUp();
    await hire('asha');
    const again = { company_id: 'paper', email: 'ASHA@steel.example', name: 'A', role: 'viewer' };
    await expect(create(again as never, BY)).rejects.toMatchObject({
      status: 409,
      code: 'email_taken',
    });
    expect(await audited()).toHaveLength(1);
  });

  it('can’t have the address of a record of old, which holds no claim', async () => {
    const { firestore, hire } = setUp();
    const old = { email: 'asha@steel.example', name: 'A', company_id: 'paper', role: 'viewer' };
    await firestore.doc(stored.admin('old')).set(old);
    await expect(hire('asha')).rejects.toMatchObject({ code: 'email_taken' });
  });

  it('gets an address once of many who ask for it at once', async () => {
    const { hire, claims, firestore } = setUp();
    const hired = await Promise.allSettled(Array.from({ length: 5 }, () => hire('asha')));
    expect(hired.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of hired) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'email_taken' });
      }
    }
    expect(await claims()).toBe(1);
    expect((await firestore.collection(stored.admins).get()).size).toBe(1);
  });
});

describe('a supervisor who is changed', () => {
  it('has the new fields in record and state; another phone ends no session', async () => {
    const { hire, change, agree, states, record, audited } = setUp();
    const { id } = await hire('asha', 'viewer');
    await change(id, 'steel', { name: 'Asha V', phone: '+15550100009', role: 'supervisor' }, BY);
    expect(await record(id)).toMatchObject({ name: 'Asha V', role: 'supervisor', version: 2 });
    expect(await states.read(id)).toMatchObject({ role: 'supervisor', not_before: 0 });
    await change(id, 'steel', { phone: null }, BY);
    expect(await record(id)).not.toHaveProperty('phone');
    await agree(id);
    expect((await audited())[1]).toMatchObject({
      action: 'admin.changed',
      before: { name: 'asha', role: 'viewer', phone: null },
      after: { name: 'Asha V', role: 'supervisor', phone: '+15550100009' },
    });
  });

  it.each([{ role: 'viewer' }, { disabled: true }])('to %j has no session left', async (patch) => {
    const { hire, change, states, forgotten, agree } = setUp();
    await hire('boss');
    const { id } = await hire('asha');
    await change(id, 'steel', patchOf(patch), BY);
    expect(await states.read(id)).toMatchObject({ not_before: NOW, ...patch });
    expect(forgotten).toContain(id);
    await agree(id);
  });

  it('keeps the address of their own for themselves, and gives it back with another one', async () => {
    const { hire, change, claims } = setUp();
    const asha = await hire('asha');
    const omar = await hire('omar');
    await expect(change(omar.id, 'steel', { email: asha.email }, BY)).rejects.toMatchObject({
      code: 'email_taken',
    });
    await change(asha.id, 'steel', { email: 'new@steel.example' }, BY);
    await change(omar.id, 'steel', { email: asha.email }, BY);
    expect(await claims()).toBe(2);
  });

  it('of another company is as one who is not there', async () => {
    const { hire, change, remove, record } = setUp();
    const { id } = await hire('asha', 'viewer');
    for (const work of [
      change(id, 'paper', { name: 'x' }, BY),
      change('nobody', 'steel', { name: 'x' }, BY),
      remove(id, 'paper', BY),
    ]) {
      await expect(work).rejects.toMatchObject({ status: 404, code: 'not_found' });
    }
    expect(await record(id)).toMatchObject({ name: 'asha' });
  });

  it('in nothing leaves no entry', async () => {
    const { hire, change, audited } = setUp();
    const { id } = await hire('asha', 'viewer');
    await change(id, 'steel', { name: 'asha' }, BY);
    expect(await audited()).toHaveLength(1);
  });

  it('keeps what we don’t know of the record', async () => {
    const { hire, change, firestore } = setUp();
    const { id } = await hire('asha', 'viewer');
    await firestore.doc(stored.admin(id)).update({ badge: 7 });
    await change(id, 'steel', { name: 'x' }, BY);
    expect((await firestore.doc(stored.admin(id)).get()).get('badge')).toBe(7);
  });
});

describe('a supervisor who is removed', () => {
  it('leaves no record and no claim, and a state that lets nobody in', async () => {
    const { hire, remove, record, states, claims, audited } = setUp();
    const { id } = await hire('asha', 'supervisor');
    await remove(id, 'steel', BY);
    expect(await record(id)).toBeUndefined();
    expect(await claims()).toBe(0);
    expect(await states.read(id)).toMatchObject({ disabled: true, not_before: NOW });
    expect((await audited())[1]).toMatchObject({ action: 'admin.removed', target: id });
  });

  it('is not brought back by a sign-in that has read the record before', async () => {
    const { hire, remove, states } = setUp();
    const admin = await hire('asha', 'supervisor');
    await remove(admin.id, 'steel', BY);
    await states.ensure(admin.id, stateOf(admin));
    expect(await states.read(admin.id)).toMatchObject({ disabled: true });
  });
});

describe('the last company_admin', () => {
  const steps: [string, (world: ReturnType<typeof setUp>, id: string) => Promise<unknown>][] = [
    ['demoted', ({ change }, id) => change(id, 'steel', { role: 'supervisor' }, BY)],
    ['disabled', ({ change }, id) => change(id, 'steel', { disabled: true }, BY)],
    ['removed', ({ remove }, id) => remove(id, 'steel', BY)],
  ];

  it.each(steps)('can’t be %s, and can do all as before', async (_, step) => {
    const world = setUp();
    const { id } = await world.hire('asha');
    await world.hire('omar', 'supervisor');
    await world.hire('paper', 'company_admin', 'paper');
    const disabled = await world.hire('away');
    await world.change(disabled.id, 'steel', { disabled: true }, BY);
    await expect(step(world, id)).rejects.toMatchObject({
      status: 409,
      code: 'last_company_admin',
    });
    await world.agree(id);
    expect(await world.states.read(id)).toMatchObject({ role: 'company_admin', not_before: 0 });
  });

  it.each(steps)('but one is %s where there is another', async (_, step) => {
    const world = setUp();
    const { id } = await world.hire('asha');
    await world.hire('omar');
    await step(world, id);
  });

  it('is there, whoever steps down at once', async () => {
    const ways = fc.array(fc.constantFrom(...steps), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(ways, async (chosen) => {
        const world = setUp();
        const staff: AdminRecord[] = [];
        for (const [n] of chosen.entries()) staff.push(await world.hire(`boss-${n}`));
        const outcomes = await Promise.allSettled(
          chosen.map(([, step], n) => step(world, staff[n]?.id ?? '')),
        );
        const stayed = outcomes.flatMap((outcome, n) =>
          outcome.status === 'rejected' ? [{ reason: outcome.reason, id: staff[n]?.id }] : [],
        );
        expect(stayed).toMatchObject([{ reason: { code: 'last_company_admin' } }]);
        await world.agree(stayed[0]?.id ?? '');
        expect(await world.states.read(stayed[0]?.id ?? '')).toMatchObject({
          role: 'company_admin',
          disabled: false,
        });
      }),
      { numRuns: 4 },
    );
  });
});

describe('a change that breaks off', () => {
  /** The n-th write to the Realtime Database fails, and none after it. */
  function failingWrite(n: number) {
    let writes = 0;
    return (database: LiveDatabase): LiveDatabase => ({
      ...database,
      async compareAndSet(...given) {
        if (++writes === n) throw new AuroraError(503, 'database_away', 'Away.');
        return database.compareAndSet(...given);
      },
    });
  }

  const changes = [
    { from: 'company_admin', to: { role: 'viewer' } },
    { from: 'viewer', to: { role: 'company_admin' } },
    { from: 'supervisor', to: { disabled: true } },
  ] as const;

  it.each(changes.flatMap((change) => [1, 2].map((write) => ({ ...change, write }))))(
    'never lets anybody do more than before and after, and is mended by a repetition: %j',
    async ({ from, to, write }) => {
      const { hire, change, states, record, agree } = setUp(failingWrite(write));
      await hire('boss');
      const { id } = await hire('asha', from);
      const outcome = await Promise.allSettled([change(id, 'steel', patchOf(to), BY)]);
      const [admin, state] = [await record(id), await states.read(id)];
      const ranks = ['viewer', 'supervisor', 'company_admin'];
      expect(ranks.indexOf(state?.role ?? '')).toBeLessThanOrEqual(
        ranks.indexOf(admin?.role ?? ''),
      );
      expect(state?.disabled).toBe(state?.disabled || admin?.disabled);
      if (outcome[0].status === 'rejected') await change(id, 'steel', patchOf(to), BY);
      await agree(id);
      expect(await states.read(id)).toMatchObject(to);
    },
  );

  it('of two changes of one person the later one holds, whichever writes its state last', async () => {
    const { hire, change, agree } = setUp();
    await hire('boss');
    const { id } = await hire('asha', 'supervisor');
    const patches = [{ role: 'viewer' }, { role: 'company_admin' }, { disabled: true }];
    await Promise.all(patches.map((patch) => change(id, 'steel', patchOf(patch), BY)));
    await agree(id);
  });
});

describe('somebody’s own change', () => {
  it('ends all sessions', async () => {
    const { hire, writer, states } = setUp();
    const { id } = await hire('asha', 'viewer');
    const ends: unknown[] = [];
    const tracked = (state: { not_before: number } | undefined) => ends.push(state?.not_before);
    await writer.write(id, 'steel', async (before) => {
      tracked(await states.read(id));
      const entry = { ...BY, action: 'session.password_changed' as const, target: id };
      return { after: { ...before, password_hash: DUMMY_HASH }, signOut: true, entry };
    });
    tracked(await states.read(id));
    expect(ends).toEqual([0, NOW]);
  });
});
