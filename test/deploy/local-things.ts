/**
 * Everything that exists for local runs alone, from the modules that define it: what is added there
 * tomorrow is searched for tomorrow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalModel } from '../../emulators/llm/local-model.ts';
import { localEnvironment } from '../../emulators/suite/local-environment.ts';
import { choosePorts, HOST } from '../../emulators/suite/ports.ts';
import { CREDENTIALS } from '../../emulators/suite/process-environment.ts';
import { readProject } from '../../emulators/suite/project.ts';
import * as seed from '../../emulators/suite/seed.ts';
import { PAGE_PATH, REQUESTS } from '../../emulators/telephone-page/protocol.ts';
import * as account from '../../emulators/twilio/local-account.ts';
import { ROOT } from './pack.ts';

export interface LocalThing {
  /** For people: what it is and where it comes from; never the thing itself. */
  readonly name: string;
  readonly isIn: (text: string) => boolean;
  /** What somebody would write who takes it along. */
  readonly example: string;
}

const SECRET = /token|secret|password|passwd|api_?key|credential|account_?sid/i;

/** Shorter values are words of the language as well, and only count where they are used as a secret. */
const LONG = 12;

export async function localThings(): Promise<LocalThing[]> {
  const project = readProject(ROOT).id;
  const secrets = await localSecrets(project);
  return [
    ...secrets.map(({ name, value }) => secretThing(name, value)),
    ...Object.values(seed.ADMINS).map(({ email }) =>
      wordThing("a demo supervisor's address", email),
    ),
    wordThing('the local project', project),
    wordThing('an import from emulators/', 'emulators/'),
    wordThing("the telephone's port", `:${account.LOCAL_TWILIO_PORT}`),
    {
      name: "the telephone's route",
      isIn: (text) => new RegExp(`["'\`]${PAGE_PATH}(/["'\`]|/api|["'\`])`).test(text),
      example: `fetch("${PAGE_PATH}/api/${Object.keys(REQUESTS)[0]}")`,
    },
    ...(await telephoneWords()).map((words) => wordThing('a text of the telephone', words)),
    wordThing('a source map', 'sourceMappingURL='),
  ];
}

function wordThing(name: string, value: string): LocalThing {
  return { name, isIn: (text) => text.includes(value), example: value };
}

function secretThing(name: string, value: string): LocalThing {
  if (value.length >= LONG) return wordThing(name, value);
  const literal = value.replace(/\W/g, '\\$&');
  const quoted = `["'\`](Bearer |Basic )?${literal}["'\`]`;
  const used = new RegExp(
    `(?i:${SECRET.source})\\w*["'\`]?\\s*[:=]\\s*${quoted}|Bearer ${literal}\\b`,
  );
  return { name, isIn: (text) => used.test(text), example: `{password:"${value}"}` };
}

interface Secret {
  name: string;
  value: string;
}

async function localSecrets(project: string): Promise<Secret[]> {
  const functions = join(ROOT, 'functions');
  const { settings, secrets } = localEnvironment(project, choosePorts({}, {}), '', functions, {});
  const { server, settings: ofModel } = await startLocalModel('answers', HOST);
  await server.stop();
  const own = CREDENTIALS.map((name) => [name, process.env[name] ?? ''] as const);
  const found: [string, string, unknown][] = [
    ...rows('local-account.ts', Object.entries(account).filter(isSecret)),
    ...rows('seed.ts', Object.entries(seed).filter(isSecret)),
    ...rows('local-environment.ts', Object.entries(settings).filter(isSecret)),
    ...rows('local-environment.ts or functions/.secret.local', Object.entries(secrets)),
    ...rows('local-model.ts', Object.entries(ofModel).filter(isSecret)),
    ...rows('the environment', own),
    ...writtenDown(),
  ];
  const basic = `${account.LOCAL_ACCOUNT_SID}:${account.LOCAL_AUTH_TOKEN}`;
  found.push(['local-account.ts', 'Basic', Buffer.from(basic).toString('base64')]);
  const byValue = new Map<string, Secret>();
  for (const [where, name, value] of found) {
    if (typeof value !== 'string' || value === '') continue;
    // While a secret is rotated, the old one stands behind the new one.
    for (const one of value.split(','))
      byValue.set(one, { name: `${name} of ${where}`, value: one });
  }
  return [...byValue.values()];
}

function rows<T>(where: string, entries: readonly (readonly [string, T])[]): [string, string, T][] {
  return entries.map(([name, value]) => [where, name, value]);
}

function isSecret([name]: [string, unknown]): boolean {
  return SECRET.test(name);
}

/** What any module of emulators/ gives the name of a secret. */
function writtenDown(): [string, string, string][] {
  const folder = join(ROOT, 'emulators');
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /(?<!\.test|\.fixture)\.ts$/.test(name) && !/node_modules|conformance/.test(name),
  );
  const written = new RegExp(`(\\w*(?:${SECRET.source})\\w*)["']?\\s*[:=]\\s*'([^']+)'`, 'gi');
  return modules.flatMap((module) =>
    [...readFileSync(join(folder, module), 'utf8').matchAll(written)].map(
      ([, name = '', value = '']): [string, string, string] => [module, name, value],
    ),
  );
}

/** Sentences of the page: long enough to be nobody else's. */
async function telephoneWords(): Promise<string[]> {
  const folder = join(ROOT, 'dashboard/telephone/src/texts');
  const texts = await Promise.all([import(join(folder, 'en.ts')), import(join(folder, 'hi.ts'))]);
  const sentences = (value: unknown): string[] => {
    if (typeof value === 'string') return value.length >= 20 ? [value] : [];
    return typeof value === 'object' && value ? Object.values(value).flatMap(sentences) : [];
  };
  return sentences(texts.map(({ en, hi }) => en ?? hi));
}
