import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { Code, FirestoreError, invalidArgument } from '../engine/errors.ts';
import { requestSize } from '../wire/service-definition.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;

// https://cloud.google.com/firestore/quotas: "Maximum API request size 10 MiB"
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/**
 * The rules deny clients everything, so only the caller who is beyond the rules is served: the
 * token is what the Admin SDK sends when FIRESTORE_EMULATOR_HOST is set.
 */
export function checkCaller(metadata: Metadata): void {
  if (metadata.get('authorization')[0] === 'Bearer owner') return;
  throw new FirestoreError(
    Code.PERMISSION_DENIED,
    'The security rules deny this: only the Admin SDK (authorization "Bearer owner") has access.',
  );
}

function checkRequest(metadata: Metadata, request: object): void {
  checkCaller(metadata);
  if (requestSize(request) > MAX_REQUEST_BYTES) {
    throw invalidArgument(
      `Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes. Split the writes.`,
    );
  }
}

/** A handler that answers once. The signal is aborted when the caller goes away. */
export function unary<Request extends object, Response>(
  log: Log,
  answer: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return async function answerUnary(call, callback) {
    const cancelled = new AbortController();
    call.on('cancelled', () => cancelled.abort());
    try {
      checkRequest(call.metadata, call.request);
      callback(null, await answer(call.request, cancelled.signal));
    } catch (error) {
      callback(toStatus(error, log));
    }
  };
}

/** A handler that answers a list of messages. */
export function serverStream<Request extends object, Response>(
  log: Log,
  answer: (request: Request) => Promise<readonly Response[]>,
): handleServerStreamingCall<Request, Response> {
  return async function answerStream(call) {
    try {
      checkRequest(call.metadata, call.request);
      for (const message of await answer(call.request)) call.write(message);
      call.end();
    } catch (error) {
      // The client library repeats a stream that fails before its first metadata for 7 seconds.
      call.sendMetadata(new Metadata());
      call.emit('error', toStatus(error, log));
    }
  };
}

/** The status that a client gets for an error; one that nobody foresaw is logged. */
export function toStatus(error: unknown, log: Log): Pick<StatusObject, 'code' | 'details'> {
  if (error instanceof FirestoreError) return { code: error.code, details: error.message };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  log('error', 'Firestore request failed unexpectedly', { error: message, stack });
  return { code: status.INTERNAL, details: `The local Firestore failed: ${message}` };
}
