import { equalNodes, type MaybeNode } from './node.ts';
import { ascending, lookup } from './ordered-map.ts';
import { nodeToJson, RAW } from './to-json.ts';

/**
 * What a trigger event calls `delta`: merged into the JSON of `before` it gives `after`. Children
 * that are unchanged are left out, removed ones are null; where one side is a single value or
 * nothing, it is `after` as a whole. Priorities are not part of it.
 */
export function deltaJson(before: MaybeNode, after: MaybeNode): unknown {
  if (before?.kind !== 'branch' || after?.kind !== 'branch') return nodeToJson(after, RAW);
  const entries: [string, unknown][] = [];
  for (const [key, child] of ascending(before.children)) {
    const now = lookup(after.children, key);
    if (!equalNodes(child, now)) entries.push([key, deltaJson(child, now)]);
  }
  for (const [key, child] of ascending(after.children)) {
    if (!lookup(before.children, key)) entries.push([key, nodeToJson(child, RAW)]);
  }
  return Object.fromEntries(entries);
}
