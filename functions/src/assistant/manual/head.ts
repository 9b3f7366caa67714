/** A line of a document, or a part of one; lines are counted from 1. */
export interface Line {
  text: string;
  line: number;
}

/** What keeps a document from being spoken, and where. */
export interface Problem {
  line: number;
  message: string;
}

/** A document, taken apart: its head's values by key, and the lines below it. */
export interface Parted {
  head: ReadonlyMap<string, Line>;
  body: readonly Line[];
}

const FENCE = '---';
const KEY_AND_VALUE = /^([a-z_]+): *(\S.*)$/;

/**
 * Takes a document's head off: `key: value` lines between two lines of `---`. It is not YAML:
 * everything after the colon is the value.
 */
export function partHead(text: string): Parted & { problems: Problem[] } {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, at) => ({ text: line.trimEnd(), line: at + 1 }));
  const end = lines.findIndex(({ text }, at) => at > 0 && text === FENCE);
  const head = new Map<string, Line>();
  if (lines[0]?.text !== FENCE || end < 0) {
    const message = 'Begin with a head between two lines of ---.';
    return { head, body: [], problems: [{ line: 1, message }] };
  }
  const problems: Problem[] = [];
  for (const { text, line } of lines.slice(1, end)) {
    const [, key = '', value = ''] = KEY_AND_VALUE.exec(text) ?? [];
    if (key === '') problems.push({ line, message: 'Write the head as lines of "key: value".' });
    else if (head.has(key)) problems.push({ line, message: `The key ${key} stands here twice.` });
    else head.set(key, { text: value, line });
  }
  return { head, body: lines.slice(end + 1), problems };
}
