import { describe, expect, it } from 'vitest';
import { EXAMPLE, readCsvFile } from './csv-file.ts';

const fileOf = (...bytes: number[]) => new Blob([new Uint8Array(bytes)]);

describe('a file from a spreadsheet', () => {
  it('is read in UTF-8, with or without its mark', async () => {
    expect(await readCsvFile(new Blob(['नाम']))).toEqual({ csv: 'नाम' });
    expect(await readCsvFile(new Blob([EXAMPLE]))).toEqual({ csv: EXAMPLE.slice(1) });
  });

  it('is read in UTF-16, which its mark tells', async () => {
    expect(await readCsvFile(fileOf(0xff, 0xfe, 0x28, 0x09))).toEqual({ csv: 'न' });
    expect(await readCsvFile(fileOf(0xfe, 0xff, 0x09, 0x28))).toEqual({ csv: 'न' });
  });

  it('in another encoding is refused, and not read as other names', async () => {
    expect(await readCsvFile(fileOf(0x41, 0xe9, 0x2c))).toEqual({ refused: 'notUtf8' });
  });

  it('is refused where it is larger than is taken', async () => {
    expect(await readCsvFile(new Blob(['x'.repeat(1_000_001)]))).toEqual({ refused: 'tooLarge' });
    expect(await readCsvFile(new Blob(['न'.repeat(400_000)]))).toEqual({ refused: 'tooLarge' });
  });
});
