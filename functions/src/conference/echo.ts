import type { SpokenPart } from '../assistant/assistant.ts';

/** The part of somebody's words that must stand in an announcement for them to be its echo. */
const MOST = 0.8;

/**
 * Whether words that were heard on the way to the caller are Aurora's own announcement: beside a
 * supervisor's voice Twilio hears hers on the same track.
 */
export function isEcho(
  heard: string,
  said: Readonly<Record<string, readonly SpokenPart[]>>,
): boolean {
  const words = wordsOf(heard);
  if (words.length === 0) return false;
  return Object.values(said).some((parts) => {
    const spoken = new Set(parts.flatMap(({ text }) => wordsOf(text)));
    const known = words.filter((word) => spoken.has(word)).length;
    return known / words.length >= MOST;
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
