import { isNaNValue, isNumber, nullValue, type Value } from './value.ts';
import { compareValues, equalValues } from './value-order.ts';

/** A change of one field that depends on its stored value or on the server's clock. */
export type Transform =
  | { readonly kind: 'serverTimestamp' }
  | { readonly kind: 'increment' | 'maximum' | 'minimum'; readonly operand: Value }
  | { readonly kind: 'appendMissing' | 'removeAll'; readonly elements: readonly Value[] };

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * The field's new value, and what the client is told about it (null for the array transforms).
 * `commitTime` is in nanoseconds; a server timestamp keeps its milliseconds only.
 */
export function applyTransform(
  transform: Transform,
  stored: Value | undefined,
  commitTime: bigint,
): { value: Value; reported: Value } {
  switch (transform.kind) {
    case 'serverTimestamp': {
      const nanoseconds = commitTime - (commitTime % NANOSECONDS_PER_MILLISECOND);
      return both({ kind: 'timestamp', nanoseconds });
    }
    case 'increment':
      return both(add(stored, transform.operand));
    case 'maximum':
      return both(pick(stored, transform.operand, 1));
    case 'minimum':
      return both(pick(stored, transform.operand, -1));
    case 'appendMissing':
      return { value: append(elementsOf(stored), transform.elements), reported: nullValue };
    case 'removeAll': {
      const kept = elementsOf(stored).filter((element) => !contains(transform.elements, element));
      return { value: { kind: 'array', values: kept }, reported: nullValue };
    }
  }
}

function both(value: Value): { value: Value; reported: Value } {
  return { value, reported: value };
}

/** Integers saturate at 64 bits; as soon as a double takes part, the sum is a double. */
function add(stored: Value | undefined, operand: Value): Value {
  if (stored === undefined || !isNumber(stored) || !isNumber(operand)) return operand;
  if (stored.kind === 'integer' && operand.kind === 'integer') {
    const sum = stored.value + operand.value;
    const value = sum > MAX_INTEGER ? MAX_INTEGER : sum < MIN_INTEGER ? MIN_INTEGER : sum;
    return { kind: 'integer', value };
  }
  return { kind: 'double', value: Number(stored.value) + Number(operand.value) };
}

/** The larger (1) or smaller (-1) number; NaN always wins, and on a tie the stored value stays. */
function pick(stored: Value | undefined, operand: Value, sign: 1 | -1): Value {
  if (stored === undefined || !isNumber(stored)) return operand;
  if (isNaNValue(stored)) return stored;
  if (isNaNValue(operand)) return operand;
  return compareValues(operand, stored) * sign > 0 ? operand : stored;
}

function elementsOf(stored: Value | undefined): readonly Value[] {
  return stored?.kind === 'array' ? stored.values : [];
}

function append(stored: readonly Value[], added: readonly Value[]): Value {
  const values = [...stored];
  for (const element of added) if (!contains(values, element)) values.push(element);
  return { kind: 'array', values };
}

function contains(values: readonly Value[], value: Value): boolean {
  return values.some((candidate) => equalValues(candidate, value));
}
