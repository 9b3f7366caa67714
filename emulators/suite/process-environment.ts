import { fileURLToPath } from 'node:url';

/**
 * Variables of the person's own shell that must not reach a local worker, which would inherit
 * them: with them it could act on a real account.
 */
export const CREDENTIALS = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_API_KEY',
  'TWILIO_API_SECRET',
  'JWT_SECRET',
  'LLM_API_KEY',
];

/** To be run before firebase-tools is loaded, which reads some of these variables then. */
export function prepareProcessEnvironment(temporaryFolder: string): void {
  for (const name of CREDENTIALS) delete process.env[name];
  // Google's libraries would look for a metadata server on the network.
  process.env.METADATA_SERVER_DETECTION = 'none';
  // Function definitions are read from a file; otherwise from a port open to every interface.
  process.env.FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH = temporaryFolder;
  // Requests that are served at once; each open stream is one.
  process.env.FUNCTIONS_EMULATOR_PARALLEL ??= '1000';
  // Seconds that a worker may take to start; the 30 s by default are not enough on a busy machine.
  process.env.FUNCTIONS_DISCOVERY_TIMEOUT ??= '90';
  process.noDeprecation = true;
}

/** How workers run Node: without notes on deprecations in the packages, and never orphaned. */
export function workerNodeOptions(): string {
  const preload = fileURLToPath(import.meta.resolve('./worker-preload.mjs'));
  return `${process.env.NODE_OPTIONS ?? ''} --no-deprecation --import "${preload}"`.trim();
}
