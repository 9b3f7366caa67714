/** A line of a comparison, with its number in each text where it stands there. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  before: number | undefined;
  after: number | undefined;
}

/** Lines that stand together; between two parts there are lines that both texts have. */
export interface DiffPart {
  lines: DiffLine[];
}

const PART = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads a unified diff, as the API gives it. */
export function diffLines(diff: string): DiffPart[] {
  const parts: DiffPart[] = [];
  let [before, after] = [0, 0];
  for (const line of diff.split('\n')) {
    const [, ofBefore, ofAfter] = PART.exec(line) ?? [];
    const part = parts.at(-1);
    if (ofBefore !== undefined && ofAfter !== undefined) {
      [before, after] = [Number(ofBefore), Number(ofAfter)];
      parts.push({ lines: [] });
    } else if (part) {
      const text = line.slice(1);
      if (line.startsWith('+')) {
        part.lines.push({ kind: 'added', text, before: undefined, after });
        after += 1;
      } else if (line.startsWith('-')) {
        part.lines.push({ kind: 'removed', text, before, after: undefined });
        before += 1;
      } else if (line.startsWith(' ')) {
        part.lines.push({ kind: 'same', text, before, after });
        before += 1;
        after += 1;
      }
    }
  }
  return parts;
}
