/** Control characters, line separators, bidirectional marks and overrides, the byte order mark. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/**
 * One line of text that can't move a terminal's cursor or reorder its line: such characters become
 * `\uXXXX`, so that JSON stays the same JSON.
 */
export function printable(line: string): string {
  return line.toWellFormed().replace(UNPRINTABLE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
