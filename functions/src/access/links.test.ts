import { describe, expect, it } from 'vitest';
import { createAudit } from '../admin/audit.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { stored } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createAdminAccounts } from './admin-accounts.ts';
import { readAdmin } from './admin-record.ts';
import { createAdminStates } from './admin-state.ts';
import { createAdminWriter } from './admin-writer.ts';
import { createLinkRedeem } from './link-redeem.ts';
import { createLinks, hashOfSecret, type LinkKind } from './links.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const START = Date.parse('2025-10-04T09:30:00Z');
const HOUR = 60 * 60 * 1_000;
const BY = { company_id: 'steel', who: { kind: 'operator' as const, id: 'root' } };
const ORIGIN = { ip: '203.0.113.7', userAgent: 'test', requestId: 'r' };
const INVALID = { status: 404, code: 'link_invalid' };

/** Asha, who has no password yet. */
async function setUp() {
  let time = START;
  const now = () => time;
  const firestore = emptyFirestore();
  const states = createAdminStates(realtimeDatabase.emptyDatabase());
  const audit = createAudit({ firestore, log: recordingLog().log });
  const writer = createAdminWriter({ firestore, states, audit, forget: () => {}, now });
  const accounts = createAdminAccounts({ firestore, states, audit, writer });
  const links = createLinks({ firestore, audit, baseUrl: 'https://aurora.example', now });
  const passwords = { hash: async (password: string) => `$argon2id$${password}` };
  const redeem = createLinkRedeem({ firestore, writer, passwords, now });
  const asha = await accounts.create(
    {
      company_id: 'steel',
      email: 'asha@steel.example',
      name: 'Asha Verma Rao',
      role: 'supervisor',
    },
    BY,
  );
  const make = async (kind: LinkKind = 'invitation', clearTotp = false) => {
    const request = { adminId: asha.id, companyId: 'steel', kind, clearTotp, by: BY };
    const { url, expires_at } = await links.make(request);
    return { secret: new URL(url).hash.slice(1), url, expires_at };
  };
  const record = async () => readAdmin(await firestore.doc(stored.admin(asha.id)).get());
  const use = (secret: string, newPassword = 'correct horse') =>
    redeem({ secret, newPassword, origin: ORIGIN });
  const wait = (milliseconds: number) => {
    time += milliseconds;
  };
  return { asha, accounts, links, firestore, states, writer, make, use, record, wait };
}

describe('a one-time link', () => {
  it('keeps its secret behind the #, and the database has a hash of it only', async () => {
    const { make, firestore } = await setUp();
    const { url, secret } = await make();
    expect(url).toMatch(/^https:\/\/aurora\.example\/password\.html#[A-Za-z0-9_-]{43}$/);
    const all = await Promise.all(
      ['links', 'admins', 'audit_log'].map((name) => firestore.collection(name).get()),
    );
    const documents = all.flatMap(({ docs }) => docs.map((each) => [each.id, each.data()]));
    expect(JSON.stringify(documents)).not.toContain(secret);
    expect(JSON.stringify(documents)).toContain(hashOfSecret(secret));
  });

  it('sets the password once, ends all sessions, and is in the audit log', async () => {
    const { make, use, record, states, asha, firestore } = await setUp();
    const { secret } = await make();
    await use(secret);
    expect(await record()).toMatchObject({ password_hash: '$argon2id$correct horse' });
    expect(await states.read(asha.id)).toMatchObject({ not_before: START });
    await expect(use(secret, 'another password')).rejects.toMatchObject(INVALID);
    expect(await record()).toMatchObject({ password_hash: '$argon2id$correct horse' });
    const { docs } = await firestore.collection(stored.auditLog).get();
    const used = docs.map((each) => each.data()).filter(({ action }) => action === 'link.used');
    expect(used).toMatchObject([
      { who: { kind: 'admin', id: asha.id }, target: asha.id, from: { ip: ORIGIN.ip } },
    ]);
  });

  it('that is used twice at once is used by one', async () => {
    const { make, use, record } = await setUp();
    const { secret } = await make();
    const chosen = ['first password', 'second password', 'third password'];
    const outcomes = await Promise.allSettled(chosen.map((password) => use(secret, password)));
    const winners = chosen.filter((_, n) => outcomes[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(await record()).toMatchObject({ password_hash: `$argon2id$${winners[0]}` });
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(INVALID);
    }
  });

  it.each<[LinkKind, number]>([
    ['invitation', 72 * HOUR],
    ['reset', HOUR],
  ])('of the kind %s is good for %d ms', async (kind, lifetime) => {
    const { make, use, wait } = await setUp();
    const { expires_at } = await make(kind);
    expect(Date.parse(expires_at)).toBe(START + lifetime);
    const { secret } = await make(kind);
    wait(lifetime - 1);
    await use(secret);
    const late = await make(kind);
    wait(lifetime);
    await expect(use(late.secret)).rejects.toMatchObject(INVALID);
  });

  it('is void when a newer one is made', async () => {
    const { make, use } = await setUp();
    const older = await make('invitation');
    const newer = await make('reset');
    await expect(use(older.secret)).rejects.toMatchObject(INVALID);
    await use(newer.secret);
  });

  it('stays good when the password must not be', async () => {
    const { make, use } = await setUp();
    const { secret } = await make();
    for (const password of ['asha@steel.example', 'ASHA@Steel.example', 'Asha Verma Rao']) {
      await expect(use(secret, password)).rejects.toMatchObject({
        status: 400,
        code: 'invalid_request',
        fields: [{ path: 'new_password' }],
      });
    }
    await use(secret);
  });

  it.each(['', 'x', '../../admins/asha', 'A'.repeat(43), '\u0000'])(
    'with the secret %j is none',
    async (secret) => {
      const { make, use } = await setUp();
      await make();
      await expect(use(secret)).rejects.toMatchObject(INVALID);
    },
  );

  it('is void for somebody who is disabled, removed or has another address', async () => {
    for (const end of ['disable', 'remove', 'move'] as const) {
      const { make, use, accounts, asha } = await setUp();
      const { secret } = await make();
      if (end === 'disable') await accounts.change(asha.id, 'steel', { disabled: true }, BY);
      if (end === 'remove') await accounts.remove(asha.id, 'steel', BY);
      if (end === 'move') await accounts.change(asha.id, 'steel', { email: 'b@steel.example' }, BY);
      await expect(use(secret)).rejects.toMatchObject(INVALID);
    }
  });

  it('is made for nobody of another company, and for nobody who is disabled', async () => {
    const { links, asha, accounts } = await setUp();
    const request = { adminId: asha.id, companyId: 'paper', kind: 'reset' as const, by: BY };
    await expect(links.make(request)).rejects.toMatchObject({ status: 404 });
    await expect(
      links.make({ ...request, companyId: 'steel', adminId: 'nobody' }),
    ).rejects.toMatchObject({ status: 404 });
    await accounts.change(asha.id, 'steel', { disabled: true }, BY);
    await expect(links.make({ ...request, companyId: 'steel' })).rejects.toMatchObject({
      status: 409,
      code: 'admin_disabled',
    });
  });

  it.each([true, false])('that clears the second factor (%s) does just that', async (clear) => {
    const { make, use, record, states, asha, writer } = await setUp();
    await writer.write(asha.id, 'steel', async (before) => ({
      after: { ...before, totp_secret: 'GEZDGNBVGY3TQOJQ' },
      entry: { ...BY, action: 'session.totp_set_up', target: asha.id },
    }));
    const { secret } = await make('reset', clear);
    await use(secret);
    expect((await record())?.totp_secret !== undefined).toBe(!clear);
    expect(await states.read(asha.id)).toMatchObject({ totp: !clear });
  });
});
