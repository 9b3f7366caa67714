import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

const require = createRequire(import.meta.url);
const requestSizes = new WeakMap<object, number>();

/** The Firestore service, from the protocol description that the client library itself uses. */
export function loadFirestoreService(): ServiceDefinition {
  const library = dirname(require.resolve('@google-cloud/firestore/package.json'));
  const protos = JSON.parse(readFileSync(join(library, 'build/protos/v1.json'), 'utf8'));
  const options = { longs: String, enums: String, defaults: false, oneofs: false };
  const service = fromJSON(protos, options)['google.firestore.v1.Firestore'];
  if (!service || 'format' in service) {
    throw new Error('@google-cloud/firestore no longer describes google.firestore.v1.Firestore.');
  }
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [name, withRequestSize(method)]),
  );
}

function withRequestSize<T extends ServiceDefinition[string]>(method: T): T {
  return {
    ...method,
    requestDeserialize(bytes: Buffer): object {
      const request: object = method.requestDeserialize(bytes);
      requestSizes.set(request, bytes.length);
      return request;
    },
  };
}

/** Bytes that a request took on the wire. */
export function requestSize(request: object): number {
  return requestSizes.get(request) ?? 0;
}
