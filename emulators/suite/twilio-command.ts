/** `npm run twilio` for the suite on this machine: the operator's command with the local values. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { localEnvironment } from './local-environment.ts';
import { choosePorts } from './ports.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { emulators } = JSON.parse(readFileSync(path.join(root, 'firebase.json'), 'utf8'));
const ports = choosePorts(process.env, emulators);
const local = localEnvironment('demo-aurora', ports, '', path.join(root, 'functions'), {});
for (const name of ['PUBLIC_BASE_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_API_BASE_URL']) {
  process.env[name] = local.settings[name];
}
process.env.TWILIO_AUTH_TOKEN = local.secrets.TWILIO_AUTH_TOKEN;
await import('../../functions/src/operations/twilio-command.ts');
