import { invalidArgument } from './errors.ts';
import type { Document, Fields, Value } from './value.ts';

/** A path to a field. Two paths to the same field have the same `text`. */
export interface FieldPath {
  readonly text: string;
  readonly segments: readonly string[];
}

const SIMPLE_SEGMENT = /^[A-Za-z_][A-Za-z_0-9]*$/;
const SEGMENT = /(?:`((?:[^`\\]|\\.)+)`|([^.`]+))(?:\.|$)/gsy;

/** The path that stands for a document's own name in filters, orders and projections. */
export const NAME_FIELD = '__name__';

export function isNameField(field: FieldPath): boolean {
  return field.text === NAME_FIELD;
}

/** Reads `a.b`, with segments in backticks where they hold other characters (`` a.`b.c` ``). */
export function parseFieldPath(text: string): FieldPath {
  const segments: string[] = [];
  SEGMENT.lastIndex = 0;
  let end = 0;
  while (end < text.length) {
    const match = SEGMENT.exec(text);
    if (!match) throw invalidArgument(`"${text}" is not a field path.`);
    segments.push(match[1] !== undefined ? match[1].replace(/\\(.)/gs, '$1') : (match[2] ?? ''));
    end = SEGMENT.lastIndex;
  }
  if (segments.length === 0 || text.endsWith('.')) {
    throw invalidArgument(`"${text}" is not a field path.`);
  }
  return { text: formatFieldPath(segments), segments };
}

/** The one spelling of a path, with backticks only where they are needed. */
export function formatFieldPath(segments: readonly string[]): string {
  return segments.map(quoteSegment).join('.');
}

function quoteSegment(segment: string): string {
  if (SIMPLE_SEGMENT.test(segment)) return segment;
  return `\`${segment.replace(/[\\`]/g, '\\$&')}\``;
}

/** The value at a path, or undefined where a step is missing or is not a map. */
export function getField(fields: Fields, segments: readonly string[]): Value | undefined {
  let current: Fields = fields;
  for (const [index, segment] of segments.entries()) {
    const value = current.get(segment);
    if (index === segments.length - 1 || value === undefined) return value;
    if (value.kind !== 'map') return undefined;
    current = value.fields;
  }
  return undefined;
}

/** A field of a document, with `__name__` being the reference to the document itself. */
export function fieldOf(document: Document, field: FieldPath): Value | undefined {
  if (isNameField(field)) return { kind: 'reference', name: document.name };
  return getField(document.fields, field.segments);
}

/** A copy with the value set (or removed, when undefined); maps on the way are made as needed. */
export function setField(
  fields: Fields,
  segments: readonly string[],
  value: Value | undefined,
): Fields {
  const [first, ...rest] = segments;
  if (first === undefined) return fields;
  const copy = new Map(fields);
  if (rest.length === 0) {
    if (value === undefined) copy.delete(first);
    else copy.set(first, value);
    return copy;
  }
  const child = fields.get(first);
  if (value === undefined && child?.kind !== 'map') return fields;
  const below = child?.kind === 'map' ? child.fields : new Map<string, Value>();
  return copy.set(first, { kind: 'map', fields: setField(below, rest, value) });
}

/** Only the named fields of a document; `__name__` alone leaves none. */
export function projectDocument(document: Document, paths: readonly FieldPath[]): Document {
  let fields: Fields = new Map();
  for (const path of paths) {
    const value = isNameField(path) ? undefined : getField(document.fields, path.segments);
    if (value !== undefined) fields = setField(fields, path.segments, value);
  }
  return { ...document, fields };
}
