import { compareKeys } from './keys.ts';

/**
 * A persistent map in key order: an AVL tree whose nodes are never changed. A write copies the
 * O(log n) nodes on its way and shares the rest with the map before it, so that the state before
 * a write stays readable at no cost and thousands of pushes into one list stay cheap.
 */
export interface OrderedMap<V> {
  readonly key: string;
  readonly value: V;
  readonly left: OrderedMap<V> | undefined;
  readonly right: OrderedMap<V> | undefined;
  readonly height: number;
  readonly size: number;
}

type Tree<V> = OrderedMap<V> | undefined;

export function sizeOf<V>(tree: Tree<V>): number {
  return tree ? tree.size : 0;
}

export function lookup<V>(tree: Tree<V>, key: string): V | undefined {
  let at = tree;
  while (at) {
    const order = compareKeys(key, at.key);
    if (order === 0) return at.value;
    at = order < 0 ? at.left : at.right;
  }
  return undefined;
}

/** The map with `key` set to `value`. */
export function insert<V>(tree: Tree<V>, key: string, value: V): OrderedMap<V> {
  if (!tree) return join(undefined, key, value, undefined);
  const order = compareKeys(key, tree.key);
  if (order === 0) return join(tree.left, key, value, tree.right);
  return order < 0
    ? balance(insert(tree.left, key, value), tree, tree.right)
    : balance(tree.left, tree, insert(tree.right, key, value));
}

/** The map without `key`; the same map when it is not there. */
export function remove<V>(tree: Tree<V>, key: string): Tree<V> {
  if (!tree) return undefined;
  const order = compareKeys(key, tree.key);
  if (order < 0) {
    const left = remove(tree.left, key);
    return left === tree.left ? tree : balance(left, tree, tree.right);
  }
  if (order > 0) {
    const right = remove(tree.right, key);
    return right === tree.right ? tree : balance(tree.left, tree, right);
  }
  if (!tree.left) return tree.right;
  if (!tree.right) return tree.left;
  let successor = tree.right;
  while (successor.left) successor = successor.left;
  return balance(tree.left, successor, remove(tree.right, successor.key));
}

/** Builds a balanced map from entries in any order; of equal keys the last one stays. */
export function fromEntries<V>(entries: Iterable<readonly [string, V]>): Tree<V> {
  const sorted = [...new Map(entries)].sort(([a], [b]) => compareKeys(a, b));
  const build = (from: number, to: number): Tree<V> => {
    if (from >= to) return undefined;
    const middle = (from + to) >> 1;
    const [key, value] = sorted[middle] as readonly [string, V];
    return join(build(from, middle), key, value, build(middle + 1, to));
  };
  return build(0, sorted.length);
}

/** Entries in key order, from `from` (inclusive) where it is given. */
export function* ascending<V>(tree: Tree<V>, from?: string): Generator<readonly [string, V]> {
  const path: OrderedMap<V>[] = [];
  for (let at = tree; at; ) {
    if (from !== undefined && compareKeys(at.key, from) < 0) {
      at = at.right;
    } else {
      path.push(at);
      at = at.left;
    }
  }
  for (let next = path.pop(); next; next = path.pop()) {
    yield [next.key, next.value];
    for (let at = next.right; at; at = at.left) path.push(at);
  }
}

/** Entries in reverse key order, from `from` (inclusive) where it is given. */
export function* descending<V>(tree: Tree<V>, from?: string): Generator<readonly [string, V]> {
  const path: OrderedMap<V>[] = [];
  for (let at = tree; at; ) {
    if (from !== undefined && compareKeys(at.key, from) > 0) {
      at = at.left;
    } else {
      path.push(at);
      at = at.right;
    }
  }
  for (let next = path.pop(); next; next = path.pop()) {
    yield [next.key, next.value];
    for (let at = next.left; at; at = at.right) path.push(at);
  }
}

function heightOf<V>(tree: Tree<V>): number {
  return tree ? tree.height : 0;
}

function join<V>(left: Tree<V>, key: string, value: V, right: Tree<V>): OrderedMap<V> {
  const height = 1 + Math.max(heightOf(left), heightOf(right));
  return { key, value, left, right, height, size: 1 + sizeOf(left) + sizeOf(right) };
}

/** Joins two trees whose heights differ by two at most, rotating where they differ by two. */
function balance<V>(left: Tree<V>, middle: OrderedMap<V>, right: Tree<V>): OrderedMap<V> {
  const { key, value } = middle;
  if (left && left.height > heightOf(right) + 1) {
    const inner = left.right;
    if (inner && inner.height > heightOf(left.left)) {
      return join(
        join(left.left, left.key, left.value, inner.left),
        inner.key,
        inner.value,
        join(inner.right, key, value, right),
      );
    }
    return join(left.left, left.key, left.value, join(inner, key, value, right));
  }
  if (right && right.height > heightOf(left) + 1) {
    const inner = right.left;
    if (inner && inner.height > heightOf(right.right)) {
      return join(
        join(left, key, value, inner.left),
        inner.key,
        inner.value,
        join(inner.right, right.key, right.value, right.right),
      );
    }
    return join(join(left, key, value, inner), right.key, right.value, right.right);
  }
  return join(left, key, value, right);
}
