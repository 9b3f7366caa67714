/** The fields of a document or of a map. The order of the entries carries no meaning. */
export type Fields = ReadonlyMap<string, Value>;

/** A Firestore value, already parsed: 64-bit integers and nanoseconds are bigints. */
export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'timestamp'; readonly nanoseconds: bigint }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'geoPoint'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'array'; readonly values: readonly Value[] }
  | { readonly kind: 'vector'; readonly values: readonly number[] }
  | { readonly kind: 'map'; readonly fields: Fields };

/** A document as it was at one moment. Never changed in place: a write makes a new one. */
export interface Document {
  /** `projects/{project}/databases/{database}/documents/{collection}/{id}/…` */
  readonly name: string;
  readonly fields: Fields;
  /** Nanoseconds since 1970, as all times of the engine; commits have microsecond precision. */
  readonly createTime: bigint;
  readonly updateTime: bigint;
}

export const nullValue: Value = { kind: 'null' };

export function isNumber(value: Value): value is Value & { kind: 'integer' | 'double' } {
  return value.kind === 'integer' || value.kind === 'double';
}

export function isNaNValue(value: Value): boolean {
  return value.kind === 'double' && Number.isNaN(value.value);
}
