import fc from 'fast-check';
import type { Fields, Value } from '../engine/value.ts';

const ROOT = 'projects/p/databases/d/documents';

/** Values that meet each other often: the same few numbers as integers and doubles, and edges. */
const number: fc.Arbitrary<Value> = fc.oneof(
  fc
    .constantFrom(0n, 1n, 2n, -1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n))
    .map((value): Value => ({ kind: 'integer', value })),
  fc
    .constantFrom(0, -0, 1, 1.5, 2 ** 53, 2 ** 63, -(2 ** 63), Number.NaN, Infinity, -Infinity)
    .map((value): Value => ({ kind: 'double', value })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(
    (value): Value => ({
      kind: 'integer',
      value,
    }),
  ),
  fc.double().map((value): Value => ({ kind: 'double', value })),
);

const text = fc.oneof(
  fc.constantFrom('', 'a', 'ab', 'b', '\uffee', '🔥', 'ä'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** A name of a document near others of its kind, some with numeric ids. */
export const documentName: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'ab', 'b', '__id1__', '__id10__', '__id2__', 'ä', '🔥'), {
    minLength: 2,
    maxLength: 6,
  })
  .filter((segments) => segments.length % 2 === 0)
  .map((segments) => [ROOT, ...segments].join('/'));

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: number },
  fc.constant<Value>({ kind: 'null' }),
  fc.boolean().map((value): Value => ({ kind: 'boolean', value })),
  text.map((value): Value => ({ kind: 'string', value })),
  fc
    .bigInt({ min: -62_135_596_800n, max: 253_402_300_799n })
    .map(
      (seconds): Value => ({ kind: 'timestamp', nanoseconds: seconds * 1_000_000_000n + 1000n }),
    ),
  fc.uint8Array({ maxLength: 3 }).map((value): Value => ({ kind: 'bytes', value })),
  documentName.map((name): Value => ({ kind: 'reference', name })),
  fc
    .record({ latitude: fc.constantFrom(-90, 0, 0.5), longitude: fc.constantFrom(-180, 0, 1) })
    .map((point): Value => ({ kind: 'geoPoint', ...point })),
  fc
    .array(fc.constantFrom(0, 1, 2.5), { maxLength: 3 })
    .map((values): Value => ({ kind: 'vector', values })),
);

const key = fc.constantFrom('a', 'b', 'c.d', 'ä', '🔥', '\uffee');

export const value: fc.Arbitrary<Value> = fc.letrec<{
  value: Value;
  element: Value;
  fields: Fields;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc.array(tie('element'), { maxLength: 3 }).map((values): Value => ({ kind: 'array', values })),
    tie('fields').map((fields): Value => ({ kind: 'map', fields })),
  ),
  element: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    tie('fields').map((fields): Value => ({ kind: 'map', fields })),
  ),
  fields: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 3 })
    .map((entries): Fields => new Map(entries)),
})).value;

export const fields: fc.Arbitrary<Fields> = fc
  .array(fc.tuple(key, value), { maxLength: 4 })
  .map((entries) => new Map(entries));
