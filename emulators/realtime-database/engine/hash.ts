import { createHash } from 'node:crypto';
import { compareNodes } from './compare.ts';
import { compareKeys } from './keys.ts';
import { type Branch, type MaybeNode, priorityNode, type Scalar, type TreeNode } from './node.ts';
import { ascending } from './ordered-map.ts';

/** What REST shows as the ETag of a location that holds nothing. */
export const ABSENT_ETAG = 'null_etag';

// Nodes never change, so a node's hash is worked out at most once.
const known = new WeakMap<TreeNode, string>();

/**
 * The hash that clients compare and swap with, "" for nothing. It must be equal to the one that
 * the client SDK works out from its own copy (the SDK's LeafNode.hash and ChildrenNode.hash):
 * base64 of SHA-1 over types, values (doubles as 16 hex digits), keys and priorities, children in
 * order of priority and key.
 *
 * For a few numbers, such as 1e-300 and 2 ** 53 - 1, the JavaScript SDK's own conversion to a
 * double is wrong: its transactions over them fail with "maxretry". That is not repaired here.
 */
export function hashNode(node: MaybeNode): string {
  if (!node) return '';
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const priority = node.priority === null ? '' : `priority:${hashText(node.priority)}:`;
  const text = priority + (node.kind === 'leaf' ? hashText(node.value) : childrenText(node));
  const hash = createHash('sha1').update(text, 'utf8').digest('base64');
  known.set(node, hash);
  return hash;
}

export function etagOf(node: MaybeNode): string {
  return node ? hashNode(node) : ABSENT_ETAG;
}

function childrenText(node: Branch): string {
  const children = [...ascending(node.children)];
  if (children.some(([, child]) => child.priority !== null)) {
    children.sort(
      ([aKey, a], [bKey, b]) =>
        compareNodes(priorityNode(a), priorityNode(b)) || compareKeys(aKey, bKey),
    );
  }
  return children.map(([key, child]) => `:${key}:${hashNode(child)}`).join('');
}

function hashText(value: Scalar): string {
  return `${typeof value}:${typeof value === 'number' ? doubleHex(value) : value}`;
}

function doubleHex(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}
