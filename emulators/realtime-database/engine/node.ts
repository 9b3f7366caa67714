import * as map from './ordered-map.ts';
import { type Path, PRIORITY_SEGMENT } from './path.ts';

export type Scalar = string | number | boolean;
export type Priority = string | number | null;

/** A value at a location. Nodes are never changed: a write makes new ones along its path. */
export type TreeNode = Leaf | Branch;

export interface Leaf {
  readonly kind: 'leaf';
  readonly value: Scalar;
  readonly priority: Priority;
}

/** Never empty: a location without children does not exist. */
export interface Branch {
  readonly kind: 'branch';
  readonly children: map.OrderedMap<TreeNode>;
  readonly priority: Priority;
}

/** A location's node, or undefined where nothing is stored. */
export type MaybeNode = TreeNode | undefined;

export function leaf(value: Scalar, priority: Priority = null): Leaf {
  return { kind: 'leaf', value, priority };
}

export function branch(
  children: map.OrderedMap<TreeNode> | undefined,
  priority: Priority = null,
): Branch | undefined {
  return children && { kind: 'branch', children, priority };
}

export function childrenOf(node: MaybeNode): map.OrderedMap<TreeNode> | undefined {
  return node?.kind === 'branch' ? node.children : undefined;
}

export function childOf(node: MaybeNode, key: string): MaybeNode {
  return map.lookup(childrenOf(node), key);
}

/** The node at a location below `node`; ".priority" as the last segment reads the priority. */
export function getAt(node: MaybeNode, path: Path): MaybeNode {
  let at = node;
  for (const segment of path) {
    if (!at) return undefined;
    at = segment === PRIORITY_SEGMENT ? priorityNode(at) : childOf(at, segment);
  }
  return at;
}

/** A node's priority as a leaf of its own, which is how priorities are ordered and read. */
export function priorityNode(node: MaybeNode): Leaf | undefined {
  return node && node.priority !== null ? leaf(node.priority) : undefined;
}

/**
 * The tree with the location set to `value` (undefined removes it). Parents come into being and
 * vanish with their last child. A leaf that gets a child becomes a branch and keeps its priority,
 * while removing a child of a leaf changes nothing.
 */
export function setAt(node: MaybeNode, path: Path, value: MaybeNode): MaybeNode {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (segment === PRIORITY_SEGMENT) return node && { ...node, priority: priorityFrom(value) };
  const before = childOf(node, segment);
  const after = setAt(before, rest, value);
  if (after === before) return node;
  const children = childrenOf(node);
  return branch(
    after ? map.insert(children, segment, after) : map.remove(children, segment),
    node?.priority ?? null,
  );
}

/** Structural equality, priorities included. Shared subtrees cost nothing. */
export function equalNodes(a: MaybeNode, b: MaybeNode): boolean {
  if (a === b) return true;
  if (!a || !b || a.priority !== b.priority) return false;
  if (a.kind === 'leaf') return b.kind === 'leaf' && a.value === b.value;
  if (b.kind === 'leaf' || a.children.size !== b.children.size) return false;
  const others = map.ascending(b.children);
  for (const [key, child] of map.ascending(a.children)) {
    const other = others.next().value;
    if (!other || other[0] !== key || !equalNodes(child, other[1])) return false;
  }
  return true;
}

function priorityFrom(value: MaybeNode): Priority {
  return value?.kind === 'leaf' && typeof value.value !== 'boolean' ? value.value : null;
}
