import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from '../twilio/local-account.ts';
import { HOST, type Ports } from './ports.ts';

type Values = Record<string, string>;

/** What the functions find in their environment when they run locally. */
export interface LocalEnvironment {
  /** Seen by every function, as if they stood in functions/.env. */
  settings: Values;
  /** Seen only by the functions that declare them, as from Secret Manager. */
  secrets: Values;
}

/** Every value that exists only for local runs stands here, so that functions/ holds none. */
function localValues(projectId: string, ports: Ports, stateDirectory: string): LocalEnvironment {
  return {
    settings: {
      PUBLIC_BASE_URL: `http://${HOST}:${ports.hosting}`,
      STREAMS_BASE_URL: `http://${HOST}:${ports.functions}/${projectId}/us-central1/streams`,
      AURORA_REGION: 'us-central1',
      JOURNAL_DIR: path.join(stateDirectory, 'journal'),
      DEFAULT_COMPANY_ID: 'demo',
      EMERGENCY_NUMBER: '112',
      FALLBACK_HUMAN_NUMBER: '',
      TWILIO_ACCOUNT_SID: LOCAL_ACCOUNT_SID,
      TWILIO_API_BASE_URL: `http://${HOST}:${ports.twilio}`,
      DATABASE_ACCESS_TOKEN: 'owner',
      TASK_QUEUE: 'emulator',
      // Nothing here writes X-Forwarded-For, so nobody is believed who sends it.
      PROXY_HOPS: '0',
      HOSTING_HOPS: '0',
      METADATA_SERVER_DETECTION: 'none',
    },
    secrets: {
      TWILIO_AUTH_TOKEN: LOCAL_AUTH_TOKEN,
      JWT_SECRET: 'local-jwt-secret-not-for-production-0123456789',
    },
  };
}

/**
 * The local values; over them a person's own `functions/.env.local` and `functions/.secret.local`;
 * over all the command line. `functions/.env` is for deployments and does not count here.
 */
export function localEnvironment(
  projectId: string,
  ports: Ports,
  stateDirectory: string,
  functionsDirectory: string,
  commandLine: Values,
): LocalEnvironment {
  const local = localValues(projectId, ports, stateDirectory);
  const settings = { ...local.settings, ...readEnv(functionsDirectory, '.env.local') };
  const secrets = { ...local.secrets, ...readEnv(functionsDirectory, '.secret.local') };
  for (const [name, value] of Object.entries(commandLine)) {
    (name in secrets || name === 'LLM_API_KEY' ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}

function readEnv(directory: string, name: string): Values {
  try {
    return parseEnv(readFileSync(path.join(directory, name), 'utf8')) as Values;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
