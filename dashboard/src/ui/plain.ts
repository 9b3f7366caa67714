/**
 * Control characters, separators of lines, what turns the order of a line round, and marks without a
 * width; joiners stay, for Hindi and emoji are written with them. As in the API's files.
 */
const HIDDEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e`,
    String.raw`\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]`,
  ].join(''),
  'gu',
);

/** Words as they are, and by its number what would hide in them or turn them round: `⟨U+202E⟩`. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(HIDDEN, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `⟨U+${code.padStart(4, '0')}⟩`;
  });
}
