import { z } from 'zod';
import { DatabaseError } from './engine/errors.ts';
import { formatPath, nodePath, type Path } from './engine/path.ts';
import type { Index } from './engine/query.ts';
import { isGranted } from './rules/decide.ts';
import { compileRules, type RuleNode, ruleBelow } from './rules/rule-tree.ts';
import type { Scope } from './rules/scope.ts';

/** What a namespace has before rules are uploaded. */
const LOCKED = '{ "rules": { ".read": false, ".write": false } }';

/** A namespace's database.rules.json. */
export interface Rules {
  /** As it was uploaded, comments included. */
  readonly source: string;
  /**
   * @throws DatabaseError invalid_data when it is no rules document, or holds what can't be
   *   evaluated; the old one stays.
   */
  replace(source: string): void;
  /** The rules without comments. */
  toJson(): unknown;
  /** May a client that is not the owner read there? */
  mayRead(path: Path, scope: Omit<Scope, 'path' | 'newRoot'>): boolean;
  /** May it write there? `newRoot` is only asked where a rule speaks of newData. */
  mayWrite(path: Path, scope: Omit<Scope, 'path'>): boolean;
  /** May a query at `path` order by `index` without a scan? Keys and priorities always may. */
  hasIndex(path: Path, index: Index): boolean;
  /** @throws DatabaseError index_not_defined, in production's words. */
  requireIndex(path: Path, index: Index): void;
}

const rulesDocument = z.strictObject({
  // Not z.record, which drops a key "__proto__".
  rules: z.unknown().refine((rules) => typeof rules === 'object', 'not an object'),
});

export function createRules(): Rules {
  let source = LOCKED;
  let document = parseRules(source);
  let compiled = compileRules(document.rules);

  return {
    get source() {
      return source;
    },
    replace(newSource) {
      const newDocument = parseRules(newSource);
      compiled = compileRules(newDocument.rules);
      document = newDocument;
      source = newSource;
    },
    toJson: () => document,
    mayRead: (path, scope) =>
      isGranted(compiled, 'read', nodePath(path), { ...scope, newRoot: () => scope.root }),
    mayWrite: (path, scope) => isGranted(compiled, 'write', nodePath(path), scope),
    hasIndex,
    requireIndex(path, index) {
      if (hasIndex(path, index)) return;
      throw new DatabaseError(
        'index_not_defined',
        `Index not defined, add ".indexOn": "${indexName(index)}", ` +
          `for path "/${formatPath(path)}", to the rules`,
      );
    },
  };

  function hasIndex(path: Path, index: Index): boolean {
    if (index.by === 'key' || index.by === 'priority') return true;
    let rule: RuleNode | undefined = compiled;
    for (const segment of path) rule = rule && ruleBelow(rule, segment);
    return rule?.indexOn.includes(indexName(index)) ?? false;
  }
}

function indexName(index: Index): string {
  return index.by === 'child' ? formatPath(index.path) : `.${index.by}`;
}

function parseRules(source: string): z.infer<typeof rulesDocument> {
  // Rules may have comments; what looks like one inside a string is kept.
  const withoutComments = source.replace(
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_match, text?: string) => text ?? '',
  );
  try {
    return rulesDocument.parse(JSON.parse(withoutComments));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new DatabaseError('invalid_data', `The rules can't be read: ${reason}`);
  }
}
