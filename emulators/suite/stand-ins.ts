import { createFirestoreServer } from '../firestore/server.ts';
import { createRealtimeDatabaseServer } from '../realtime-database/server.ts';
import type { EmulatorInstance } from './firebase-tools.ts';
import { HOST, type Ports } from './ports.ts';
import { createStateKeeper, type StateKeeper } from './state.ts';

export interface StandIns {
  emulators: EmulatorInstance[];
  state: StateKeeper;
}

/** Our own databases, in the form in which the official suite starts and stops them. */
export function createStandIns(
  ports: Ports,
  indexes: unknown,
  stateDirectory: string,
  log: (message: string) => void,
): StandIns {
  const database = createRealtimeDatabaseServer({
    host: HOST,
    port: ports.database,
    functionsOrigin: () => `http://${HOST}:${ports.functions}`,
    log,
  });
  const firestore = createFirestoreServer({ host: HOST, port: ports.firestore, indexes, log });
  const state = createStateKeeper(stateDirectory, {
    'realtime-database': {
      capture: () => database.exportJson(),
      restore: (data) => database.importJson(data),
    },
    firestore: {
      capture: () => firestore.exportState(),
      restore: (data) => firestore.importState(data),
    },
  });
  return {
    emulators: [asEmulator('database', database), asEmulator('firestore', firestore)],
    state,
  };
}

interface Server {
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  host: string;
  port: number;
}

function asEmulator(name: string, server: Server): EmulatorInstance {
  return {
    start: async () => void (await server.start()),
    connect: async () => {},
    stop: async () => void (await server.stop()),
    getInfo: () => ({ name, host: server.host, port: server.port }),
    getName: () => name,
  };
}
