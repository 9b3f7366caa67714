import { DatabaseError } from './errors.ts';
import { type Leaf, leaf, type MaybeNode } from './node.ts';

export function isServerValue(json: Record<string, unknown>): boolean {
  return Object.hasOwn(json, '.sv');
}

/**
 * Resolves {".sv": "timestamp"} to the time of the write (milliseconds), and
 * {".sv": {"increment": n}} to the existing number plus n, or n where there is no number.
 * @throws DatabaseError invalid_data for any other server value.
 */
export function resolveServerValue(
  json: Record<string, unknown>,
  existing: MaybeNode,
  now: number,
): Leaf {
  const operation = json['.sv'];
  if (operation === 'timestamp') return leaf(now);
  if (typeof operation === 'object' && operation !== null && 'increment' in operation) {
    const { increment } = operation;
    const isNumber = existing?.kind === 'leaf' && typeof existing.value === 'number';
    const sum = (isNumber ? Number(existing.value) : 0) + Number(increment);
    if (typeof increment === 'number' && Number.isFinite(sum)) return leaf(sum);
  }
  throw new DatabaseError(
    'invalid_data',
    'Invalid data: ".sv" must be "timestamp" or an increment by a number that stays in range.',
  );
}
