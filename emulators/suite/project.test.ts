import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, onTestFinished, test } from 'vitest';
import { choosePorts, HOST } from './ports.ts';
import { configurationOn, configuredPorts, readProject } from './project.ts';

const repository = path.resolve(import.meta.dirname, '../..');

function schemaOfFirebaseTools() {
  const file = createRequire(import.meta.url).resolve('firebase-tools/schema/firebase-config.json');
  return new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')));
}

test('firebase.json fits the schema of firebase-tools', () => {
  const validate = schemaOfFirebaseTools();
  validate(readProject(repository).configuration);
  expect(validate.errors).toBeNull();
});

test('the schema of firebase-tools finds a fault', () => {
  const validate = schemaOfFirebaseTools();
  expect(validate({ hosting: { rewrites: [{ source: '/x', function: 7 }] } })).toBe(false);
});

test('firebase.json names the official ports, each on this machine only', () => {
  const project = readProject(repository);
  expect(choosePorts({}, configuredPorts(project))).toEqual(choosePorts({}, {}));
  const { emulators = {} } = project.configuration;
  const places = Object.values(emulators).filter(isPlace);
  expect(places.length).toBeGreaterThan(5);
  for (const { host } of places) expect(host).toBe(HOST);
});

test('what the emulators are given has every server on its chosen port', () => {
  const ports = choosePorts({ AURORA_HOSTING_PORT: '6000' }, {});
  const { emulators } = configurationOn(readProject(repository), ports);
  expect(emulators).toMatchObject({ hosting: { host: HOST, port: 6000 }, ui: { enabled: false } });
  expect(emulators).not.toHaveProperty('twilio');
});

test('the control room is shown in a frame by the telephone beside it, and deployed by nobody', () => {
  const project = readProject(repository);
  const ports = choosePorts({ AURORA_TWILIO_PORT: '6010' }, {});
  const local = JSON.stringify(configurationOn(project, ports));
  expect(local).toContain('frame-ancestors http://127.0.0.1:6010;');
  expect(local).not.toContain("frame-ancestors 'none'");
  expect(JSON.stringify(project.configuration)).toMatch(
    /frame-ancestors 'none'(?!.*frame-ancestors)/,
  );
});

test.each(['aurora', 'my-demo-', 'Demo-x'])('the project %s is refused', (id) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'project-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, '.firebaserc'), JSON.stringify({ projects: { default: id } }));
  expect(() => readProject(folder)).toThrow(/only runs a project named demo-…/);
});

function isPlace(value: unknown): value is { host: string } {
  return typeof value === 'object' && value !== null && 'port' in value;
}
