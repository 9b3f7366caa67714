import { getAt, type MaybeNode } from '../engine/node.ts';
import { type Path, PRIORITY_SEGMENT, parsePath } from '../engine/path.ts';
import { EvaluationError, type Snapshot } from './scope.ts';

/** What `.val()` of a place with children is: something, and equal to nothing. */
export const CHILDREN = Symbol('children');

interface Method {
  kind: 'boolean' | 'snapshot' | 'unknown';
  /** How many arguments it takes, and whether the one is a list of names. */
  arguments: { least: number; most: number; list?: true };
  call(snapshot: Snapshot, argument: unknown): unknown;
}

/** https://firebase.google.com/docs/reference/security/database, as far as it is evaluated here. */
export const SNAPSHOT_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['exists', asking((node) => node !== undefined)],
  ['isString', asking((node) => typeof scalarOf(node) === 'string')],
  ['isNumber', asking((node) => typeof scalarOf(node) === 'number')],
  ['isBoolean', asking((node) => typeof scalarOf(node) === 'boolean')],
  ['val', { kind: 'unknown', arguments: none(), call: (snapshot) => scalarOf(nodeAt(snapshot)) }],
  ['parent', { kind: 'snapshot', arguments: none(), call: parentOf }],
  ['child', { kind: 'snapshot', arguments: { least: 1, most: 1 }, call: childOf }],
  [
    'hasChild',
    {
      kind: 'boolean',
      arguments: { least: 1, most: 1 },
      call: (snapshot, name) => nodeAt(childOf(snapshot, name)) !== undefined,
    },
  ],
  [
    'hasChildren',
    {
      kind: 'boolean',
      arguments: { least: 0, most: 1, list: true },
      call: (snapshot, names) =>
        Array.isArray(names)
          ? names.every((name) => nodeAt(childOf(snapshot, name)) !== undefined)
          : nodeAt(snapshot)?.kind === 'branch',
    },
  ],
]);

/** @throws EvaluationError when it is no path of a place below another. */
export function relativePath(text: unknown): Path {
  if (typeof text !== 'string') throw new EvaluationError('the name of a child is no text');
  try {
    const path = parsePath(text);
    if (path.length > 0 && path.at(-1) !== PRIORITY_SEGMENT) return path;
  } catch {
    // Said below.
  }
  throw new EvaluationError(`"${text}" can be no child's name`);
}

function none() {
  return { least: 0, most: 0 };
}

function asking(answer: (node: MaybeNode) => boolean): Method {
  return { kind: 'boolean', arguments: none(), call: (snapshot) => answer(nodeAt(snapshot)) };
}

function nodeAt({ tree, path }: Snapshot): MaybeNode {
  return getAt(tree, path);
}

function scalarOf(node: MaybeNode): unknown {
  if (!node) return null;
  return node.kind === 'leaf' ? node.value : CHILDREN;
}

function childOf({ tree, path }: Snapshot, name: unknown): Snapshot {
  return { tree, path: [...path, ...relativePath(name)] };
}

function parentOf({ tree, path }: Snapshot): Snapshot {
  if (path.length === 0) throw new EvaluationError('the root has no parent');
  return { tree, path: path.slice(0, -1) };
}
