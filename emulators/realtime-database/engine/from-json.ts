import { DatabaseError } from './errors.ts';
import { keyProblem } from './keys.ts';
import {
  branch,
  childOf,
  leaf,
  type MaybeNode,
  type Priority,
  priorityNode,
  type Scalar,
  type TreeNode,
} from './node.ts';
import * as map from './ordered-map.ts';
import { MAX_DEPTH } from './path.ts';
import { isServerValue, resolveServerValue } from './server-values.ts';

/** https://firebase.google.com/docs/database/usage/limits: 10 MB of UTF-8. */
export const MAX_STRING_BYTES = 10 * 1024 * 1024;

export interface ReadContext {
  /** What the location holds now; increments add to it. */
  existing: MaybeNode;
  /** The time of the write, in milliseconds since 1970. */
  now: number;
  /** How many levels below the root the value will stand. */
  depth: number;
}

type JsonObject = Record<string, unknown>;

/**
 * Turns a client's JSON into a node, with its server values resolved. Nulls, empty objects and
 * empty arrays are nothing; an array is an object with its indexes as keys; ".value" and
 * ".priority" carry a priority.
 * @throws DatabaseError invalid_data for what production refuses to store.
 */
export function nodeFromJson(json: unknown, context: ReadContext): MaybeNode {
  if (json === null || json === undefined) return undefined;
  if (typeof json !== 'object') return leaf(readScalar(json));
  const object = json as JsonObject;
  if (isServerValue(object)) return resolveServerValue(object, context.existing, context.now);
  const priority = readPriority(object['.priority'], context);
  if (Object.hasOwn(object, '.value') && object['.value'] !== null) {
    return readValueObject(object, priority, context);
  }
  return branch(map.fromEntries(readChildren(object, context)), priority);
}

function* readChildren(object: JsonObject, context: ReadContext): Generator<[string, TreeNode]> {
  for (const [key, childJson] of Object.entries(object)) {
    if (key === '.priority' || key === '.value' || childJson === null) continue;
    const problem = keyProblem(key);
    if (problem) throw invalid(`a key ${problem}`);
    const depth = context.depth + 1;
    if (depth > MAX_DEPTH) throw invalid(`it is deeper than ${MAX_DEPTH} levels`);
    const existing = childOf(context.existing, key);
    const child = nodeFromJson(childJson, { existing, now: context.now, depth });
    if (child) yield [key, child];
  }
}

function readValueObject(object: JsonObject, priority: Priority, context: ReadContext): TreeNode {
  const extra = Object.keys(object).find((key) => key !== '.value' && key !== '.priority');
  if (extra !== undefined) throw invalid('".value" stands beside children');
  const value = object['.value'];
  if (typeof value !== 'object') return leaf(readScalar(value), priority);
  if (!isServerValue(value as JsonObject)) throw invalid('".value" is not a single value');
  const resolved = resolveServerValue(value as JsonObject, context.existing, context.now);
  return { ...resolved, priority };
}

function readPriority(json: unknown, context: ReadContext): Priority {
  if (json === undefined || json === null) return null;
  const resolved =
    typeof json === 'object' && isServerValue(json as JsonObject)
      ? resolveServerValue(json as JsonObject, priorityNode(context.existing), context.now).value
      : json;
  if (typeof resolved === 'string') return readScalar(resolved) as string;
  if (typeof resolved === 'number') return readScalar(resolved) as number;
  throw invalid('a priority is neither a string nor a number');
}

function readScalar(value: unknown): Scalar {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw invalid('a number is out of range');
  }
  if (typeof value !== 'string') throw invalid(`a ${typeof value} can't be stored`);
  const mayBeTooLong = value.length * 3 > MAX_STRING_BYTES;
  if (mayBeTooLong && Buffer.byteLength(value) > MAX_STRING_BYTES) {
    throw invalid('a string is longer than 10 MB');
  }
  return value;
}

function invalid(reason: string): DatabaseError {
  return new DatabaseError('invalid_data', `Invalid data: ${reason}.`);
}
