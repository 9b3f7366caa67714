import { EvaluationError } from './scope.ts';

export type Operator = '<' | '<=' | '>' | '>=';

/** `==` and `===` are the same in rules. What is neither text, number, boolean nor null equals nothing. */
export function equal(a: unknown, b: unknown): boolean {
  return a === b && (a === null || /^(string|number|boolean)$/.test(typeof a));
}

/** @throws EvaluationError unless both are numbers or both are texts. */
export function compare(operator: Operator, a: unknown, b: unknown): boolean {
  const areNumbers = typeof a === 'number' && typeof b === 'number';
  if (!areNumbers && !(typeof a === 'string' && typeof b === 'string')) {
    throw new EvaluationError(`"${operator}" compares two numbers or two texts`);
  }
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** @throws EvaluationError for everything that is not a boolean: nothing is "truthy" in rules. */
export function requireBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError('a boolean was wanted');
}
