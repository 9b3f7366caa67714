import { DatabaseError } from './errors.ts';
import { nodeFromJson } from './from-json.ts';
import { equalNodes, getAt, type MaybeNode, setAt } from './node.ts';
import { contains, formatPath, nodePath, type Path, PRIORITY_SEGMENT, parsePath } from './path.ts';

/** One location and the client's JSON for it; null removes. */
export interface Write {
  path: Path;
  json: unknown;
}

/** A location whose content a write has changed, with what it held before and holds now. */
export interface Change {
  path: Path;
  before: MaybeNode;
  after: MaybeNode;
}

export interface WriteResult {
  root: MaybeNode;
  changes: Change[];
}

/**
 * Applies all writes as one step, or none of them.
 * @param now the time that every timestamp in them gets, in milliseconds since 1970.
 * @throws DatabaseError invalid_data when one of them can't be stored, or when one location lies
 *   inside another.
 */
export function applyWrites(root: MaybeNode, writes: readonly Write[], now: number): WriteResult {
  refuseOverlaps(writes);
  let next = root;
  for (const { path, json } of writes) {
    const depth = nodePath(path).length;
    const value = nodeFromJson(json, { existing: getAt(root, path), now, depth });
    if (path.at(-1) === PRIORITY_SEGMENT) refuseBadPriority(value);
    next = setAt(next, path, value);
  }
  const changes: Change[] = [];
  for (const path of writes.map((write) => nodePath(write.path))) {
    const before = getAt(root, path);
    const after = getAt(next, path);
    if (!equalNodes(before, after)) changes.push({ path, before, after });
  }
  // Writing an equal value must not make a new root: nothing has happened.
  return changes.length === 0 ? { root, changes } : { root: next, changes };
}

/**
 * The writes of an update at `base`: each key is a child or a path of several segments.
 * @throws DatabaseError invalid_data when it is not an object, invalid_path for a refused key.
 */
export function writesOfUpdate(base: Path, json: unknown): Write[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DatabaseError(
      'invalid_data',
      "Invalid data; couldn't parse JSON object. Are you sending a JSON object with valid key names?",
    );
  }
  return Object.entries(json).map(([key, value]) => {
    const path = parsePath(`${formatPath(base)}/${key}`);
    return { path, json: value };
  });
}

function refuseOverlaps(writes: readonly Write[]): void {
  if (writes.length < 2) return;
  // Joined by a character that no key may contain, an ancestor sorts right before its descendants.
  const paths = writes.map((write) => write.path);
  const sorted = paths
    .map((path) => ({ path, text: path.map((segment) => `${segment}\u0000`).join('') }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  for (const [index, { path }] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous && contains(previous.path, path)) {
      throw new DatabaseError(
        'invalid_data',
        'Invalid data: an update names a location and another one inside it.',
      );
    }
  }
}

function refuseBadPriority(value: MaybeNode): void {
  if (!value || (value.kind === 'leaf' && typeof value.value !== 'boolean')) return;
  throw new DatabaseError(
    'invalid_data',
    'Invalid data: a priority is neither a string nor a number.',
  );
}
