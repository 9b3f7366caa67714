import { DatabaseError } from '../engine/errors.ts';
import { keyProblem } from '../engine/keys.ts';
import { compileExpression, type Expression } from './expression.ts';

/** The rules of one location. */
export interface RuleNode {
  read?: Expression;
  write?: Expression;
  /** What queries may order by: child paths and ".value". */
  indexOn: readonly string[];
  children: ReadonlyMap<string, RuleNode>;
  /** The rules of all children that have none of their own name. */
  wildcard?: RuleNode;
}

const WILDCARD = /^\$[A-Za-z_][A-Za-z0-9_]*$/;

interface Place {
  /** As people write it: "/active_calls/$call_id". */
  path: readonly string[];
  wildcards: ReadonlyMap<string, number>;
}

/**
 * Compiles the object under "rules".
 * @throws DatabaseError invalid_data that names the place of what can't be evaluated.
 */
export function compileRules(rules: unknown): RuleNode {
  return compileNode(rules, { path: [], wildcards: new Map() });
}

/** A named child's rules, or else those of the wildcard beside it. */
export function ruleBelow(rule: RuleNode, segment: string): RuleNode | undefined {
  return rule.children.get(segment) ?? rule.wildcard;
}

function compileNode(rules: unknown, place: Place): RuleNode {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) {
    throw refused(place, 'rules of a location are an object');
  }
  const node: RuleNode = { indexOn: [], children: new Map() };
  const children = new Map<string, RuleNode>();
  for (const [key, value] of Object.entries(rules)) {
    if (key === '.read') node.read = compileRule(value, place, 'read');
    else if (key === '.write') node.write = compileRule(value, place, 'write');
    else if (key === '.indexOn') node.indexOn = indexNames(value, place);
    else if (key.startsWith('.')) throw refused(place, `"${key}" is not evaluated here`);
    else if (key.startsWith('$')) {
      if (node.wildcard) throw refused(place, `"${key}" is a second wildcard`);
      node.wildcard = compileNode(value, belowWildcard(place, key));
    } else {
      const problem = keyProblem(key);
      if (problem) throw refused(place, `the key "${key}" ${problem}`);
      children.set(key, compileNode(value, { ...place, path: [...place.path, key] }));
    }
  }
  return { ...node, children };
}

function compileRule(rule: unknown, place: Place, operation: 'read' | 'write'): Expression {
  if (typeof rule === 'boolean') return () => rule;
  if (typeof rule !== 'string') throw refused(place, `".${operation}" is no text and no boolean`);
  try {
    return compileExpression(rule, { operation, wildcards: place.wildcards });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(place, `".${operation}" (${rule}) can't be evaluated: ${reason}`);
  }
}

function belowWildcard({ path, wildcards }: Place, name: string): Place {
  const place = { path: [...path, name], wildcards };
  if (!WILDCARD.test(name)) throw refused(place, 'that is no name of a wildcard');
  if (wildcards.has(name)) throw refused(place, 'a wildcard above has the same name');
  return { ...place, wildcards: new Map([...wildcards, [name, path.length]]) };
}

function indexNames(value: unknown, place: Place): string[] {
  const names = [value].flat();
  if (names.every((name) => typeof name === 'string')) return names;
  throw refused(place, '".indexOn" is a text or a list of texts');
}

function refused({ path }: Place, reason: string): DatabaseError {
  return new DatabaseError(
    'invalid_data',
    `The rules can't be used: at /${path.join('/')}, ${reason}.`,
  );
}
