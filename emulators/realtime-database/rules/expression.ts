import jsep from 'jsep';
import { compare, equal, type Operator, requireBoolean } from './operators.ts';
import { EvaluationError, type Scope, type Snapshot } from './scope.ts';
import { relativePath, SNAPSHOT_METHODS } from './snapshot-methods.ts';

/** What is known of a value before it is there; `claims` is `auth.token` and what lies in it. */
type Kind = 'boolean' | 'string' | 'number' | 'null' | 'snapshot' | 'auth' | 'claims' | 'unknown';

interface Compiled {
  kind: Kind;
  evaluate(scope: Scope): unknown;
}

/** Does a rule grant? Pure, never throws but for errors of `scope.newRoot`. */
export type Expression = (scope: Scope) => boolean;

export interface Surroundings {
  operation: 'read' | 'write';
  /** The wildcards above the rule and at it, with how deep each stands: `$call_id` is path[1]. */
  wildcards: ReadonlyMap<string, number>;
}

/** Longer than any sensible rule; keeps the parser's recursion within the stack. */
const LONGEST = 5_000;

/**
 * Compiles the text of a rule. Nothing of it is run as JavaScript: what is not listed here is
 * refused, so that no rule means something else here than in production.
 * @throws Error with half a sentence that says what can't be evaluated.
 */
export function compileExpression(text: string, surroundings: Surroundings): Expression {
  if (text.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
  const compiled = compile(jsep(text), surroundings);
  requireKind(compiled, 'it', 'boolean', 'unknown', 'claims');
  return (scope) => {
    try {
      return compiled.evaluate(scope) === true;
    } catch (error) {
      if (error instanceof EvaluationError) return false;
      throw error;
    }
  };
}

function compile(node: jsep.Expression, surroundings: Surroundings): Compiled {
  const expression = node as jsep.CoreExpression;
  switch (expression.type) {
    case 'Literal':
      return literal(expression.value);
    case 'Identifier':
      return variable(expression.name, surroundings);
    case 'MemberExpression':
      return member(expression, surroundings);
    case 'CallExpression':
      return call(expression, surroundings);
    case 'UnaryExpression':
      return unary(expression, surroundings);
    case 'BinaryExpression':
      return binary(expression, surroundings);
    default:
      throw new Error(`it holds a ${expression.type}, which can't be evaluated`);
  }
}

function literal(value: unknown): Compiled {
  const kind = value === null ? 'null' : typeof value;
  if (kind === 'null' || kind === 'boolean' || kind === 'string' || kind === 'number') {
    return { kind, evaluate: () => value };
  }
  throw new Error(`it holds a literal of the type ${kind}`);
}

function variable(name: string, { operation, wildcards }: Surroundings): Compiled {
  switch (name) {
    case 'auth':
      return { kind: 'auth', evaluate: ({ auth }) => auth };
    case 'now':
      return { kind: 'number', evaluate: ({ now }) => now };
    case 'root':
      return {
        kind: 'snapshot',
        evaluate: ({ root }) => ({ tree: root, path: [] }) satisfies Snapshot,
      };
    case 'data':
      return {
        kind: 'snapshot',
        evaluate: ({ root, path }) => ({ tree: root, path }) satisfies Snapshot,
      };
    case 'newData':
      if (operation === 'read') throw new Error('newData is there in ".write" only');
      return {
        kind: 'snapshot',
        evaluate: ({ newRoot, path }) => ({ tree: newRoot(), path }) satisfies Snapshot,
      };
  }
  const depth = wildcards.get(name);
  if (depth === undefined) throw new Error(`"${name}" is not known there`);
  return { kind: 'string', evaluate: ({ path }) => path[depth] };
}

/** `auth.uid`, `auth.token` and claims: of nobody and of nothing each member is null. */
function member(expression: jsep.MemberExpression, surroundings: Surroundings): Compiled {
  const name = memberName(expression);
  const object = compile(expression.object, surroundings);
  const isKnown =
    object.kind === 'claims' || (object.kind === 'auth' && /^(uid|token)$/.test(name));
  if (!isKnown) throw new Error(`".${name}" can't be evaluated there`);
  return {
    kind: name === 'uid' && object.kind === 'auth' ? 'unknown' : 'claims',
    evaluate(scope) {
      const value = object.evaluate(scope);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isObject && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : null;
    },
  };
}

function memberName({ property, computed, optional }: jsep.MemberExpression): string {
  const { type, name, value } = property as jsep.Identifier & jsep.Literal;
  if (!optional && !computed && (type as string) === 'Identifier') return name;
  if (!optional && computed && type === 'Literal' && typeof value === 'string') return value;
  throw new Error('a member is named by itself or by a text in brackets');
}

function call(
  { callee, arguments: given, optional }: jsep.CallExpression & { optional?: boolean },
  surroundings: Surroundings,
): Compiled {
  if (optional || callee.type !== 'MemberExpression') throw new Error('only methods can be called');
  const { object, ...named } = callee as jsep.MemberExpression;
  const name = memberName({ object, ...named });
  const target = compile(object, surroundings);
  const method = target.kind === 'snapshot' ? SNAPSHOT_METHODS.get(name) : undefined;
  if (!method) throw new Error(`".${name}()" can't be evaluated there`);
  const { least, most, list } = method.arguments;
  if (given.length < least || given.length > most) {
    throw new Error(`".${name}()" does not take ${given.length} arguments`);
  }
  const argument =
    given[0] && (list ? nameList(given[0], surroundings) : childName(given[0], surroundings));
  return {
    kind: method.kind,
    evaluate: (scope) => method.call(target.evaluate(scope) as Snapshot, argument?.evaluate(scope)),
  };
}

function childName(node: jsep.Expression, surroundings: Surroundings): Compiled {
  const name = compile(node, surroundings);
  requireKind(name, "a child's name", 'string', 'unknown', 'claims');
  // A name that no child can have is found when the rules are uploaded.
  if (node.type === 'Literal') relativePath((node as jsep.Literal).value);
  return name;
}

function nameList(node: jsep.Expression, surroundings: Surroundings): Compiled {
  const elements = node.type === 'ArrayExpression' ? (node as jsep.ArrayExpression).elements : [];
  const names = elements.map((element) => {
    if (!element) throw new Error('a list of names has a hole');
    return childName(element, surroundings);
  });
  if (names.length === 0) throw new Error('".hasChildren()" takes a list with a name in it');
  return { kind: 'unknown', evaluate: (scope) => names.map((name) => name.evaluate(scope)) };
}

function unary({ operator, argument }: jsep.UnaryExpression, surroundings: Surroundings): Compiled {
  const of = compile(argument, surroundings);
  if (operator === '!') {
    requireKind(of, 'what stands behind "!"', 'boolean', 'unknown', 'claims');
    return { kind: 'boolean', evaluate: (scope) => !requireBoolean(of.evaluate(scope)) };
  }
  if (operator === '-' && argument.type === 'Literal' && of.kind === 'number') {
    return { kind: 'number', evaluate: (scope) => -Number(of.evaluate(scope)) };
  }
  throw new Error(`the operator "${operator}" can't be evaluated there`);
}

function binary(
  { operator, ...sides }: jsep.BinaryExpression,
  surroundings: Surroundings,
): Compiled {
  const left = compile(sides.left, surroundings);
  const right = compile(sides.right, surroundings);
  const both = (...kinds: Kind[]) => {
    for (const side of [left, right]) requireKind(side, `a side of "${operator}"`, ...kinds);
  };
  const of = (evaluate: Compiled['evaluate']): Compiled => ({ kind: 'boolean', evaluate });
  switch (operator) {
    case '&&':
      both('boolean', 'unknown', 'claims');
      return of(
        (scope) => requireBoolean(left.evaluate(scope)) && requireBoolean(right.evaluate(scope)),
      );
    case '||':
      both('boolean', 'unknown', 'claims');
      return of(
        (scope) => requireBoolean(left.evaluate(scope)) || requireBoolean(right.evaluate(scope)),
      );
    case '==':
    case '===':
    case '!=':
    case '!==': {
      // Somebody, as a whole, is compared with nobody and nothing else.
      const isWithNull = left.kind === 'null' || right.kind === 'null';
      both(
        'boolean',
        'string',
        'number',
        'null',
        'unknown',
        'claims',
        ...(isWithNull ? ['auth' as const] : []),
      );
      const wanted = operator.startsWith('=');
      return of((scope) => equal(left.evaluate(scope), right.evaluate(scope)) === wanted);
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      both('string', 'number', 'unknown', 'claims');
      return of((scope) =>
        compare(operator as Operator, left.evaluate(scope), right.evaluate(scope)),
      );
    default:
      throw new Error(`the operator "${operator}" can't be evaluated`);
  }
}

function requireKind({ kind }: Compiled, what: string, ...kinds: Kind[]): void {
  if (kinds.includes(kind)) return;
  throw new Error(`${what} is of the type ${kind}, where ${kinds[0]} is wanted`);
}
