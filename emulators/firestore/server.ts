/**
 * A local Firestore that speaks the real wire protocol: gRPC on the protos of
 * @google-cloud/firestore, and a little HTTP/1 on the same port. All documents live in memory.
 *
 * How it differs from the real service:
 * - No security rules are evaluated: the Admin SDK may do everything, all others nothing.
 * - Not available: pipelines, query explain, vector search, the Write stream of web clients, REST.
 *   A partition query answers one partition.
 * - Locks are exclusive and per document: reads in read-write transactions wait for each other
 *   where production lets them share. A query in a transaction also keeps others from adding to
 *   its results. There is no limit on the rate of writes, and no index entry limits.
 * - The past can be read for an hour, within the last 50,000 replaced versions and since the
 *   start; there is no point-in-time recovery.
 * - TTL policies delete nothing. No triggers are delivered.
 */
import { createServer } from 'node:http';
import { type ConnectionInjector, Server, ServerCredentials } from '@grpc/grpc-js';
import { type IndexConfiguration, parseIndexConfiguration } from './engine/index-configuration.ts';
import { createHttpRoutes } from './http-routes.ts';
import type { Log } from './service/calls.ts';
import { createDatabases } from './service/databases.ts';
import { createService } from './service/service.ts';
import { createSharedPort } from './shared-port.ts';
import { exportState, importState } from './state/state.ts';
import { loadFirestoreService } from './wire/service-definition.ts';

export { type IndexConfiguration, parseIndexConfiguration } from './engine/index-configuration.ts';

export interface FirestoreOptions {
  /** Where to listen; 127.0.0.1 unless given. */
  host?: string;
  /** 0 for any free port, which is also the default. */
  port?: number;
  /** The parsed firestore.indexes.json; without it queries need no index. */
  indexes?: IndexConfiguration;
  log?: Log;
}

export interface FirestoreServer {
  /** Rejects with Node's error (EADDRINUSE) when the port is taken. */
  start(): Promise<void>;
  /** Cuts all connections and ends all transactions. The documents stay until then. */
  stop(): Promise<void>;
  readonly host: string;
  readonly port: number;
  /** All documents of all databases, serializable as JSON. */
  exportState(): unknown;
  /** Replaces all documents; throws and changes nothing when the state is not an exported one. */
  importState(state: unknown): void;
}

/** Larger than any request production takes, so that ours can say what is wrong with it. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export function createFirestoreServer(options: FirestoreOptions = {}): FirestoreServer {
  const { host = '127.0.0.1', port = 0, log = () => {} } = options;
  const databases = createDatabases(options.indexes && parseIndexConfiguration(options.indexes));
  const http = createServer(createHttpRoutes(databases));
  const grpc = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': -1,
  });
  grpc.addService(loadFirestoreService(), createService(databases, log));
  const injector: ConnectionInjector = grpc.createConnectionInjector(
    ServerCredentials.createInsecure(),
  );
  const sharedPort = createSharedPort({
    host,
    port,
    onHttp2: (socket) => injector.injectConnection(socket),
    onHttp1: (socket) => http.emit('connection', socket),
  });

  return {
    async start() {
      await sharedPort.listen();
      log('info', 'Firestore is listening', { host, port: sharedPort.port });
    },
    async stop() {
      databases.close();
      grpc.forceShutdown();
      injector.destroy();
      await sharedPort.close();
    },
    host,
    get port() {
      return sharedPort.port;
    },
    exportState: () => exportState(databases),
    importState: (state) => importState(databases, state),
  };
}
