import { Code, FirestoreError, invalidArgument } from '../engine/errors.ts';
import { type FieldPath, projectDocument } from '../engine/field-path.ts';
import { project } from '../engine/run-query.ts';
import type { Document } from '../engine/value.ts';
import type {
  BatchGetDocumentsRequest,
  BatchGetDocumentsResponse,
  GetDocumentRequest,
  RunAggregationQueryRequest,
  RunAggregationQueryResponse,
  RunQueryRequest,
  RunQueryResponse,
  WireDocument,
} from '../wire/messages.ts';
import { decodeAggregation, decodeQuery } from '../wire/queries.ts';
import { decodeMask, encodeDocument, encodeFields, encodeTimestamp } from '../wire/values.ts';
import type { Databases } from './databases.ts';
import { readWith } from './read-mode.ts';

const EXPLAIN = 'Query explain is not available locally: run the query without explainOptions.';

export interface Reads {
  getDocument(request: GetDocumentRequest): Promise<WireDocument>;
  batchGetDocuments(request: BatchGetDocumentsRequest): Promise<BatchGetDocumentsResponse[]>;
  runQuery(request: RunQueryRequest): Promise<RunQueryResponse[]>;
  runAggregationQuery(request: RunAggregationQueryRequest): Promise<RunAggregationQueryResponse[]>;
}

/** The requests that read documents by name or by query. */
export function createReads(databases: Databases): Reads {
  return { getDocument, batchGetDocuments, runQuery, runAggregationQuery };

  async function getDocument(request: GetDocumentRequest): Promise<WireDocument> {
    const name = request.name ?? '';
    const database = databases.of(name);
    const { value } = await readWith(database, request, (mode) =>
      database.getDocuments([name], mode),
    );
    if (!value[0]) throw new FirestoreError(Code.NOT_FOUND, `Document not found: ${name}`);
    return masked(value[0], decodeMask(request.mask));
  }

  function batchGetDocuments(
    request: BatchGetDocumentsRequest,
  ): Promise<BatchGetDocumentsResponse[]> {
    const database = databases.of(request.database);
    const names = request.documents ?? [];
    const mask = decodeMask(request.mask);
    return readWith(database, request, async (mode, started) => {
      const { value, readTime } = await database.getDocuments(names, mode);
      const time = { readTime: encodeTimestamp(readTime) };
      const responses: BatchGetDocumentsResponse[] = started ? [{ transaction: started.id }] : [];
      for (const [index, document] of value.entries()) {
        const missing = names[index] ?? '';
        responses.push(
          document ? { found: masked(document, mask), ...time } : { missing, ...time },
        );
      }
      return responses;
    });
  }

  function runQuery(request: RunQueryRequest): Promise<RunQueryResponse[]> {
    if (request.explainOptions) throw new FirestoreError(Code.UNIMPLEMENTED, EXPLAIN);
    const database = databases.of(request.parent);
    const query = decodeQuery(request.parent ?? '', request.structuredQuery);
    return readWith(database, request, async (mode, started) => {
      const { value, readTime } = await database.runQuery(query, mode);
      const time = { readTime: encodeTimestamp(readTime) };
      const responses: RunQueryResponse[] = started ? [{ transaction: started.id, ...time }] : [];
      for (const document of value) {
        responses.push({ document: encodeDocument(project(document, query)), ...time });
      }
      // An answer without a document still tells the client when it was read.
      return responses.length > 0 ? responses : [time];
    });
  }

  function runAggregationQuery(
    request: RunAggregationQueryRequest,
  ): Promise<RunAggregationQueryResponse[]> {
    if (request.explainOptions) throw new FirestoreError(Code.UNIMPLEMENTED, EXPLAIN);
    const database = databases.of(request.parent);
    const wire = request.structuredAggregationQuery;
    const query = decodeQuery(request.parent ?? '', wire?.structuredQuery);
    const aggregations = (wire?.aggregations ?? []).map(decodeAggregation);
    const aliases = new Set(aggregations.map(({ alias }) => alias));
    if (aggregations.length === 0 || aliases.size !== aggregations.length) {
      throw invalidArgument('An aggregation query needs aggregations with distinct aliases.');
    }
    return readWith(database, request, async (mode, started) => {
      const { value, readTime } = await database.aggregate(query, aggregations, mode);
      return [
        {
          ...(started && { transaction: started.id }),
          result: { aggregateFields: encodeFields(value) },
          readTime: encodeTimestamp(readTime),
        },
      ];
    });
  }
}

export function masked(document: Document, mask: readonly FieldPath[] | undefined): WireDocument {
  return encodeDocument(mask ? projectDocument(document, mask) : document);
}
