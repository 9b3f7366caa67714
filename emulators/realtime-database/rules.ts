import { z } from 'zod';
import { DatabaseError } from './engine/errors.ts';
import { formatPath, type Path } from './engine/path.ts';
import type { Index } from './engine/query.ts';

/** What a namespace has before rules are uploaded. */
const LOCKED = '{ "rules": { ".read": false, ".write": false } }';

/**
 * A namespace's database.rules.json. Only `.indexOn` is used so far; who may read and write is
 * decided in authorize.ts.
 */
export interface Rules {
  /** As it was uploaded, comments included. */
  readonly source: string;
  /** @throws DatabaseError invalid_data when it is no rules document; the old one stays. */
  replace(source: string): void;
  /** The rules without comments. */
  toJson(): unknown;
  /** May a query at `path` order by `index` without a scan? Keys and priorities always may. */
  hasIndex(path: Path, index: Index): boolean;
  /** @throws DatabaseError index_not_defined, in production's words. */
  requireIndex(path: Path, index: Index): void;
}

type RuleNode = Record<string, unknown>;
const rulesDocument = z.object({ rules: z.record(z.string(), z.unknown()) });

export function createRules(): Rules {
  let source = LOCKED;
  let parsed = parseRules(source);

  return {
    get source() {
      return source;
    },
    replace(newSource) {
      parsed = parseRules(newSource);
      source = newSource;
    },
    toJson: () => parsed,
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
    let rule: RuleNode | undefined = parsed.rules;
    for (const segment of path) rule = rule && ruleBelow(rule, segment);
    return [rule?.['.indexOn']].flat().includes(indexName(index));
  }
}

/** A named child's rule, or else that of the `$wildcard` beside it. */
function ruleBelow(rule: RuleNode, segment: string): RuleNode | undefined {
  const wildcard = Object.keys(rule).find((key) => key.startsWith('$'));
  const child = Object.hasOwn(rule, segment) ? rule[segment] : wildcard && rule[wildcard];
  return typeof child === 'object' && child !== null ? (child as RuleNode) : undefined;
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
