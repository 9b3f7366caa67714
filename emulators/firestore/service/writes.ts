import { randomBytes } from 'node:crypto';
import { Code, FirestoreError, invalidArgument } from '../engine/errors.ts';
import { checkCollectionId, checkParentName } from '../engine/resource-name.ts';
import type { Write } from '../engine/write.ts';
import type {
  BatchWriteRequest,
  BatchWriteResponse,
  BeginTransactionRequest,
  BeginTransactionResponse,
  CommitRequest,
  CommitResponse,
  CreateDocumentRequest,
  DeleteDocumentRequest,
  RollbackRequest,
  UpdateDocumentRequest,
  WireDocument,
  WireDocumentMask,
} from '../wire/messages.ts';
import { decodeBytes, decodeMask, encodeTimestamp } from '../wire/values.ts';
import { decodeWrite, encodeWriteResult } from '../wire/writes.ts';
import type { Databases } from './databases.ts';
import { beginTransaction } from './read-mode.ts';
import { masked } from './reads.ts';

export interface Writes {
  beginTransaction(request: BeginTransactionRequest): BeginTransactionResponse;
  commit(request: CommitRequest, signal: AbortSignal): Promise<CommitResponse>;
  rollback(request: RollbackRequest): object;
  batchWrite(request: BatchWriteRequest, signal: AbortSignal): Promise<BatchWriteResponse>;
  createDocument(request: CreateDocumentRequest, signal: AbortSignal): Promise<WireDocument>;
  updateDocument(request: UpdateDocumentRequest, signal: AbortSignal): Promise<WireDocument>;
  deleteDocument(request: DeleteDocumentRequest, signal: AbortSignal): Promise<object>;
}

/** The requests that change documents, and those that open and close transactions. */
export function createWrites(databases: Databases): Writes {
  return {
    beginTransaction(request) {
      return { transaction: beginTransaction(databases.of(request.database), request.options).id };
    },
    commit,
    rollback(request) {
      const { transactions } = databases.of(request.database);
      transactions.end(transactions.get(decodeBytes(request.transaction ?? '')));
      return {};
    },
    batchWrite,
    createDocument,
    updateDocument({ document, updateMask, currentDocument, mask }, signal) {
      const update = { update: document, updateMask, currentDocument };
      return writeAndRead(decodeWrite(update), mask, signal);
    },
    async deleteDocument({ name, currentDocument }, signal) {
      await databases
        .of(name)
        .commit([decodeWrite({ delete: name, currentDocument })], undefined, signal);
      return {};
    },
  };

  async function commit(request: CommitRequest, signal: AbortSignal): Promise<CommitResponse> {
    const database = databases.of(request.database);
    const transaction = request.transaction?.length
      ? database.transactions.get(decodeBytes(request.transaction))
      : undefined;
    const writes = decodeWrites(request);
    const { commitTime, results } = await database.commit(writes, transaction, signal);
    return {
      writeResults: results.map(encodeWriteResult),
      commitTime: encodeTimestamp(commitTime),
    };
  }

  /** Each write succeeds or fails on its own; each answers with a status. */
  async function batchWrite(
    request: BatchWriteRequest,
    signal: AbortSignal,
  ): Promise<BatchWriteResponse> {
    const database = databases.of(request.database);
    const writes = decodeWrites(request);
    if (new Set(writes.map(({ name }) => name)).size < writes.length) {
      throw invalidArgument('A batch write can write each document only once.');
    }
    const outcomes = await Promise.all(
      writes.map(async (write) => {
        try {
          const { results } = await database.commit([write], undefined, signal);
          return {
            writeResult: results.map(encodeWriteResult)[0] ?? {},
            status: { code: Code.OK },
          };
        } catch (error) {
          if (!(error instanceof FirestoreError)) throw error;
          return { writeResult: {}, status: { code: error.code, message: error.message } };
        }
      }),
    );
    return {
      writeResults: outcomes.map(({ writeResult }) => writeResult),
      status: outcomes.map(({ status }) => status),
    };
  }

  function createDocument(
    { parent, collectionId, documentId, document, mask }: CreateDocumentRequest,
    signal: AbortSignal,
  ): Promise<WireDocument> {
    checkParentName(parent ?? '');
    checkCollectionId(collectionId ?? '');
    const name = `${parent}/${collectionId}/${documentId || randomBytes(10).toString('hex')}`;
    const update = { update: { ...document, name }, currentDocument: { exists: false } };
    return writeAndRead(decodeWrite(update), mask, signal);
  }

  async function writeAndRead(
    write: Write,
    mask: WireDocumentMask | null | undefined,
    signal: AbortSignal,
  ): Promise<WireDocument> {
    const database = databases.of(write.name);
    await database.commit([write], undefined, signal);
    const document = database.snapshot().get(write.name);
    if (!document) throw new FirestoreError(Code.ABORTED, 'The document was deleted meanwhile.');
    return masked(document, decodeMask(mask));
  }
}

function decodeWrites({ writes }: CommitRequest | BatchWriteRequest): Write[] {
  return (writes ?? []).map(decodeWrite);
}
