import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { dependencies } from './api.fixture.ts';
import { createFirestoreAdmins } from './firestore-admins.ts';
import { asha } from './records.fixture.ts';

const server = createFirestoreServer();
const clients: Firestore[] = [];

beforeAll(() => server.start());
afterAll(async () => {
  await Promise.all(clients.map((client) => client.terminate()));
  await server.stop();
});

/** `admins/` of an empty project with these documents. */
async function adminsWith(documents: Record<string, object>) {
  const firestore = new Firestore({
    projectId: `demo-${randomUUID()}`,
    host: `127.0.0.1:${server.port}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  clients.push(firestore);
  for (const [id, document] of Object.entries(documents)) {
    await firestore.collection('admins').doc(id).set(document);
  }
  const { deps, lines } = dependencies();
  return { ...createFirestoreAdmins({ firestore, log: deps.log }), lines };
}

const { id: _, ...stored } = { ...asha, password_hash: '$argon2id$v=19$m=19456,t=2,p=1$a$b' };

describe('supervisors in Firestore', () => {
  it('are found by their address in any case, and by their id', async () => {
    const admins = await adminsWith({ asha: { ...stored, phone: '+15550100009' } });
    const expected = { id: 'asha', ...stored, phone: '+15550100009' };
    expect(await admins.byEmail(' ASHA@Steel.example')).toEqual(expected);
    expect(await admins.byId('asha')).toEqual(expected);
  });

  it('that are not there are undefined', async () => {
    const admins = await adminsWith({});
    expect(await admins.byEmail('asha@steel.example')).toBeUndefined();
    expect(await admins.byId('asha')).toBeUndefined();
  });

  it.each(['', 'a/b', '../workers/w', '__x__/y', '.', 'x'.repeat(129)])(
    'are not looked for under the id "%s"',
    async (id) => {
      const admins = await adminsWith({});
      expect(await admins.byId(id)).toBeUndefined();
    },
  );

  it.each<[string, object, string]>([
    ['no company', { ...stored, company_id: undefined }, 'company_id'],
    ['an unknown role', { ...stored, role: 'owner' }, 'role'],
    ['a password in plain text', { ...stored, password_hash: 'password' }, 'password_hash'],
  ])('with %s cannot sign in, and the log says which field', async (_, document, field) => {
    const { byEmail, byId, lines } = await adminsWith({
      asha: Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)),
    });
    expect(await byEmail('asha@steel.example')).toBeUndefined();
    expect(await byId('asha')).toBeUndefined();
    expect(lines.map(({ severity, reason }) => [severity, reason])).toEqual([
      ['error', field],
      ['error', field],
    ]);
  });

  it('that share one address cannot sign in', async () => {
    const { byEmail, lines } = await adminsWith({ asha: stored, twin: stored });
    expect(await byEmail('asha@steel.example')).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  it('are known by the document, whatever id stands in it', async () => {
    const admins = await adminsWith({ asha: { ...stored, id: 'omar' } });
    expect((await admins.byEmail('asha@steel.example'))?.id).toBe('asha');
  });
});
