import type { SpokenPart } from '../assistant/assistant.ts';

/** Words that are said, and in which language each piece of them. */
export interface Spoken {
  reply: string;
  parts: readonly SpokenPart[];
}

/** Puts the site's number in its place and keeps the whole text beside its pieces. */
export function spoken(parts: readonly SpokenPart[], emergencyNumber: string): Spoken {
  const filled = parts.map(({ text, language }) => ({
    text: text.replaceAll('{emergency_number}', () => emergencyNumber),
    language,
  }));
  return { reply: filled.map(({ text }) => text).join(' '), parts: filled };
}
