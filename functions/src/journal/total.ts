import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { View } from './view.ts';

/** A chunk this large takes about 0.2 ms to make; between two chunks the event loop runs. */
const CHUNK_CHARACTERS = 64 * 1024;

export function totalPath(directory: string): string {
  return path.join(directory, 'total.json');
}

/**
 * Writes the view as total.json, one call and one conversation per line. Temporary file, fsync,
 * rename: whoever opens total.json finds the old or the new one, whole. Calls may change between
 * chunks; the segments hold what comes too late.
 */
export async function writeTotal(directory: string, view: View): Promise<void> {
  const temporary = `${totalPath(directory)}.tmp`;
  try {
    await writeSynced(temporary, totalJson(view));
    await fs.rename(temporary, totalPath(directory));
  } catch (error) {
    // On a full disk its space is what the next append needs.
    await fs.rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncDirectory(directory);
}

/** `appendFile` on the open file: unlike `write`, it goes on after a short write, or throws. */
async function writeSynced(name: string, pieces: Iterable<string>): Promise<void> {
  const file = await fs.open(name, 'w');
  try {
    let chunk = '';
    for (const piece of pieces) {
      chunk += piece;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      await file.appendFile(chunk);
      chunk = '';
    }
    await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** `{ "active_calls": {…}, "active_conversations": {…} }`, the Realtime Database's shape. */
export function* totalJson(view: View): Generator<string> {
  const ids = view.ids();
  yield '{"active_calls":{';
  yield* members(ids, (id) => [id, view.peek(id)?.call]);
  yield '\n},"active_conversations":{';
  yield* members(ids, (id) => {
    const state = view.peek(id);
    return [state?.call.conversation_id ?? '', state?.conversation];
  });
  yield '\n}}\n';
}

function* members(
  ids: readonly string[],
  member: (id: string) => [key: string, value: object | undefined],
): Generator<string> {
  let separator = '\n';
  for (const id of ids) {
    const [key, value] = member(id);
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:${JSON.stringify(value)}`;
    separator = ',\n';
  }
}

/** The rename must be on the disk before the segments go that it makes superfluous. */
async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await fs.open(directory, 'r');
    await handle.sync();
  } catch {
    // Windows does not let a directory be opened; its file system orders the two by itself.
  } finally {
    await handle?.close();
  }
}
