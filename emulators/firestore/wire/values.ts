import { invalidArgument } from '../engine/errors.ts';
import { type FieldPath, parseFieldPath } from '../engine/field-path.ts';
import type { Document, Fields, Value } from '../engine/value.ts';
import type { WireDocument, WireDocumentMask, WireTimestamp, WireValue } from './messages.ts';

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const NANOSECONDS_PER_MICROSECOND = 1000n;
const VECTOR_TYPE = '__vector__';

/** Nanoseconds since 1970; the fraction lies in 0 … 999,999,999 also before 1970. */
export function decodeTimestamp({ seconds, nanos }: WireTimestamp): bigint {
  return BigInt(String(seconds ?? 0)) * NANOSECONDS_PER_SECOND + BigInt(nanos ?? 0);
}

export function encodeTimestamp(nanoseconds: bigint): WireTimestamp {
  const fraction =
    ((nanoseconds % NANOSECONDS_PER_SECOND) + NANOSECONDS_PER_SECOND) % NANOSECONDS_PER_SECOND;
  const seconds = (nanoseconds - fraction) / NANOSECONDS_PER_SECOND;
  return { seconds: String(seconds), nanos: Number(fraction) };
}

export function decodeBytes(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes;
}

export function decodeFields(fields: WireDocument['fields']): Fields {
  const decoded = new Map<string, Value>();
  for (const [key, value] of Object.entries(fields ?? {})) decoded.set(key, decodeValue(value));
  return decoded;
}

export function encodeFields(fields: Fields): Record<string, WireValue> {
  const encoded: Record<string, WireValue> = {};
  for (const [key, value] of fields) encoded[key] = encodeValue(value);
  return encoded;
}

export function decodeValue(value: WireValue): Value {
  if (value.stringValue != null) return { kind: 'string', value: value.stringValue };
  if (value.integerValue != null) {
    return { kind: 'integer', value: BigInt(String(value.integerValue)) };
  }
  if (value.doubleValue != null) return { kind: 'double', value: Number(value.doubleValue) };
  if (value.booleanValue != null) return { kind: 'boolean', value: value.booleanValue };
  if (value.timestampValue) return decodeTimestampValue(value.timestampValue);
  if (value.mapValue) return decodeMap(decodeFields(value.mapValue.fields));
  if (value.arrayValue) {
    return { kind: 'array', values: (value.arrayValue.values ?? []).map(decodeValue) };
  }
  if (value.bytesValue != null) return { kind: 'bytes', value: decodeBytes(value.bytesValue) };
  if (value.referenceValue != null) return { kind: 'reference', name: value.referenceValue };
  if (value.geoPointValue) return decodeGeoPoint(value.geoPointValue);
  if (value.nullValue != null) return { kind: 'null' };
  throw invalidArgument('A value has no type that Firestore stores.');
}

/** Stored times have microsecond precision: finer digits are cut off. */
function decodeTimestampValue(timestamp: WireTimestamp): Value {
  const nanoseconds = decodeTimestamp(timestamp);
  const rest = BigInt(timestamp.nanos ?? 0) % NANOSECONDS_PER_MICROSECOND;
  return { kind: 'timestamp', nanoseconds: nanoseconds - rest };
}

function decodeGeoPoint(point: NonNullable<WireValue['geoPointValue']>): Value {
  const latitude = Number(point.latitude ?? 0);
  const longitude = Number(point.longitude ?? 0);
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw invalidArgument(`(${latitude}, ${longitude}) is not a point on Earth.`);
  }
  return { kind: 'geoPoint', latitude, longitude };
}

/** A vector travels as a map with two keys that no other map may have. */
function decodeMap(fields: Fields): Value {
  const type = fields.get('__type__');
  if (type?.kind !== 'string' || type.value !== VECTOR_TYPE) return { kind: 'map', fields };
  const elements = fields.get('value');
  if (fields.size !== 2 || elements?.kind !== 'array') {
    throw invalidArgument('A vector must hold the array "value" and nothing else.');
  }
  const values = elements.values.map((element) => {
    if (element.kind === 'double' || element.kind === 'integer') return Number(element.value);
    throw invalidArgument('A vector must hold numbers only.');
  });
  return { kind: 'vector', values };
}

export function encodeValue(value: Value): WireValue {
  switch (value.kind) {
    case 'null':
      return { nullValue: 'NULL_VALUE' };
    case 'boolean':
      return { booleanValue: value.value };
    case 'integer':
      return { integerValue: String(value.value) };
    case 'double':
      return { doubleValue: value.value };
    case 'timestamp':
      return { timestampValue: encodeTimestamp(value.nanoseconds) };
    case 'string':
      return { stringValue: value.value };
    case 'bytes':
      return { bytesValue: value.value };
    case 'reference':
      return { referenceValue: value.name };
    case 'geoPoint':
      return { geoPointValue: { latitude: value.latitude, longitude: value.longitude } };
    case 'array':
      return { arrayValue: { values: value.values.map(encodeValue) } };
    case 'vector':
      return { mapValue: { fields: encodeVector(value.values) } };
    case 'map':
      return { mapValue: { fields: encodeFields(value.fields) } };
  }
}

function encodeVector(values: readonly number[]): Record<string, WireValue> {
  return {
    __type__: { stringValue: VECTOR_TYPE },
    value: { arrayValue: { values: values.map((doubleValue) => ({ doubleValue })) } },
  };
}

export function encodeDocument(document: Document): WireDocument {
  return {
    name: document.name,
    fields: encodeFields(document.fields),
    createTime: encodeTimestamp(document.createTime),
    updateTime: encodeTimestamp(document.updateTime),
  };
}

/** Undefined for an absent mask; an empty list for a mask that names nothing. */
export function decodeMask(mask: WireDocumentMask | null | undefined): FieldPath[] | undefined {
  return mask ? (mask.fieldPaths ?? []).map(parseFieldPath) : undefined;
}
