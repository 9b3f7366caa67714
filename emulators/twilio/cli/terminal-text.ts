/** What other people said, made safe and readable for a terminal. */

/** Control characters, line separators, bidirectional marks and overrides, the byte order mark. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/** Shows what could move the cursor, recolour or reorder the line instead of doing it. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|\n|\t/g, ' ')
    .replace(UNPRINTABLE, (character) => {
      const code = character.charCodeAt(0).toString(16).padStart(2, '0');
      return `\\u{${code}}`;
    });
}

/** Lines of at most `width` characters, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
