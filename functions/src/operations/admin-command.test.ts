import { execFile } from 'node:child_process';
import path from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../../emulators/realtime-database/server.ts';
import { createArchive } from '../archive/archive.ts';
import { CALL_ID, ended, STARTED } from '../calls/events.fixture.ts';
import { stored } from '../paths.ts';

const firestoreServer = createFirestoreServer({ port: 0 });
const databaseServer = createRealtimeDatabaseServer({ port: 0 });
const clients: Firestore[] = [];
beforeAll(() => Promise.all([firestoreServer.start(), databaseServer.start()]));
afterAll(async () => {
  await Promise.all(clients.map((client) => client.terminate()));
  await Promise.all([firestoreServer.stop(), databaseServer.stop()]);
});

function command(args: string[], environment: Record<string, string> = {}) {
  const script = path.join(import.meta.dirname, 'admin-command.ts');
  const { FIRESTORE_EMULATOR_HOST: _, FIREBASE_DATABASE_EMULATOR_HOST: __, ...rest } = process.env;
  const env = { ...rest, METADATA_SERVER_DETECTION: 'none', ...environment };
  return new Promise<{ code: number; out: string; notes: string }>((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (error, out, notes) => {
      resolve({ code: error ? Number(error.code) : 0, out, notes });
    });
    child.stdin?.end();
  });
}

/** The command on the suite that the environment names, and that suite's Firestore. */
function suiteOf(project: string) {
  const firestore = new Firestore({
    projectId: project,
    host: `127.0.0.1:${firestoreServer.port}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  clients.push(firestore);
  const admin = (...args: string[]) =>
    command([...args, '--project', project], {
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${firestoreServer.port}`,
      FIREBASE_DATABASE_EMULATOR_HOST: `127.0.0.1:${databaseServer.port}`,
      PUBLIC_BASE_URL: 'http://127.0.0.1:5000',
    });
  return { firestore, admin };
}

const PLANT = ['create', '--company', 'plant', '--name', 'Plant', '--email', 'Asha@plant.example'];
const ASHA = [...PLANT, '--admin-name', 'Asha'];
const LINK = /^http:\/\/127\.0\.0\.1:5000\/password\.html#[A-Za-z0-9_-]{43}\n$/;

describe('npm run admin', () => {
  it('creates a company, its number and its first company_admin, and prints a link', async () => {
    const { firestore, admin } = suiteOf('demo-create');
    const made = await admin(...ASHA, '--number', '+1 555 010 0002', '--time-zone', 'Asia/Kolkata');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(LINK) });
    const read = async (at: string) => (await firestore.doc(at).get()).data();
    expect(await read(stored.company('plant'))).toEqual({
      name: 'Plant',
      time_zone: 'Asia/Kolkata',
    });
    expect(await read(stored.number('+15550100002'))).toEqual({ company_id: 'plant' });
    const { docs } = await firestore.collection(stored.admins).get();
    expect(docs.map((document) => document.data())).toMatchObject([
      { email: 'asha@plant.example', name: 'Asha', role: 'company_admin', company_id: 'plant' },
    ]);
    const entries = await firestore.collection(stored.auditLog).get();
    expect(entries.docs.map((entry) => entry.get('action')).sort()).toEqual([
      'admin.created',
      'company.created',
      'link.made',
      'number.claimed',
    ]);
    expect(entries.docs.every((entry) => entry.get('who').kind === 'operator')).toBe(true);

    const list = await admin('list');
    expect(list.out).toBe(
      'plant  Plant  +15550100002\n  asha@plant.example  company_admin  no password yet\n',
    );
    const link = await admin('link', '--email', 'asha@plant.example', '--clear-totp');
    expect(link).toMatchObject({ code: 0, out: expect.stringMatching(LINK) });
    expect(link.out).not.toBe(made.out);
  });

  it('makes the counts of an archive that has none, and says when nothing differs', async () => {
    const { firestore, admin } = suiteOf('demo-insights');
    await createArchive(firestore, 'Asia/Kolkata').merge(CALL_ID, { events: [STARTED, ended(90)] });
    const check = () => admin('insights', 'check', '--company', 'demo');
    const found = await check();
    expect(found).toMatchObject({
      code: 1,
      out: expect.stringContaining('1 calls: 1 were not counted'),
    });
    // The number of the caller is in the id.
    expect(found.out).not.toContain('1555010');
    const rebuilt = await admin('insights', 'rebuild', '--company', 'demo', '--from', '2025-10-01');
    expect(rebuilt).toMatchObject({ code: 0, out: expect.stringContaining('put right') });
    const tally = await firestore.doc(`${stored.tallies('demo')}/2025-10-04`).get();
    expect(tally.get('counts')).toMatchObject({ calls: 1, urgency: { NORMAL: 1 } });
    expect(await check()).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing differs.'),
    });
  });

  it('says how it is used when it is called wrongly', async () => {
    const { code, out, notes } = await command(['create', '--company', 'plant']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain('See --help.');
  });

  it('prints its usage', async () => {
    expect(await command(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('link --email E'),
    });
  });
});
