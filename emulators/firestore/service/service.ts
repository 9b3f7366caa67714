import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { Code, FirestoreError } from '../engine/errors.ts';
import { type Log, serverStream, unary } from './calls.ts';
import type { Databases } from './databases.ts';
import { createListen } from './listen.ts';
import { createLists } from './lists.ts';
import { createReads } from './reads.ts';
import { createWrites } from './writes.ts';

/** Every method of the service `google.firestore.v1.Firestore`. */
export function createService(databases: Databases, log: Log): UntypedServiceImplementation {
  const reads = createReads(databases);
  const lists = createLists(databases);
  const writes = createWrites(databases);
  return {
    getDocument: unary(log, reads.getDocument),
    batchGetDocuments: serverStream(log, reads.batchGetDocuments),
    runQuery: serverStream(log, reads.runQuery),
    runAggregationQuery: serverStream(log, reads.runAggregationQuery),
    listDocuments: unary(log, lists.listDocuments),
    listCollectionIds: unary(log, lists.listCollectionIds),
    partitionQuery: unary(log, lists.partitionQuery),
    beginTransaction: unary(log, writes.beginTransaction),
    commit: unary(log, writes.commit),
    rollback: unary(log, writes.rollback),
    batchWrite: unary(log, writes.batchWrite),
    createDocument: unary(log, writes.createDocument),
    updateDocument: unary(log, writes.updateDocument),
    deleteDocument: unary(log, writes.deleteDocument),
    listen: createListen(databases, log),
    executePipeline: serverStream(log, async () => {
      throw new FirestoreError(Code.UNIMPLEMENTED, 'Pipelines are not available locally.');
    }),
  };
}
