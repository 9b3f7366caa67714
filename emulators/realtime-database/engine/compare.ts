import type { MaybeNode } from './node.ts';

/**
 * The order of values in every index: nothing, false, true, numbers, strings (by UTF-16 unit, as
 * the client SDK compares them), then everything with children, which is all equal.
 * https://firebase.google.com/docs/database/web/lists-of-data#data-order
 */
export function compareNodes(a: MaybeNode, b: MaybeNode): number {
  const byKind = rank(a) - rank(b);
  if (byKind !== 0) return byKind;
  if (a?.kind !== 'leaf' || b?.kind !== 'leaf' || a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
}

function rank(node: MaybeNode): number {
  if (!node) return 0;
  if (node.kind === 'branch') return 4;
  if (typeof node.value === 'boolean') return 1;
  return typeof node.value === 'number' ? 2 : 3;
}
