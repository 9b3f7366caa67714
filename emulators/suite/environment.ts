import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { CREDENTIAL_VARIABLES, type LocalEnvironment } from './local-environment.ts';

/** To be run before firebase-tools is loaded, which reads some of these variables then. */
export function prepareOwnEnvironment(temporaryFolder: string): void {
  for (const name of CREDENTIAL_VARIABLES) delete process.env[name];
  // Google's libraries would look for a metadata server on the network.
  process.env.METADATA_SERVER_DETECTION = 'none';
  // Function definitions are read from a file; otherwise from a port open to every interface.
  process.env.FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH = temporaryFolder;
  // Requests that are served at once; each open stream is one.
  process.env.FUNCTIONS_EMULATOR_PARALLEL ??= '1000';
  process.noDeprecation = true;
}

/**
 * What every function is given. The emulator lets these values win over all files in functions/,
 * so those that a person has put into `.env.local` are left out here.
 */
export function functionsEnvironment(
  functionsDirectory: string,
  local: LocalEnvironment,
  overrides: Record<string, string>,
): Record<string, string> {
  const own = readEnvLocal(path.join(functionsDirectory, '.env.local'));
  const settings = Object.entries(local.settings).filter(
    ([name]) => !(name in own) || name in overrides,
  );
  const preload = fileURLToPath(import.meta.resolve('./worker-preload.mjs'));
  return {
    ...Object.fromEntries(settings),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-deprecation --import "${preload}"`.trim(),
  };
}

function readEnvLocal(file: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
