import fs from 'node:fs';
import path from 'node:path';
import { AuroraError } from '../errors.ts';

const NAME = /^journal-([0-9]{6,})\.jsonl$/;
/** A line of up to a third of this is encoded without an allocation. */
const BUFFER_BYTES = 64 * 1024;

/** The file operations of the hot path, so that a test can let them fail. */
export type FileOperations = Pick<
  typeof fs,
  'openSync' | 'writeSync' | 'ftruncateSync' | 'closeSync'
>;

/** The append-only files of one directory, `journal-<segment>.jsonl`; the last is written to. */
export interface Segments {
  /**
   * Writes one line, newline included, with one synchronous write. No fsync: on Cloud Functions
   * the directory is memory, and elsewhere a crash of the process loses nothing that write() took;
   * only a crash of the machine does. Throws `journal_write_failed`; the file then ends with the
   * line before.
   */
  write(line: string): void;
  /** Begins the next segment and returns its number. */
  rotate(): number;
  removeBefore(segment: number): void;
  close(): void;
}

export interface SegmentsOptions {
  directory: string;
  /** Number of the first segment to write; all earlier ones are left as they are. */
  first: number;
  /** The line that begins a segment. */
  opening: () => string;
  files?: FileOperations | undefined;
}

export function createSegments({
  directory,
  first,
  opening,
  files = fs,
}: SegmentsOptions): Segments {
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let number = first;
  let fd = files.openSync(segmentPath(directory, number), 'ax');
  let bytes = 0;
  /** The file may end in a torn line that could not be cut off: nothing may be added to it. */
  let torn = false;

  writeWhole(opening());
  return { write, rotate, removeBefore, close };

  function write(line: string): void {
    try {
      if (torn) rotate();
      writeWhole(line);
    } catch (error) {
      throw new AuroraError(
        503,
        'journal_write_failed',
        'The local journal could not be written: see that its directory exists and has space.',
        { retryable: true, cause: error },
      );
    }
  }

  function writeWhole(line: string): void {
    const fits = line.length * 3 <= BUFFER_BYTES;
    const encoded = fits ? buffer : Buffer.from(line);
    const length = fits ? buffer.write(line) : encoded.length;
    let written = 0;
    try {
      written = files.writeSync(fd, encoded, 0, length);
      if (written < length) throw new Error(`Wrote ${written} of ${length} bytes.`);
    } catch (error) {
      cutTo(bytes);
      throw error;
    }
    bytes += length;
  }

  function cutTo(length: number): void {
    try {
      files.ftruncateSync(fd, length);
    } catch {
      torn = true;
    }
  }

  function rotate(): number {
    const previous = { fd, bytes, torn };
    const next = files.openSync(segmentPath(directory, number + 1), 'ax');
    number += 1;
    fd = next;
    bytes = 0;
    torn = false;
    try {
      writeWhole(opening());
    } catch (error) {
      // The number stays used: the new file might not go away, and the next one must be new.
      closeQuietly(fd);
      fs.rmSync(segmentPath(directory, number), { force: true });
      fd = previous.fd;
      bytes = previous.bytes;
      torn = previous.torn;
      throw error;
    }
    // A descriptor that failed may by now belong to another file, even to the new one.
    if (!previous.torn) closeQuietly(previous.fd);
    return number;
  }

  function removeBefore(segment: number): void {
    for (const other of listSegments(directory)) {
      if (other < segment) fs.rmSync(segmentPath(directory, other), { force: true });
    }
  }

  function close(): void {
    closeQuietly(fd);
  }

  function closeQuietly(descriptor: number): void {
    try {
      files.closeSync(descriptor);
    } catch {
      // Nothing is buffered: every line was handed to the kernel by its own write.
    }
  }
}

export function segmentPath(directory: string, number: number): string {
  return path.join(directory, `journal-${String(number).padStart(6, '0')}.jsonl`);
}

/** Numbers of the segments in a directory, oldest first. */
export function listSegments(directory: string): number[] {
  return fs
    .readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
