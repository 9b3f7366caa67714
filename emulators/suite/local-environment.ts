import path from 'node:path';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from '../twilio/local-account.ts';
import { HOST, type Ports } from './ports.ts';

/** What the functions find in their environment when they run locally. */
export interface LocalEnvironment {
  /** Seen by every function, as if they stood in functions/.env. */
  settings: Record<string, string>;
  /** Seen only by the functions that declare them, as from Secret Manager. */
  secrets: Record<string, string>;
}

/**
 * Every value that exists only for local runs stands here, so that functions/ holds none.
 * A person's own `functions/.env.local` and `functions/.secret.local` win over these values.
 * @param overrides values from the command line, which win over both
 */
export function localEnvironment(
  ports: Ports,
  stateDirectory: string,
  overrides: Record<string, string> = {},
): LocalEnvironment {
  const settings: Record<string, string> = {
    PUBLIC_BASE_URL: `http://${HOST}:${ports.hosting}`,
    AURORA_REGION: 'us-central1',
    JOURNAL_DIR: path.join(stateDirectory, 'journal'),
    DEFAULT_COMPANY_ID: 'demo',
    EMERGENCY_NUMBER: '112',
    FALLBACK_HUMAN_NUMBER: '',
    TWILIO_ACCOUNT_SID: LOCAL_ACCOUNT_SID,
    TWILIO_API_BASE_URL: `http://${HOST}:${ports.twilio}`,
    DATABASE_ACCESS_TOKEN: 'owner',
    TASK_QUEUE: 'emulator',
    METADATA_SERVER_DETECTION: 'none',
  };
  const secrets: Record<string, string> = {
    TWILIO_AUTH_TOKEN: LOCAL_AUTH_TOKEN,
    JWT_SECRET: 'local-jwt-secret-not-for-production-0123456789',
  };
  for (const [name, value] of Object.entries(overrides)) {
    (name in secrets ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}

/**
 * Variables of the person's own shell that must not reach a local worker: with them it could act
 * on a real account.
 */
export const CREDENTIAL_VARIABLES = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_API_KEY',
  'TWILIO_API_SECRET',
  'JWT_SECRET',
];
