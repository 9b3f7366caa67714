import { createServer } from 'node:net';
import { z } from 'zod';
import { SuiteError } from './errors.ts';

/** The one address that anything local listens on. */
export const HOST = '127.0.0.1';

/** Every server of the suite: who it is, what changes its port, and the official default. */
export const SERVERS = {
  hosting: { title: 'Hosting', variable: 'AURORA_HOSTING_PORT', port: 5000 },
  functions: { title: 'Functions', variable: 'AURORA_FUNCTIONS_PORT', port: 5001 },
  firestore: { title: 'Firestore', variable: 'AURORA_FIRESTORE_PORT', port: 8080 },
  database: { title: 'Realtime Database', variable: 'AURORA_DATABASE_PORT', port: 9000 },
  auth: { title: 'Auth', variable: 'AURORA_AUTH_PORT', port: 9099 },
  tasks: { title: 'Cloud Tasks', variable: 'AURORA_TASKS_PORT', port: 9499 },
  eventarc: { title: 'Eventarc', variable: 'AURORA_EVENTARC_PORT', port: 9299 },
  logging: { title: 'Logging', variable: 'AURORA_LOGGING_PORT', port: 4500 },
  hub: { title: 'Emulator hub', variable: 'AURORA_HUB_PORT', port: 4400 },
  twilio: { title: 'the telephone (with Twilio REST)', variable: 'AURORA_TWILIO_PORT', port: 4010 },
} as const;

export type ServerName = keyof typeof SERVERS;
export type Ports = Record<ServerName, number>;

const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

const portNumber = z.coerce.number().int().min(1).max(65_535);

/** The part of firebase.json that names ports; the telephone has no place there. */
export interface ConfiguredPorts {
  [server: string]: { port?: number } | undefined;
}

/**
 * Chooses each server's port: its environment variable, else firebase.json, else the default.
 * @throws SuiteError when a variable is no port, or two servers want the same one.
 */
export function choosePorts(
  environment: Record<string, string | undefined>,
  configured: ConfiguredPorts,
): Ports {
  const ports = {} as Ports;
  const owners = new Map<number, ServerName>();
  for (const name of SERVER_NAMES) {
    const { title, variable, port: fallback } = SERVERS[name];
    const wanted = environment[variable] || configured[name]?.port || fallback;
    const parsed = portNumber.safeParse(wanted);
    if (!parsed.success) {
      throw new SuiteError(`${variable} is '${wanted}': set it to a port from 1 to 65535.`);
    }
    const rival = owners.get(parsed.data);
    if (rival) {
      throw new SuiteError(
        `${SERVERS[rival].title} and ${title} both want port ${parsed.data}: set ${variable} to another one.`,
      );
    }
    owners.set(parsed.data, name);
    ports[name] = parsed.data;
  }
  return ports;
}

/** @throws SuiteError that names every taken port, who wants it, and what changes it. */
export async function refuseTakenPorts(ports: Ports): Promise<void> {
  const taken: string[] = [];
  for (const name of SERVER_NAMES) {
    if (await isFree(ports[name])) continue;
    const { title, variable } = SERVERS[name];
    taken.push(
      `Port ${ports[name]} is taken, and ${title} wants it. Stop what uses it, or choose another: ${variable}=${suggestion(ports[name])} npm start`,
    );
  }
  if (taken.length > 0) throw new SuiteError(taken.join('\n'));
}

/**
 * Picks a free port for every server. They lie below the range from which operating systems take
 * the ports of outgoing connections, so that nothing steals one before its server listens.
 */
export async function findFreePorts(random: () => number = Math.random): Promise<Ports> {
  const chosen = new Set<number>();
  const ports = {} as Ports;
  for (const name of SERVER_NAMES) {
    let port: number;
    do port = 10_000 + Math.floor(random() * 20_000);
    while (chosen.has(port) || !(await isFree(port)));
    chosen.add(port);
    ports[name] = port;
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: HOST, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function suggestion(port: number): number {
  return port > 65_435 ? port - 100 : port + 100;
}
