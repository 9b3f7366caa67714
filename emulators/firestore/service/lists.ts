import * as z from 'zod';
import type { Database, ReadMode } from '../engine/database.ts';
import { invalidArgument } from '../engine/errors.ts';
import { checkCollectionId, checkParentName } from '../engine/resource-name.ts';
import type {
  ListCollectionIdsRequest,
  ListCollectionIdsResponse,
  ListDocumentsRequest,
  ListDocumentsResponse,
  PartitionQueryRequest,
  PartitionQueryResponse,
  WireDocument,
  WireTimestamp,
} from '../wire/messages.ts';
import { decodeOrderText, decodeQuery } from '../wire/queries.ts';
import { decodeMask, decodeTimestamp } from '../wire/values.ts';
import type { Databases } from './databases.ts';
import { readWith } from './read-mode.ts';
import { masked } from './reads.ts';

export interface Lists {
  listDocuments(request: ListDocumentsRequest): Promise<ListDocumentsResponse>;
  listCollectionIds(request: ListCollectionIdsRequest): ListCollectionIdsResponse;
  partitionQuery(request: PartitionQueryRequest): PartitionQueryResponse;
}

const DEFAULT_PAGE_SIZE = 300;

/** All pages of a list show the moment of the first one, so that none overlap or leave gaps. */
const pageTokenSchema = z.object({ time: z.string().regex(/^\d+$/), offset: z.int().positive() });

/** The requests that list what lies in a collection or below a document. */
export function createLists(databases: Databases): Lists {
  return { listDocuments, listCollectionIds, partitionQuery };

  async function listDocuments(request: ListDocumentsRequest): Promise<ListDocumentsResponse> {
    const parent = request.parent ?? '';
    const database = databases.of(parent);
    const page = startPage(database, request);
    const mode: ReadMode = { kind: 'asOf', time: page.time };
    const all = await readWith(database, { transaction: request.transaction ?? null }, (given) =>
      listAll(database, request, given.kind === 'transaction' ? given : mode),
    );
    const { items, nextPageToken } = page.cut(all);
    return { documents: items, ...(nextPageToken && { nextPageToken }) };
  }

  async function listAll(
    database: Database,
    request: ListDocumentsRequest,
    mode: ReadMode,
  ): Promise<WireDocument[]> {
    const parent = request.parent ?? '';
    const collectionId = request.collectionId ?? '';
    const mask = decodeMask(request.mask);
    if (request.showMissing) {
      if (request.orderBy) throw invalidArgument('showMissing and orderBy cannot be combined.');
      checkParentName(parent);
      checkCollectionId(collectionId);
      const snapshot = database.snapshot(timeOf(mode));
      return snapshot.namesOrPassages(`${parent}/${collectionId}`).map((name) => {
        const document = snapshot.get(name);
        return document ? masked(document, mask) : { name };
      });
    }
    const { value } = await database.runQuery(
      {
        scope: { parent, ...(collectionId && { collectionId }), allDescendants: false },
        orders: decodeOrderText(request.orderBy ?? ''),
        offset: 0,
      },
      mode,
    );
    return value.map((document) => masked(document, mask));
  }

  function listCollectionIds(request: ListCollectionIdsRequest): ListCollectionIdsResponse {
    const parent = request.parent ?? '';
    checkParentName(parent);
    const database = databases.of(parent);
    const page = startPage(database, request);
    const { items, nextPageToken } = page.cut(database.snapshot(page.time).collectionIds(parent));
    return { collectionIds: items, ...(nextPageToken && { nextPageToken }) };
  }

  /** Fewer partitions than asked for are allowed; without any the whole query is one. */
  function partitionQuery(request: PartitionQueryRequest): PartitionQueryResponse {
    const query = decodeQuery(request.parent ?? '', request.structuredQuery);
    databases.of(request.parent).checkQuery(query);
    return { partitions: [] };
  }
}

function timeOf(mode: ReadMode): bigint | undefined {
  if (mode.kind === 'asOf') return mode.time;
  return mode.kind === 'transaction' ? mode.transaction.readTime : undefined;
}

interface PageRequest {
  readonly pageSize?: number | null;
  readonly pageToken?: string | null;
  readonly readTime?: WireTimestamp | null;
}

function startPage(database: Database, { pageSize, pageToken, readTime }: PageRequest) {
  const token = pageToken ? decodePageToken(pageToken) : undefined;
  const requested = readTime ? decodeTimestamp(readTime) : undefined;
  const time = token?.time ?? requested ?? database.now();
  const start = token?.offset ?? 0;
  const end = start + (pageSize || DEFAULT_PAGE_SIZE);

  function cut<T>(all: readonly T[]): { items: T[]; nextPageToken?: string } {
    const items = all.slice(start, end);
    if (end >= all.length) return { items };
    const next = { time: String(time), offset: end };
    return { items, nextPageToken: Buffer.from(JSON.stringify(next)).toString('base64url') };
  }

  return { time, cut };
}

function decodePageToken(text: string): { time: bigint; offset: number } {
  try {
    const json: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const { time, offset } = pageTokenSchema.parse(json);
    return { time: BigInt(time), offset };
  } catch {
    throw invalidArgument('The page token is not one of this server.');
  }
}
