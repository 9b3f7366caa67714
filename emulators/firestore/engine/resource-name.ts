import { invalidArgument } from './errors.ts';
import { compareText } from './text-order.ts';

/** Where a query looks: below `parent`, in collections called `collectionId` (any, if absent). */
export interface Scope {
  /** A document's name, or `projects/…/documents` for the root. */
  readonly parent: string;
  readonly collectionId?: string;
  /** True for collection groups: every collection below the parent, however deep. */
  readonly allDescendants: boolean;
}

const DATABASE = /^projects\/[^/]+\/databases\/[^/]+/;
const PARENT = /^projects\/[^/]+\/databases\/[^/]+\/documents(?:\/[^/]+\/[^/]+)*$/;
const DOCUMENT = /^projects\/[^/]+\/databases\/[^/]+\/documents(?:\/[^/]+\/[^/]+)+$/;
const NUMERIC_ID = /^__id(-?\d+)__$/;
const RESERVED = /^__.*__$/s;

// https://cloud.google.com/firestore/quotas#collections_documents_and_fields
const MAX_NAME_BYTES = 6 * 1024;
const MAX_SEGMENT_BYTES = 1500;
const MAX_COLLECTION_DEPTH = 100;

/** `projects/{project}/databases/{database}` of any resource below it. */
export function databaseOf(name: string): string {
  const match = DATABASE.exec(name);
  if (!match) {
    throw invalidArgument(`"${name}" is not a name of the form projects/{p}/databases/{d}/….`);
  }
  return match[0];
}

/** Refuses a name that is not a document's, or that production would not store. */
export function checkDocumentName(name: string): void {
  if (!DOCUMENT.test(name)) {
    throw invalidArgument(
      `"${name}" is not a document name: it must be projects/{p}/databases/{d}/documents/ followed by pairs of collection and document id.`,
    );
  }
  checkSegments(name);
}

/** Refuses what is not the name of a document, or of a parent of documents, in this database. */
export function checkIsIn(database: string, name: string): void {
  if (!name.startsWith(`${database}/documents`)) {
    throw invalidArgument(`"${name}" does not belong to ${database}, which the request names.`);
  }
}

/** Refuses a parent that is neither the root of the documents nor a document. */
export function checkParentName(name: string): void {
  if (!PARENT.test(name)) {
    throw invalidArgument(
      `"${name}" is not a parent: it must be projects/{p}/databases/{d}/documents or a document in it.`,
    );
  }
  checkSegments(name);
}

/** Refuses a collection id that production would not store. */
export function checkCollectionId(id: string): void {
  if (id.includes('/')) throw invalidArgument(`Collection id "${id}" must not contain "/".`);
  checkSegment(id);
}

function checkSegments(name: string): void {
  const segments = name.split('/').slice(5);
  for (const segment of segments) checkSegment(segment);
  if (segments.length / 2 > MAX_COLLECTION_DEPTH) {
    throw invalidArgument(
      `"${name}" is too deep: collections nest at most ${MAX_COLLECTION_DEPTH} levels.`,
    );
  }
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw invalidArgument(`The document name is longer than ${MAX_NAME_BYTES} bytes: "${name}".`);
  }
}

function checkSegment(segment: string): void {
  if (segment === '' || segment === '.' || segment === '..') {
    throw invalidArgument(
      `Resource id "${segment}" is invalid: it must not be empty, "." or "..".`,
    );
  }
  if (RESERVED.test(segment) && !NUMERIC_ID.test(segment)) {
    throw invalidArgument(`Resource id "${segment}" is invalid because it is reserved.`);
  }
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
    throw invalidArgument(
      `Resource id "${segment}" is invalid: it is longer than ${MAX_SEGMENT_BYTES} bytes.`,
    );
  }
}

/** The collection that holds a document: its name without the last segment. */
export function collectionPathOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}

/** The last segment of a document's or a collection's name. */
export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether a document is one that a query with this scope may return. */
export function isInScope(name: string, scope: Scope): boolean {
  if (!name.startsWith(`${scope.parent}/`)) return false;
  const collection = collectionPathOf(name);
  if (scope.collectionId !== undefined && idOf(collection) !== scope.collectionId) return false;
  return scope.allDescendants || !collection.slice(scope.parent.length + 1).includes('/');
}

/** The order of `__name__`: segment by segment, numeric ids (`__id7__`) before all others. */
export function compareNames(left: string, right: string): number {
  if (left === right) return 0;
  let difference = 0;
  while (left.charCodeAt(difference) === right.charCodeAt(difference)) difference++;
  const start = left.lastIndexOf('/', difference - 1) + 1;
  if (difference === left.length && right[difference] === '/') return -1;
  if (difference === right.length && left[difference] === '/') return 1;
  return compareSegments(segmentAt(left, start), segmentAt(right, start));
}

function segmentAt(name: string, start: number): string {
  const end = name.indexOf('/', start);
  return end === -1 ? name.slice(start) : name.slice(start, end);
}

function compareSegments(left: string, right: string): number {
  const leftNumber = NUMERIC_ID.exec(left)?.[1];
  const rightNumber = NUMERIC_ID.exec(right)?.[1];
  if (leftNumber !== undefined && rightNumber !== undefined) {
    const a = BigInt(leftNumber);
    const b = BigInt(rightNumber);
    if (a !== b) return a < b ? -1 : 1;
  } else if (leftNumber !== undefined || rightNumber !== undefined) {
    return leftNumber !== undefined ? -1 : 1;
  }
  return compareText(left, right);
}
