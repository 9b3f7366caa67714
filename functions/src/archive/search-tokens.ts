/** A document's index entries are limited (40,000); a long call has about 1,000 distinct words. */
const MOST_TOKENS = 2_000;

/** Distinct words and numbers of two or more characters, in lower case without diacritics. */
export function searchTokens(texts: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts) {
    const plain = text
      .normalize('NFKD')
      .replace(/\p{Diacritic}/gu, '')
      .toLowerCase();
    for (const [token] of plain.matchAll(/[\p{L}\p{M}\p{N}]{2,64}/gu)) {
      if (tokens.size === MOST_TOKENS) return [...tokens];
      tokens.add(token);
    }
  }
  return [...tokens];
}
