import { createFirestoreServer } from '../firestore/server.ts';
import { createRealtimeDatabaseServer } from '../realtime-database/server.ts';
import type { EmulatorInstance, LogEntry } from './emulator-types.ts';
import { SuiteError } from './errors.ts';
import { HOST, type Ports } from './ports.ts';
import { databaseNamespace, type Project } from './project.ts';
import { createStateKeeper, type StateKeeper } from './state.ts';

export interface StandIns {
  emulators: EmulatorInstance[];
  state: StateKeeper;
}

/** Our own databases, in the form in which the official suite starts and stops them. */
export function createStandIns(
  project: Project,
  ports: Ports,
  stateDirectory: string,
  onLog: (entry: LogEntry) => void,
): StandIns {
  const logOf = (source: string) => (level: string, message: string, fields?: object) =>
    onLog({ level, source, message: fields ? `${message} ${JSON.stringify(fields)}` : message });
  const database = createRealtimeDatabaseServer({
    host: HOST,
    port: ports.database,
    project: project.id,
    functionsOrigin: () => `http://${HOST}:${ports.functions}`,
    log: logOf('database'),
  });
  const firestore = createFirestoreServer({
    host: HOST,
    port: ports.firestore,
    ...(project.indexes && { indexes: project.indexes }),
    log: logOf('firestore'),
  });

  async function startDatabase(): Promise<void> {
    await database.start();
    if (project.databaseRules) await uploadRules(project.id, ports, project.databaseRules);
  }

  const state = createStateKeeper(stateDirectory, {
    'realtime-database': {
      capture: () => database.exportJson(),
      restore: (data) => database.importJson(data as Parameters<typeof database.importJson>[0]),
    },
    firestore: {
      capture: () => firestore.exportState(),
      restore: (data) => firestore.importState(data),
    },
  });

  // The first of the two to be stopped saves both; by then nobody is left who could write.
  async function stopDatabase(): Promise<void> {
    await state.save();
    await database.stop();
  }

  return {
    emulators: [
      asEmulator('database', ports.database, startDatabase, stopDatabase),
      asEmulator('firestore', ports.firestore, firestore.start, firestore.stop),
    ],
    state,
  };
}

/** As a deployment does, and the official emulator at its start. */
async function uploadRules(projectId: string, ports: Ports, rules: string): Promise<void> {
  const place = `http://${HOST}:${ports.database}/.settings/rules.json`;
  const response = await fetch(`${place}?ns=${databaseNamespace(projectId)}`, {
    method: 'PUT',
    headers: { Authorization: 'Bearer owner' },
    body: rules,
  });
  const answer = await response.text();
  if (!response.ok)
    throw new SuiteError(`The rules of the Realtime Database are refused: ${answer}`);
}

function asEmulator(
  name: string,
  port: number,
  start: () => Promise<void>,
  stop: () => Promise<void>,
): EmulatorInstance {
  return {
    start,
    stop,
    connect: async () => {},
    getInfo: () => ({ name, host: HOST, port }),
    getName: () => name,
  };
}
