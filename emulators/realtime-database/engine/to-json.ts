import type { MaybeNode } from './node.ts';
import { ascending } from './ordered-map.ts';

export interface JsonForm {
  /** Carry priorities as ".priority" and ".value". */
  priorities?: boolean;
  /** Show lists with mostly consecutive integer keys as arrays. */
  arrays?: boolean;
}

/** With priorities: everything that is stored, and what the WebSocket protocol carries. */
export const EXPORT: JsonForm = { priorities: true };
/** Without priorities, lists as arrays: what REST shows by default. */
export const PLAIN: JsonForm = { arrays: true };
/** Without priorities and arrays: what trigger events carry. */
export const RAW: JsonForm = {};

const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/** A node as JSON; null for nothing. */
export function nodeToJson(node: MaybeNode, form: JsonForm): unknown {
  if (!node) return null;
  const withPriority = form.priorities === true && node.priority !== null;
  if (node.kind === 'leaf') {
    return withPriority ? { '.value': node.value, '.priority': node.priority } : node.value;
  }
  const entries: [string, unknown][] = [];
  for (const [key, child] of ascending(node.children)) entries.push([key, nodeToJson(child, form)]);
  if (form.arrays && isArrayLike(entries)) return toArray(entries);
  if (withPriority) entries.push(['.priority', node.priority]);
  // Unlike assignment, fromEntries stores a key "__proto__" like any other.
  return Object.fromEntries(entries);
}

/** What `shallow=true` shows: a value itself, or a list's keys, each true. */
export function nodeToShallowJson(node: MaybeNode): unknown {
  if (node?.kind !== 'branch') return nodeToJson(node, PLAIN);
  const entries: [string, true][] = [];
  for (const [key] of ascending(node.children)) entries.push([key, true]);
  return Object.fromEntries(entries);
}

/** The SDK's rule: all keys are indexes, and more than half of the places up to the last are taken. */
function isArrayLike(entries: [string, unknown][]): boolean {
  const last = entries.at(-1);
  return (
    last !== undefined &&
    entries.every(([key]) => ARRAY_INDEX.test(key)) &&
    Number(last[0]) < 2 * entries.length
  );
}

function toArray(entries: [string, unknown][]): unknown[] {
  const array: unknown[] = new Array(Number(entries.at(-1)?.[0]) + 1).fill(null);
  for (const [key, value] of entries) array[Number(key)] = value;
  return array;
}
