import { DatabaseError } from './errors.ts';
import { keyProblem } from './keys.ts';

/** A location: its keys from the root, checked. The root is the empty list. */
export type Path = readonly string[];

/** The last segment of a location that means a node's priority instead of a child. */
export const PRIORITY_SEGMENT = '.priority';

/** Levels below the root that may hold data. */
export const MAX_DEPTH = 32;

/**
 * Reads a path such as "/calls/c1" or "calls//c1/". A last segment ".priority" is kept.
 * @throws DatabaseError invalid_path, naming the segment that is refused.
 */
export function parsePath(text: string): Path {
  const segments = text.split('/').filter((segment) => segment !== '');
  for (const [index, segment] of segments.entries()) {
    if (segment === PRIORITY_SEGMENT && index === segments.length - 1) continue;
    const problem = keyProblem(segment);
    if (problem) throw new DatabaseError('invalid_path', `Invalid path: a segment ${problem}.`);
  }
  const depth = segments.at(-1) === PRIORITY_SEGMENT ? segments.length - 1 : segments.length;
  if (depth > MAX_DEPTH) {
    throw new DatabaseError('invalid_path', `Invalid path: deeper than ${MAX_DEPTH} levels.`);
  }
  return segments;
}

/** "calls/c1"; the root is "". */
export function formatPath(path: Path): string {
  return path.join('/');
}

/** Is `ancestor` the location itself or above it? */
export function contains(ancestor: Path, path: Path): boolean {
  return (
    ancestor.length <= path.length && ancestor.every((segment, index) => segment === path[index])
  );
}

/** The node that a location belongs to: without a last ".priority". */
export function nodePath(path: Path): Path {
  return path.at(-1) === PRIORITY_SEGMENT ? path.slice(0, -1) : path;
}
