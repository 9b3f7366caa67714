import type { Path } from '../engine/path.ts';
import { type RuleNode, ruleBelow } from './rule-tree.ts';
import type { Scope } from './scope.ts';

/**
 * Do the rules grant an operation at a location? They cascade: from the root down to the location,
 * the first that grants decides, and none below can take it back. What grants nothing is denied.
 */
export function isGranted(
  rules: RuleNode,
  operation: 'read' | 'write',
  path: Path,
  scope: Omit<Scope, 'path'>,
): boolean {
  let rule: RuleNode | undefined = rules;
  for (let depth = 0; rule; depth += 1) {
    if (rule[operation]?.({ ...scope, path: path.slice(0, depth) })) return true;
    const segment = path[depth];
    if (segment === undefined) return false;
    rule = ruleBelow(rule, segment);
  }
  return false;
}
