import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { SuiteError } from './errors.ts';

/** Something whose whole content can be taken out and put back as JSON. */
export interface Stateful {
  capture(): unknown;
  restore(state: unknown): void | Promise<void>;
}

/**
 * Keeps the databases in files between runs: `{name}.json` in the state folder, replaced as a
 * whole, so that a run that is killed leaves the last complete one.
 */
export function createStateKeeper(directory: string, parts: Record<string, Stateful>) {
  const saved = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();

  const fileOf = (name: string) => path.join(directory, `${name}.json`);

  async function saveChanged(): Promise<void> {
    for (const [name, part] of Object.entries(parts)) {
      const text = JSON.stringify(part.capture() ?? null);
      if (saved.get(name) === text) continue;
      await replaceFile(fileOf(name), text);
      saved.set(name, text);
    }
  }

  return {
    /** Removes what an earlier run left, the journal included. */
    async forget(): Promise<void> {
      for (const name of Object.keys(parts)) await rm(fileOf(name), { force: true });
      await rm(path.join(directory, 'journal'), { recursive: true, force: true });
    },

    /** @throws SuiteError when a file can't be read as what was saved */
    async load(): Promise<void> {
      await mkdir(directory, { recursive: true });
      for (const [name, part] of Object.entries(parts)) {
        const text = await readIfPresent(fileOf(name));
        if (text === undefined) continue;
        try {
          await part.restore(JSON.parse(text));
        } catch (error) {
          throw new SuiteError(
            `${fileOf(name)} can't be loaded (${(error as Error).message}). Remove it, or start with --fresh.`,
          );
        }
        saved.set(name, text);
      }
    },

    /** Writes what has changed since the last time; concurrent calls follow one another. */
    save(): Promise<void> {
      saving = saving.then(saveChanged, saveChanged);
      return saving;
    },

    /** Saves every so many milliseconds until `stop`. */
    start(interval: number, onError: (error: unknown) => void): void {
      timer = setInterval(() => this.save().catch(onError), interval);
    },

    stop(): void {
      clearInterval(timer);
    },
  };
}

export type StateKeeper = ReturnType<typeof createStateKeeper>;

async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
