import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localEnvironment } from './local-environment.ts';
import { choosePorts } from './ports.ts';

const ports = choosePorts({ AURORA_HOSTING_PORT: '6000', AURORA_TWILIO_PORT: '6001' }, {});

test('addresses follow the ports, and the journal the state folder', () => {
  const { settings } = localEnvironment('demo-aurora', ports, '/state', functionsFolder(), {});
  expect(settings).toMatchObject({
    PUBLIC_BASE_URL: 'http://127.0.0.1:6000',
    STREAMS_BASE_URL: 'http://127.0.0.1:5001/demo-aurora/us-central1/streams',
    TWILIO_API_BASE_URL: 'http://127.0.0.1:6001',
    JOURNAL_DIR: '/state/journal',
  });
});

test('secrets are kept apart from the settings that every function sees', () => {
  const { settings, secrets } = localEnvironment(
    'demo-aurora',
    ports,
    '/state',
    functionsFolder(),
    {},
  );
  expect(Object.keys(secrets).sort()).toEqual(['JWT_SECRET', 'TWILIO_AUTH_TOKEN']);
  for (const name of Object.keys(secrets)) expect(settings).not.toHaveProperty(name);
});

test("a person's own .env.local and .secret.local win, the command line wins over them", () => {
  const folder = functionsFolder({
    '.env.local': 'EMERGENCY_NUMBER=911\nFALLBACK_HUMAN_NUMBER="+15550100099"\n',
    '.secret.local': 'JWT_SECRET=mine\nTWILIO_AUTH_TOKEN=mine-too\n',
  });
  const own = localEnvironment('demo-aurora', ports, '/state', folder, {
    EMERGENCY_NUMBER: '999',
    JWT_SECRET: 'from-the-command-line',
  });
  expect(own.settings).toMatchObject({
    EMERGENCY_NUMBER: '999',
    FALLBACK_HUMAN_NUMBER: '+15550100099',
  });
  expect(own.secrets).toEqual({
    JWT_SECRET: 'from-the-command-line',
    TWILIO_AUTH_TOKEN: 'mine-too',
  });
});

test('functions/.env, which is for deployments, changes nothing here', () => {
  const folder = functionsFolder({ '.env': 'PUBLIC_BASE_URL=https://aurora.example.com\n' });
  const { settings } = localEnvironment('demo-aurora', ports, '/state', folder, {});
  expect(settings.PUBLIC_BASE_URL).toBe('http://127.0.0.1:6000');
});

function functionsFolder(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'functions-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}
