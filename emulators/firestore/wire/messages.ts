// By its path, because the package exports its protocol types under no name of their own.
import type { google } from '../../node_modules/@google-cloud/firestore/types/protos/firestore_v1_proto_api.js';

/** The protocol's messages, as protobufjs types them: anything may be absent. */
export type WireValue = google.firestore.v1.IValue;
export type WireDocument = google.firestore.v1.IDocument;
export type WireDocumentMask = google.firestore.v1.IDocumentMask;
export type WirePrecondition = google.firestore.v1.IPrecondition;
export type WireTimestamp = google.protobuf.ITimestamp;
export type WireWrite = google.firestore.v1.IWrite;
export type WireWriteResult = google.firestore.v1.IWriteResult;
export type WireFieldTransform = google.firestore.v1.DocumentTransform.IFieldTransform;
export type WireStructuredQuery = google.firestore.v1.IStructuredQuery;
export type WireFilter = google.firestore.v1.StructuredQuery.IFilter;
export type WireOrder = google.firestore.v1.StructuredQuery.IOrder;
export type WireFieldReference = google.firestore.v1.StructuredQuery.IFieldReference;
export type WireCursor = google.firestore.v1.ICursor;
export type WireAggregation = google.firestore.v1.StructuredAggregationQuery.IAggregation;
export type WireTransactionOptions = google.firestore.v1.ITransactionOptions;
export type WireTarget = google.firestore.v1.ITarget;

export type BatchGetDocumentsRequest = google.firestore.v1.IBatchGetDocumentsRequest;
export type BatchGetDocumentsResponse = google.firestore.v1.IBatchGetDocumentsResponse;
export type BatchWriteRequest = google.firestore.v1.IBatchWriteRequest;
export type BatchWriteResponse = google.firestore.v1.IBatchWriteResponse;
export type BeginTransactionRequest = google.firestore.v1.IBeginTransactionRequest;
export type BeginTransactionResponse = google.firestore.v1.IBeginTransactionResponse;
export type CommitRequest = google.firestore.v1.ICommitRequest;
export type CommitResponse = google.firestore.v1.ICommitResponse;
export type CreateDocumentRequest = google.firestore.v1.ICreateDocumentRequest;
export type DeleteDocumentRequest = google.firestore.v1.IDeleteDocumentRequest;
export type GetDocumentRequest = google.firestore.v1.IGetDocumentRequest;
export type ListCollectionIdsRequest = google.firestore.v1.IListCollectionIdsRequest;
export type ListCollectionIdsResponse = google.firestore.v1.IListCollectionIdsResponse;
export type ListDocumentsRequest = google.firestore.v1.IListDocumentsRequest;
export type ListDocumentsResponse = google.firestore.v1.IListDocumentsResponse;
export type ListenRequest = google.firestore.v1.IListenRequest;
export type ListenResponse = google.firestore.v1.IListenResponse;
export type PartitionQueryRequest = google.firestore.v1.IPartitionQueryRequest;
export type PartitionQueryResponse = google.firestore.v1.IPartitionQueryResponse;
export type RollbackRequest = google.firestore.v1.IRollbackRequest;
export type RunAggregationQueryRequest = google.firestore.v1.IRunAggregationQueryRequest;
export type RunAggregationQueryResponse = google.firestore.v1.IRunAggregationQueryResponse;
export type RunQueryRequest = google.firestore.v1.IRunQueryRequest;
export type RunQueryResponse = google.firestore.v1.IRunQueryResponse;
export type UpdateDocumentRequest = google.firestore.v1.IUpdateDocumentRequest;
