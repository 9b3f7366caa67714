import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedDemoData } from './seed.ts';

const local = {
  project: 'demo-aurora',
  firestore: '127.0.0.1:1',
  database: '127.0.0.1:1',
  namespace: 'demo-aurora-default-rtdb',
};

const REFUSED = /Demo data is only for a project named demo-… on this machine/;

test('demo data is refused for any project that is not named demo-…', async () => {
  const projects = fc.string().filter((name) => !name.startsWith('demo-'));
  await fc.assert(
    fc.asyncProperty(projects, async (project) => {
      await expect(seedDemoData({ ...local, project })).rejects.toThrow(REFUSED);
    }),
  );
  await expect(seedDemoData({ ...local, namespace: 'aurora-default-rtdb' })).rejects.toThrow(
    REFUSED,
  );
});

test.each([
  'firestore.googleapis.com:443',
  '10.0.0.5:8080',
  '127.0.0.1.example.com:80',
  'localhost',
  '0.0.0.0:8080',
  'user@127.0.0.1:80',
])('demo data is refused for a database at %s', async (address) => {
  await expect(seedDemoData({ ...local, firestore: address })).rejects.toThrow(REFUSED);
  await expect(seedDemoData({ ...local, database: address })).rejects.toThrow(REFUSED);
});
