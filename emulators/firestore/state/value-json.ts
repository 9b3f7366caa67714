import * as z from 'zod';
import type { Fields, Value } from '../engine/value.ts';
import { formatTime, parseTime, timeSchema } from './time-json.ts';

/** Any JSON number, or what JSON has no number for. */
const doubleSchema = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]);
const integerSchema = z.string().regex(/^-?\d{1,19}$/);
const fieldsSchema = z.record(z.string(), z.unknown());

/** A value as JSON with one key that names its kind: `{ "integer": "5" }`. */
export function valueToJson(value: Value): Record<string, unknown> {
  switch (value.kind) {
    case 'null':
      return { null: null };
    case 'boolean':
    case 'string':
      return { [value.kind]: value.value };
    case 'integer':
      return { integer: String(value.value) };
    case 'double':
      return { double: doubleToJson(value.value) };
    case 'timestamp':
      return { timestamp: formatTime(value.nanoseconds) };
    case 'bytes':
      return { bytes: Buffer.from(value.value).toString('base64') };
    case 'reference':
      return { reference: value.name };
    case 'geoPoint':
      return {
        geoPoint: {
          latitude: doubleToJson(value.latitude),
          longitude: doubleToJson(value.longitude),
        },
      };
    case 'array':
      return { array: value.values.map(valueToJson) };
    case 'vector':
      return { vector: value.values.map(doubleToJson) };
    case 'map':
      return { map: fieldsToJson(value.fields) };
  }
}

/** The way back; throws when the JSON has another shape. */
export function valueFromJson(json: unknown): Value {
  const [entry, ...others] = Object.entries(fieldsSchema.parse(json));
  if (!entry || others.length > 0) throw new Error('A stored value must have exactly one key.');
  const [kind, content] = entry;
  switch (kind) {
    case 'null':
      return { kind };
    case 'boolean':
      return { kind, value: z.boolean().parse(content) };
    case 'string':
      return { kind, value: z.string().parse(content) };
    case 'integer':
      return { kind, value: BigInt(integerSchema.parse(content)) };
    case 'double':
      return { kind, value: doubleFromJson(content) };
    case 'timestamp':
      return { kind, nanoseconds: parseTime(timeSchema.parse(content)) };
    case 'bytes':
      return { kind, value: Buffer.from(z.base64().parse(content), 'base64') };
    case 'reference':
      return { kind, name: z.string().parse(content) };
    case 'geoPoint':
      return { kind, ...pointFromJson(content) };
    case 'array':
      return { kind, values: z.array(z.unknown()).parse(content).map(valueFromJson) };
    case 'vector':
      return { kind, values: z.array(z.unknown()).parse(content).map(doubleFromJson) };
    case 'map':
      return { kind, fields: fieldsFromJson(content) };
    default:
      throw new Error(`A stored value is of the unknown kind "${kind}".`);
  }
}

export function fieldsToJson(fields: Fields): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [key, value] of fields) json[key] = valueToJson(value);
  return json;
}

export function fieldsFromJson(json: unknown): Fields {
  const entries = Object.entries(fieldsSchema.parse(json));
  return new Map(entries.map(([key, value]) => [key, valueFromJson(value)]));
}

function doubleToJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function doubleFromJson(json: unknown): number {
  return Number(doubleSchema.parse(json));
}

function pointFromJson(json: unknown): { latitude: number; longitude: number } {
  const point = z.object({ latitude: doubleSchema, longitude: doubleSchema }).parse(json);
  return { latitude: Number(point.latitude), longitude: Number(point.longitude) };
}
