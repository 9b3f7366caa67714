import type { Firestore } from 'firebase-admin/firestore';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { within } from '../../within.ts';
import { assemblePack } from './assemble.ts';
import type { Compiled, Manifest } from './compiled.ts';
import { MalformedPack, readContents, readManifest } from './pack-store.ts';
import type { Pack, Packs } from './packs.ts';

/** Milliseconds after which a webhook asks again whether a pack has changed. */
const FRESH = 20_000;
/** Milliseconds after which it asks again where Firestore did not answer. */
const RETRY = 1_000;
/** Milliseconds that Firestore is given to answer. */
const PATIENCE = 5_000;
/** Milliseconds for which a pack is believed: a minute, less the time that a turn may take. */
const BELIEVED = 55_000;
/** Companies that are warmed at once. */
const SIDE_BY_SIDE = 10;
/** Companies that are remembered; most have no pack, and cost next to nothing. */
const MOST_COMPANIES = 5_000;
/** Characters of compiled manuals that are held. With their search index they take about ten times as many bytes. */
const MOST_CHARACTERS = 8_000_000;

export interface LivePacksOptions {
  firestore: () => Promise<Firestore>;
  /** Spoken where a company has no own manuals, and where they are not at hand. */
  embedded: Pack;
  /** Told of each pack before it is used, so that no turn has to make what it needs of it. */
  prepare?: (pack: Pack) => void;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
  /** Characters of compiled manuals that are held. */
  mostCharacters?: number;
}

export interface LivePacks extends Packs {
  /** Loads the packs of these companies as far as memory goes; waits at most so long. Never rejects. */
  warm(companyIds: readonly string[], boundMs: number): Promise<void>;
}

/** What this instance knows of a company's manuals. */
interface Known {
  /** Epoch milliseconds at which the last reading that succeeded was begun. */
  verifiedAt: number;
  /** Epoch milliseconds from which on it is asked again. */
  dueAt: number;
  /** Absent: nothing could be read yet, or what was read is malformed. */
  held?: Held;
  malformed?: boolean;
}

/** `pack` is absent where the company has no manuals of its own. */
interface Held {
  manifest: Manifest | undefined;
  contents: ReadonlyMap<string, Compiled>;
  pack?: Pack;
  size: number;
}

/**
 * Every company's pack, held in memory and brought up to date beside the calls. A withdrawal reaches
 * all instances within a minute since a pack whose manifest was not read for so long is not spoken
 * from: not at an instance that slept, and not while Firestore is away. That a company has no manuals
 * of its own is believed for longer: nothing of the embedded cards can be withdrawn.
 */
export function createPacks(options: LivePacksOptions): LivePacks {
  const { firestore, embedded, prepare, now, log, mostCharacters = MOST_CHARACTERS } = options;
  const notAtHand: Pack = { ...embedded, atHand: false };
  /** The least recently used first. */
  const companies = new Map<string, Known>();
  const checks = new Map<string, { startedAt: number; done: Promise<void> }>();
  let characters = 0;
  prepare?.(embedded);
  prepare?.(notAtHand);

  return { of, refresh, warm };

  function of(companyId: string | undefined): Pack {
    if (companyId === undefined) return embedded;
    const known = companies.get(companyId);
    if (!known?.held) return notAtHand;
    companies.delete(companyId);
    companies.set(companyId, known);
    if (!known.held.pack) return embedded;
    return now() - known.verifiedAt < BELIEVED ? known.held.pack : notAtHand;
  }

  function refresh(companyId: string, boundMs: number): Promise<void> {
    const check = checkOf(companyId);
    return check && boundMs > 0 ? atMost(boundMs, check) : Promise.resolve();
  }

  async function warm(companyIds: readonly string[], boundMs: number): Promise<void> {
    const waiting = [...new Set(companyIds)];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (characters < mostCharacters) await checkOf(next);
      }
    };
    await atMost(boundMs, Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker)));
  }

  /** The reading that is under way, or a new one where it is time for that. */
  function checkOf(companyId: string): Promise<void> | undefined {
    const running = checks.get(companyId);
    const startedAt = now();
    // One that was begun before the instance slept tells what was so then.
    if (running && startedAt - running.startedAt < PATIENCE) return running.done;
    if (startedAt < (companies.get(companyId)?.dueAt ?? 0)) return undefined;
    const done = check(companyId, startedAt).finally(() => {
      if (checks.get(companyId)?.done === done) checks.delete(companyId);
    });
    checks.set(companyId, { startedAt, done });
    return done;
  }

  async function check(companyId: string, startedAt: number): Promise<void> {
    try {
      const before = companies.get(companyId)?.held;
      const held = await within(PATIENCE, read(companyId, before));
      if (held.pack && held.pack !== before?.pack) prepare?.(held.pack);
      keep(companyId, { verifiedAt: startedAt, dueAt: startedAt + FRESH, held });
    } catch (thrown) {
      failed(companyId, startedAt, thrown);
    }
  }

  async function read(companyId: string, before: Held | undefined): Promise<Held> {
    const database = await firestore();
    const manifest = await readManifest(database, companyId);
    if (!manifest || manifest.manuals.length === 0) {
      return { manifest, contents: new Map(), size: 0 };
    }
    if (before?.pack && before.manifest?.version === manifest.version) return before;
    const lacking = manifest.manuals.filter((entry) => !before?.contents.has(keyOf(entry)));
    const read = await readContents(database, companyId, lacking);
    const fresh = new Map(lacking.map((entry, at) => [keyOf(entry), read[at] as Compiled]));
    const contents = new Map(
      manifest.manuals.map(keyOf).map((key) => {
        return [key, (fresh.get(key) ?? before?.contents.get(key)) as Compiled];
      }),
    );
    return {
      manifest,
      contents,
      pack: assemblePack(embedded, {
        version: `${companyId}@${manifest.version}`,
        contents: [...contents.values()],
      }),
      size: manifest.manuals.reduce((sum, { size }) => sum + size, 0),
    };
  }

  function failed(companyId: string, startedAt: number, thrown: unknown): void {
    const before = companies.get(companyId);
    const dueAt = now() + RETRY;
    if (!(thrown instanceof MalformedPack)) {
      log.warn('A company’s manuals could not be read; its calls get the embedded cards.', {
        error: asError(thrown),
      });
      keep(companyId, { verifiedAt: 0, ...before, dueAt });
      return;
    }
    if (!before?.malformed) {
      log.alert('A company’s manuals are malformed and are not spoken from. Publish them again.', {
        error: asError(thrown),
      });
    }
    keep(companyId, { verifiedAt: startedAt, dueAt: startedAt + FRESH, malformed: true });
  }

  function keep(companyId: string, known: Known): void {
    const before = companies.get(companyId);
    if (before && before.verifiedAt > known.verifiedAt) return;
    characters += (known.held?.size ?? 0) - (before?.held?.size ?? 0);
    companies.delete(companyId);
    companies.set(companyId, known);
    for (const [oldest, { held }] of companies) {
      const tooMany = companies.size > MOST_COMPANIES;
      if ((!tooMany && characters <= mostCharacters) || oldest === companyId) return;
      if (!tooMany && !held?.size) continue;
      companies.delete(oldest);
      characters -= held?.size ?? 0;
    }
  }
}

function keyOf({ id, version, hash }: Manifest['manuals'][number]): string {
  return `${id} ${version} ${hash}`;
}

function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  return within(milliseconds, work).then(
    () => {},
    () => {},
  );
}
