import { checkDocument } from './document-limits.ts';
import { Code, FirestoreError, invalidArgument } from './errors.ts';
import { type FieldPath, getField, setField } from './field-path.ts';
import { applyTransform, type Transform } from './transform.ts';
import type { Document, Fields, Value } from './value.ts';
import { identicalFields } from './value-order.ts';

/** What must be true of the stored document for a write to be applied. */
export type Precondition = { readonly exists: boolean } | { readonly updateTime: bigint };

export interface FieldTransform {
  readonly field: FieldPath;
  readonly transform: Transform;
}

interface WriteTarget {
  readonly name: string;
  readonly precondition?: Precondition;
}

export interface UpdateWrite extends WriteTarget {
  readonly kind: 'update';
  readonly fields: Fields;
  /** Without a mask the document is replaced; with one only these fields are set or removed. */
  readonly mask?: readonly FieldPath[];
  readonly transforms: readonly FieldTransform[];
}

export interface DeleteWrite extends WriteTarget {
  readonly kind: 'delete';
}

export type Write = UpdateWrite | DeleteWrite;

export interface WriteResult {
  /** Absent for a delete. A write that changes nothing keeps the previous time. */
  readonly updateTime?: bigint;
  /** One value for each transform, in their order. */
  readonly transformResults: readonly Value[];
}

const MAX_TRANSFORMS = 500;

/** The document after a write, or undefined when it is gone; throws what production refuses. */
export function applyWrite(
  write: Write,
  stored: Document | undefined,
  commitTime: bigint,
): { document: Document | undefined; result: WriteResult } {
  checkPrecondition(write, stored);
  if (write.kind === 'delete') return { document: undefined, result: { transformResults: [] } };

  const { fields, transformResults } = applyTransforms(
    write,
    mergeFields(write, stored),
    commitTime,
  );
  const document = newVersion(write.name, fields, stored, commitTime);
  if (document !== stored) checkDocument(document);
  return { document, result: { updateTime: document.updateTime, transformResults } };
}

function checkPrecondition(write: Write, stored: Document | undefined): void {
  const { precondition, name } = write;
  if (precondition === undefined) return;
  if ('exists' in precondition) {
    if (precondition.exists && stored === undefined) {
      throw new FirestoreError(Code.NOT_FOUND, `No document to update: ${name}`);
    }
    if (!precondition.exists && stored !== undefined) {
      throw new FirestoreError(Code.ALREADY_EXISTS, `Document already exists: ${name}`);
    }
  } else if (stored?.updateTime !== precondition.updateTime) {
    const storedVersion = (stored?.updateTime ?? 0n) / 1000n;
    throw new FirestoreError(
      Code.FAILED_PRECONDITION,
      `The stored version (${storedVersion}) does not match the required base version (${precondition.updateTime / 1000n}).`,
    );
  }
}

function mergeFields(write: UpdateWrite, stored: Document | undefined): Fields {
  if (write.mask === undefined) return write.fields;
  let fields: Fields = stored?.fields ?? new Map();
  for (const { segments } of write.mask) {
    fields = setField(fields, segments, getField(write.fields, segments));
  }
  return fields;
}

function applyTransforms(
  write: UpdateWrite,
  merged: Fields,
  commitTime: bigint,
): { fields: Fields; transformResults: Value[] } {
  if (write.transforms.length > MAX_TRANSFORMS) {
    throw invalidArgument(
      `A write may hold at most ${MAX_TRANSFORMS} field transforms, this one holds ${write.transforms.length}.`,
    );
  }
  let fields = merged;
  const transformResults: Value[] = [];
  for (const { field, transform } of write.transforms) {
    const stored = getField(fields, field.segments);
    const { value, reported } = applyTransform(transform, stored, commitTime);
    fields = setField(fields, field.segments, value);
    transformResults.push(reported);
  }
  return { fields, transformResults };
}

function newVersion(
  name: string,
  fields: Fields,
  stored: Document | undefined,
  commitTime: bigint,
): Document {
  if (stored === undefined) return { name, fields, createTime: commitTime, updateTime: commitTime };
  if (identicalFields(stored.fields, fields)) return stored;
  return { name, fields, createTime: stored.createTime, updateTime: commitTime };
}
