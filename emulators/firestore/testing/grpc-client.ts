import {
  type Client,
  credentials,
  Metadata,
  makeGenericClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import type { ListenRequest, ListenResponse } from '../wire/messages.ts';
import { loadFirestoreService } from '../wire/service-definition.ts';

/** A client below the SDK, for requests that the SDK would not send. */
export interface GrpcClient {
  /** A request with one answer; rejects with the server's status. */
  call<Response>(method: string, request: object): Promise<Response>;
  /** A request with a stream of answers. */
  collect<Response>(method: string, request: object): Promise<Response[]>;
  /** Sends one listen request and gives what comes until the predicate is true. */
  listen(
    request: ListenRequest,
    isLast: (response: ListenResponse) => boolean,
  ): Promise<ListenResponse[]>;
  close(): void;
}

/** @param authorization what to send in the header of that name; `Bearer owner` unless given */
export function createGrpcClient(host: string, authorization = 'Bearer owner'): GrpcClient {
  const FirestoreClient = makeGenericClientConstructor(loadFirestoreService(), 'Firestore');
  const client: Client = new FirestoreClient(host, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', authorization);

  // The generated methods have no static types.
  const methods = client as unknown as Record<string, (...parameters: unknown[]) => never>;

  return {
    call: (method, request) =>
      new Promise((resolve, reject) => {
        methods[method]?.(request, metadata, (error: ServiceError | null, response: never) =>
          error ? reject(error) : resolve(response),
        );
      }),
    async collect(method, request) {
      const stream: AsyncIterable<never> | undefined = methods[method]?.(request, metadata);
      const responses: never[] = [];
      for await (const response of stream ?? []) responses.push(response);
      return responses;
    },
    async listen(request, isLast) {
      const stream = client.makeBidiStreamRequest<ListenRequest, ListenResponse>(
        '/google.firestore.v1.Firestore/Listen',
        ...listenCodec(),
        metadata,
      );
      stream.write(request);
      const responses: ListenResponse[] = [];
      for await (const response of stream as AsyncIterable<ListenResponse>) {
        responses.push(response);
        if (isLast(response)) break;
      }
      stream.end();
      return responses;
    },
    close: () => client.close(),
  };
}

function listenCodec() {
  const { Listen } = loadFirestoreService();
  if (!Listen) throw new Error('The protocol has no Listen.');
  return [Listen.requestSerialize, Listen.responseDeserialize] as const;
}
