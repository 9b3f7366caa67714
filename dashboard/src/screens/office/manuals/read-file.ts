/** Bytes that the API takes of one manual. */
const LARGEST = 200_000;

/** The words of a file, or why there are none. */
export async function readText(
  file: Blob,
): Promise<{ text: string } | { refused: 'large' | 'no_text' }> {
  if (file.size > LARGEST) return { refused: 'large' };
  try {
    const bytes = await file.arrayBuffer();
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n'),
    };
  } catch {
    return { refused: 'no_text' };
  }
}
