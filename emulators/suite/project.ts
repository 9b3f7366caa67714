import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SuiteError } from './errors.ts';
import type { ConfiguredPorts } from './ports.ts';
import { HOST, type Ports } from './ports.ts';

const firebaserc = z.object({ projects: z.object({ default: z.string() }) });

const firebaseJson = z.looseObject({
  database: z.looseObject({ rules: z.string().optional() }).optional(),
  firestore: z.looseObject({ indexes: z.string().optional() }).optional(),
  emulators: z.looseObject({}).optional(),
});

export interface Project {
  id: string;
  configuration: z.infer<typeof firebaseJson>;
  /** The text of database.rules.json, comments included, if there is one. */
  databaseRules: string | undefined;
  /** The content of firestore.indexes.json, if there is one. */
  indexes: Record<string, unknown> | undefined;
}

/** Reads .firebaserc, firebase.json and the indexes. @throws SuiteError when one doesn't fit */
export function readProject(directory: string): Project {
  const id = read(directory, '.firebaserc', firebaserc).projects.default;
  if (!id.startsWith('demo-')) {
    throw new SuiteError(
      `The default project of .firebaserc is ${id}: the local suite only runs a project named demo-…, which can't touch a real one.`,
    );
  }
  const configuration = read(directory, 'firebase.json', firebaseJson);
  const rulesFile = configuration.database?.rules;
  const indexFile = configuration.firestore?.indexes;
  return {
    id,
    configuration,
    databaseRules: rulesFile ? readFileSync(path.join(directory, rulesFile), 'utf8') : undefined,
    indexes: indexFile ? read(directory, indexFile, z.looseObject({})) : undefined,
  };
}

export function configuredPorts({ configuration }: Project): ConfiguredPorts {
  return (configuration.emulators ?? {}) as ConfiguredPorts;
}

/** The one instance of the Realtime Database, named as the console names it. */
export function databaseNamespace(projectId: string): string {
  return `${projectId}-default-rtdb`;
}

/** firebase.json with every emulator on its chosen port and on this machine only. */
export function configurationOn(project: Project, ports: Ports): Record<string, unknown> {
  const { twilio: _, ...emulators } = ports;
  const places = Object.entries(emulators).map(([name, port]) => [name, { host: HOST, port }]);
  const local = JSON.stringify(project.configuration)
    // Deployed, pages open streams at the functions' own address; here that is a port of this machine.
    .replaceAll('https://*.cloudfunctions.net', `http://${HOST}:${ports.functions}`)
    // Deployed, nobody shows the control room in a frame; here the page of the telephone does.
    .replaceAll("frame-ancestors 'none'", `frame-ancestors http://${HOST}:${ports.twilio}`);
  return {
    ...JSON.parse(local),
    emulators: {
      ...Object.fromEntries(places),
      ui: { enabled: false },
      singleProjectMode: true,
    },
  };
}

function read<T>(directory: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(directory, name);
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new SuiteError(`${file} can't be used: ${reason}`);
  }
}
