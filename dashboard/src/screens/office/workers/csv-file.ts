/** Bytes that the API takes of one file. */
const LARGEST = 1_000_000;

export type ReadFile = { csv: string } | { refused: 'tooLarge' | 'notUtf8' };

/** The text of a file, as spreadsheets write it: UTF-8, or UTF-16 with its mark. */
export async function readCsvFile(file: Blob): Promise<ReadFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const csv = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    const isTooLarge = new TextEncoder().encode(csv).length > LARGEST;
    return isTooLarge ? { refused: 'tooLarge' } : { csv };
  } catch {
    return { refused: 'notUtf8' };
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

export function csvBlob(csv: string): Blob {
  return new Blob([csv], { type: 'text/csv;charset=utf-8' });
}

/** What a file looks like, with nobody's number in it. */
export const EXAMPLE = `\ufeff${[
  'name,mobile_no,site,language,supervisor',
  'Asha Verma,+919812345678,Mill 2,hi-IN,shift@example.com',
  'Ravi Kumar,+919812345679,,,',
].join('\r\n')}\r\n`;
