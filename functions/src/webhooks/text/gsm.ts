/**
 * The alphabet of a text message: in GSM 03.38 a message holds 160 characters, or 153 in each of
 * several that are shown as one; with any other character in it 70, or 67.
 * https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** These take two places each. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Places that a text takes in GSM 03.38; undefined where it holds a character that is not in it. */
export function gsmLength(text: string): number | undefined {
  let places = 0;
  for (const character of text) {
    if (BASIC.has(character)) places += 1;
    else if (EXTENDED.has(character)) places += 2;
    else return undefined;
  }
  return places;
}

const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '‑': '-',
  '…': '...',
  '•': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** Without the marks of fine print, each of which alone would more than double a message. */
export function plainMarks(text: string): string {
  return text.replace(/[‘’‚“”„–—−‑…•\u00a0\u202f]/g, (mark) => PLAIN[mark] ?? mark);
}
