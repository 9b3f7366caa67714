import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

const NAMED_BY = ['PUBLIC_BASE_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'];

/**
 * Points numbers at Aurora: at the deployment that the environment names, or, where it names none, at
 * the local suite.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function twilio(flags) {
  const isDeployed = NAMED_BY.some((name) => process.env[name]);
  const command = isDeployed
    ? 'functions/src/operations/twilio-command.ts'
    : 'emulators/suite/twilio-command.ts';
  return run(nodeBinary(), [command, ...flags]);
}
