import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePorts, HOST } from './ports.ts';
import { databaseNamespace, type Project, readProject } from './project.ts';
import { createStandIns } from './stand-ins.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test('the Realtime Database has the product’s rules as soon as it has started', async () => {
  const project = readProject(ROOT);
  const { database, ask } = await standInOf(project);
  await database.start();
  expect(await (await ask('.settings/rules.json', 'owner')).text()).toBe(
    readFileSync(path.join(ROOT, 'database.rules.json'), 'utf8'),
  );
  expect((await ask('active_calls.json')).status).toBe(401);
  expect((await ask('active_calls.json', 'owner')).status).toBe(200);
});

test('it does not start with rules that it can not evaluate, and says where they are', async () => {
  const databaseRules = '{ "rules": { "calls": { ".read": "now + 1 > 2" } } }';
  const { database } = await standInOf({ ...readProject(ROOT), databaseRules });
  await expect(database.start()).rejects.toThrow(/rules .* refused.*at \/calls, .*now \+ 1/);
});

async function standInOf(project: Project) {
  const ports = await findFreePorts();
  const state = mkdtempSync(path.join(tmpdir(), 'stand-ins-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const { emulators } = createStandIns(project, ports, state, () => {});
  const database = emulators.find((emulator) => emulator.getName() === 'database');
  if (!database) throw new Error('There is no Realtime Database.');
  onTestFinished(() => database.stop());
  const ask = (place: string, token?: string) =>
    fetch(`http://${HOST}:${ports.database}/${place}?ns=${databaseNamespace(project.id)}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  return { database, ask };
}
