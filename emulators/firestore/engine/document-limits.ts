import { invalidArgument } from './errors.ts';
import type { Document, Fields, Value } from './value.ts';

// https://cloud.google.com/firestore/quotas#collections_documents_and_fields
const MAX_DOCUMENT_BYTES = 1_048_576;
const MAX_DEPTH = 20;
const MAX_FIELD_NAME_BYTES = 1500;
const RESERVED = /^__.*__$/s;

/** Refuses a document that production would not store. */
export function checkDocument(document: Document): void {
  checkFields(document.fields, 0, '');
  const size = documentSize(document);
  if (size > MAX_DOCUMENT_BYTES) {
    throw invalidArgument(
      `Document "${document.name}" cannot be written because its size (${size.toLocaleString('en')} bytes) exceeds the maximum allowed size of ${MAX_DOCUMENT_BYTES.toLocaleString('en')} bytes.`,
    );
  }
}

function checkFields(fields: Fields, depth: number, path: string): void {
  for (const [key, value] of fields) {
    const where = path === '' ? key : `${path}.${key}`;
    if (key === '') throw invalidArgument(`Field names must not be empty (in "${where}").`);
    if (RESERVED.test(key)) {
      throw invalidArgument(
        `Field name "${where}" is reserved: names of the form __…__ are forbidden.`,
      );
    }
    if (Buffer.byteLength(key) > MAX_FIELD_NAME_BYTES) {
      throw invalidArgument(
        `Field name "${key.slice(0, 40)}…" is longer than ${MAX_FIELD_NAME_BYTES} bytes.`,
      );
    }
    checkValue(value, depth, where);
  }
}

/** `depth` counts the maps and arrays around the value. */
function checkValue(value: Value, depth: number, path: string): void {
  if (value.kind !== 'map' && value.kind !== 'array') return;
  if (depth + 1 > MAX_DEPTH) {
    throw invalidArgument(
      `Field "${path}" is nested too deeply: maps and arrays nest at most ${MAX_DEPTH} levels.`,
    );
  }
  if (value.kind === 'map') {
    checkFields(value.fields, depth + 1, path);
    return;
  }
  for (const element of value.values) {
    if (element.kind === 'array') {
      throw invalidArgument(`Field "${path}" holds an array directly in an array: use a map.`);
    }
    checkValue(element, depth + 1, path);
  }
}

/**
 * Bytes that a document counts for, after https://cloud.google.com/firestore/docs/storage-size.
 */
export function documentSize(document: Document): number {
  return nameSize(document.name) + fieldsSize(document.fields) + 32;
}

function nameSize(name: string): number {
  const segments = name.split('/').slice(5);
  return segments.reduce((size, segment) => size + textSize(segment), 16);
}

function fieldsSize(fields: Fields): number {
  let size = 0;
  for (const [key, value] of fields) size += textSize(key) + valueSize(value);
  return size;
}

function textSize(text: string): number {
  return Buffer.byteLength(text) + 1;
}

function valueSize(value: Value): number {
  switch (value.kind) {
    case 'null':
    case 'boolean':
      return 1;
    case 'integer':
    case 'double':
    case 'timestamp':
      return 8;
    case 'geoPoint':
      return 16;
    case 'string':
      return textSize(value.value);
    case 'bytes':
      return value.value.length;
    case 'reference':
      return nameSize(value.name);
    case 'array':
      return value.values.reduce((size, element) => size + valueSize(element), 0);
    case 'vector':
      return value.values.length * 8;
    case 'map':
      return fieldsSize(value.fields) + 32;
  }
}
