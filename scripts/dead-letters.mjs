import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary } from './node-binary.mjs';
import { nodeEnvironment, ROOT, run } from './processes.mjs';

const HOST = '127.0.0.1';

/**
 * Lists and replays dead letters: those of the local suite unless the flags name a deployed
 * project, for which the environment stays as it is.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function deadLetters(flags) {
  const isDeployed = flags.some((flag) => /^--database-url(=|$)/.test(flag));
  const env = isDeployed ? nodeEnvironment() : { ...nodeEnvironment(), ...localSuite(process.env) };
  return run(nodeBinary(), ['functions/src/operations/dead-letters-command.ts', ...flags], { env });
}

/** Where the local suite listens: as a variable says, else as firebase.json does. */
export function localSuite(environment) {
  const { emulators } = JSON.parse(readFileSync(join(ROOT, 'firebase.json'), 'utf8'));
  const firestore = environment.AURORA_FIRESTORE_PORT || emulators.firestore.port;
  const database = environment.AURORA_DATABASE_PORT || emulators.database.port;
  const hosting = environment.AURORA_HOSTING_PORT || emulators.hosting.port;
  const { projects } = JSON.parse(readFileSync(join(ROOT, '.firebaserc'), 'utf8'));
  return {
    GCLOUD_PROJECT: projects.default,
    FIRESTORE_EMULATOR_HOST: `${HOST}:${firestore}`,
    FIREBASE_DATABASE_EMULATOR_HOST: `${HOST}:${database}`,
    PUBLIC_BASE_URL: `http://${HOST}:${hosting}`,
    // Google's libraries would look for a metadata server on the network.
    METADATA_SERVER_DETECTION: 'none',
  };
}
