import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type LanguageModel, LanguageModelSettings, languageModel } from './language-model.ts';
import { LOOPBACK } from './loopback.ts';

/** A shorter secret is refused on a deployed instance; Twilio's auth tokens have 32 characters. */
const SHORTEST_SECRET = 32;

const flag = z.enum(['on', 'off']).transform((text) => text === 'on');

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Empty variables count as absent: .env files often hold `NAME=`. */
const Settings = z.object({
  /** The address that Twilio is given, without a trailing slash; signatures are checked against it. */
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/),
  AURORA_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('us-central1'),
  /** For companies that name no zone of their own. */
  TIME_ZONE: z.string().default('Asia/Kolkata'),
  /** For sites that name none; 112 is the number of India, the EU and of GSM networks. */
  EMERGENCY_NUMBER: z
    .string()
    .regex(/^\+?[0-9]{2,15}$/)
    .default('112'),
  /** Where calls to a number go that no company has claimed. */
  DEFAULT_COMPANY_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('default'),
  /** BCP 47, as Twilio's Say and Gather take it. */
  VOICE_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/)
    .default('en-IN'),
  /** ISO 3166 country of numbers written without a country code. */
  DEFAULT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  CALL_ID_STYLE: z.enum(['digits', 'hashed']).default('digits'),
  JOURNAL_DIR: z.string().default(join(tmpdir(), 'aurora-journal')),
  /** `emulator` speaks the smaller dialect of the local Cloud Tasks emulator. */
  TASK_QUEUE: z.enum(['cloud-tasks', 'emulator']).default('cloud-tasks'),
  CLOUD_TASKS_EMULATOR_HOST: z.string().default('127.0.0.1:9499'),
  /** Identity of the tasks; default: the account that the function runs as. */
  TASKS_SERVICE_ACCOUNT: z.email().optional(),
  /** A fixed bearer token for the Realtime Database instead of the service account's. */
  DATABASE_ACCESS_TOKEN: z.string().optional(),
  /** `off` leaves every write to the tasks: slower on the dashboard, nothing less safe. */
  DIRECT_WRITE: flag.default(true),
  /**
   * `off`: what is said in a conference is not transcribed. Supervisors can join to speak then, and
   * not to listen: Aurora would be deaf.
   */
  TRANSCRIPTION: flag.default(true),
  /** Another address than api.twilio.com for Twilio's REST API; it is sent the auth token. */
  TWILIO_API_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** A voice call that was quiet for so long is looked up at Twilio: its end may have been missed. */
  QUIET_CALL_MINUTES: wholeNumber(1, 1_440).default(10),
  /** A live conversation without a call is archived when it was quiet for so long. */
  ORPHAN_MINUTES: wholeNumber(10, 10_080).default(60),
  /** A text conversation that was quiet for so long is over. */
  TEXT_QUIET_MINUTES: wholeNumber(1, 1_440).default(30),
  /** Origins of web pages, beside PUBLIC_BASE_URL's, that may ask the API and the streams. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((origin) => origin.trim().replace(/\/+$/, '')))
    .transform((origins) => origins.filter(Boolean))
    .pipe(z.array(z.url({ protocol: /^https?$/ }))),
  /**
   * Proxies that append to X-Forwarded-For in front of a function's own address, where streams are
   * opened: the address before them is the client's. Google's own front end is one.
   */
  PROXY_HOPS: wholeNumber(0, 10).default(1),
  /** Those that Hosting adds, through which the API is asked. Too few, and all clients look like one. */
  HOSTING_HOPS: wholeNumber(0, 10).default(1),
  /** Where clients open streams; Hosting would hold them back and cut them after a minute. */
  STREAMS_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  STREAM_HEARTBEAT_SECONDS: wholeNumber(1, 300).default(30),
  /** A stream is closed, for the client to come back, before the function's own limit of an hour. */
  STREAM_MAX_SECONDS: wholeNumber(1, 3_540).default(3_300),
  /** Streams that are open at once, over all instances, of one token and from one address. */
  STREAMS_PER_TOKEN: wholeNumber(1, 1_000).default(20),
  STREAMS_PER_ADDRESS: wholeNumber(1, 10_000).default(200),
  /** Requests of one minute to one instance of the API. */
  REQUESTS_PER_TOKEN: wholeNumber(1, 1_000_000).default(600),
  REQUESTS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(3_000),
  /** How long it is remembered that a call is archived; late tasks must not outlive it. */
  TOMBSTONE_DAYS: wholeNumber(30, 3_650).default(400),
  /** Calls, and texts, that one caller's number gets of Aurora's own accord within an hour. */
  CALLS_PER_CALLER: wholeNumber(0, 100).default(6),
  TEXTS_PER_CALLER: wholeNumber(0, 1_000).default(30),
  /** Calls and texts to all callers of one company within an hour. */
  SENDS_TO_CALLERS: wholeNumber(0, 100_000).default(300),
  /** Calls, and texts, by which one person on call is fetched within an hour. */
  SENDS_PER_PERSON: wholeNumber(1, 10_000).default(100),
  /** Calls and texts to all people on call of one company within an hour. */
  SENDS_TO_PEOPLE: wholeNumber(1, 100_000).default(3_000),
  /** Calls that begin in one second; Twilio grants one to an account that has asked for no more. */
  CALLS_PER_SECOND: wholeNumber(1, 100).default(1),
  ...LanguageModelSettings.shape,
});

const Firebase = z.object({ projectId: z.string(), databaseURL: z.url() });

export interface Config extends z.infer<typeof Settings> {
  /** Origins of all web pages that may ask. */
  corsOrigins: string[];
  streamsBaseUrl: string;
  projectId: string;
  databaseUrl: string;
  /** Current first; a second one is accepted while the token is rotated. */
  twilioAuthTokens: () => string[];
  jwtSecrets: () => string[];
  /** Undefined where no model is configured, or its key is not set. */
  languageModel: () => LanguageModel | undefined;
}

/**
 * Reads all settings from the environment. Throws one Error that lists every fault, so that a new
 * deployment can be mended in one go. Secrets are read when first asked for: a function is only
 * given those that it names.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== ''),
  );
  const settings = Settings.safeParse(present);
  const firebase = Firebase.safeParse(parseJson(present.FIREBASE_CONFIG));
  const faults = [
    ...(settings.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...(firebase.error?.issues ?? []).map(
      (issue) => `FIREBASE_CONFIG.${issue.path.join('.')}: ${issue.message}`,
    ),
  ];
  if (!settings.success || !firebase.success) {
    throw new Error(`Settings are missing or wrong (see .env.example): ${faults.join('; ')}`);
  }
  const local = LOOPBACK.test(settings.data.PUBLIC_BASE_URL);
  if (!local) refuseLocalSettings(settings.data);
  return {
    ...settings.data,
    projectId: firebase.data.projectId,
    databaseUrl: firebase.data.databaseURL,
    corsOrigins: [new URL(settings.data.PUBLIC_BASE_URL).origin, ...settings.data.CORS_ORIGINS],
    streamsBaseUrl:
      settings.data.STREAMS_BASE_URL ??
      `https://${settings.data.AURORA_REGION}-${firebase.data.projectId}.cloudfunctions.net/streams`,
    twilioAuthTokens: () => secrets(present, 'TWILIO_AUTH_TOKEN', local),
    jwtSecrets: () => secrets(present, 'JWT_SECRET', local),
    languageModel: () => languageModel(settings.data, present.LLM_API_KEY),
  };
}

function refuseLocalSettings(settings: z.infer<typeof Settings>): void {
  if (settings.DATABASE_ACCESS_TOKEN !== undefined || settings.TASK_QUEUE === 'emulator') {
    throw new Error(
      'DATABASE_ACCESS_TOKEN and TASK_QUEUE=emulator are for a PUBLIC_BASE_URL on this machine only: remove them.',
    );
  }
  const { TWILIO_API_BASE_URL: twilio } = settings;
  if (twilio !== undefined && new URL(twilio).protocol !== 'https:') {
    throw new Error('TWILIO_API_BASE_URL must begin with https: it is sent the auth token.');
  }
}

/** `current` or `current,previous`. */
function secrets(environment: NodeJS.ProcessEnv, name: string, local: boolean): string[] {
  const values = (environment[name] ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
  if (values.length === 0) {
    throw new Error(`${name} is not set: run "firebase functions:secrets:set ${name}".`);
  }
  const weak = values.some((value) => value.length < SHORTEST_SECRET || /^local-/.test(value));
  if (weak && !local) {
    throw new Error(`${name} is a local value or shorter than ${SHORTEST_SECRET} characters.`);
  }
  return values;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}
