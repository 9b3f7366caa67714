/** A line as Cloud Logging has it. */
export interface Entry {
  resource: { type: string };
  severity: string;
  jsonPayload: Record<string, unknown>;
}

const TOKEN = /\s*(\(|\)|AND\b|OR\b|[a-zA-Z_.]+(?:>=|=)(?:"[^"]*"|[0-9]+))/y;

/**
 * Whether a line passes a filter of the Logging query language, as far as ours use it: comparisons
 * with AND, OR and brackets. Throws for anything else.
 */
export function passes(filter: string, entry: Entry): boolean {
  const tokens = tokensOf(filter);
  const found = either();
  if (tokens.length > 0) throw new Error(`Not understood: ${tokens.join(' ')}`);
  return found;

  // Both sides are read in any case: `||` would leave tokens behind.
  function either(): boolean {
    let found = both();
    while (taken('OR')) found = [both(), found].includes(true);
    return found;
  }

  function both(): boolean {
    let found = one();
    while (taken('AND')) found = ![one(), found].includes(false);
    return found;
  }

  function one(): boolean {
    if (taken('(')) {
      const found = either();
      if (!taken(')')) throw new Error(`A bracket is missing in ${filter}`);
      return found;
    }
    return compares(tokens.shift() ?? '', entry);
  }

  function taken(token: string): boolean {
    if (tokens[0] !== token) return false;
    tokens.shift();
    return true;
  }
}

function tokensOf(filter: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.length) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(filter)?.[1];
    if (token === undefined) throw new Error(`Not understood: ${filter.slice(from)}`);
    tokens.push(token);
  }
  return tokens;
}

function compares(comparison: string, entry: Entry): boolean {
  const [, path = '', operator, text = ''] = /^([a-zA-Z_.]+)(>=|=)(.+)$/.exec(comparison) ?? [];
  const value = valueAt(entry, path.split('.'));
  if (operator === '=') return value === JSON.parse(text);
  if (operator === '>=') return typeof value === 'number' && value >= Number(text);
  throw new Error(`Not understood: ${comparison}`);
}

/** What an extractor such as `EXTRACT(jsonPayload.milliseconds)` finds. */
export function extracted(extractor: string, entry: Entry): unknown {
  const path = /^EXTRACT\(([a-z_A-Z.]+)\)$/.exec(extractor)?.[1];
  if (path === undefined) throw new Error(`Not understood: ${extractor}`);
  return valueAt(entry, path.split('.'));
}

function valueAt(entry: Entry, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    entry,
  );
}
