/** What people said, for files that others open: nothing in it acts, and nothing hides. */

/**
 * Control characters but tab and line breaks; separators of lines; what turns the order of a line
 * round; and marks without a width. Joiners stay: Hindi and emoji are written with them.
 */
const HIDDEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e`,
    String.raw`\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]`,
  ].join(''),
  'gu',
);

/** Shows such a character by its number: `⟨U+202E⟩`. */
export function harmless(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, (character) => `⟨U+${codeOf(character).padStart(4, '0')}⟩`);
}

/** JSON whose text hides nothing either; it reads as the same value. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(HIDDEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

export function escapeHtml(text: string): string {
  return harmless(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
