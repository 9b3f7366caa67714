import { TextTurn } from '../calls/texts.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

const AT_ONCE = 10;
/** Removals in one run; the next run goes on. */
const DEFAULT_PORTION = 20_000;

export interface OldTextTurnsOptions {
  /** With a deadline of its own: all claims of a company are read, about 500 bytes for each turn. */
  database: LiveDatabase;
  /** Milliseconds for which an Idempotency-Key is remembered. */
  keep: number;
  portion?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Forgets which turn an Idempotency-Key has become, once nobody repeats it any more. */
export function createOldTextTurns(options: OldTextTurnsOptions) {
  const { database, keep, portion = DEFAULT_PORTION, now, log } = options;

  return async function removeOldTextTurns(): Promise<number> {
    const old: string[] = [];
    for (const companyId of await database.keys(live.textTurns)) {
      const { value } = await database.read(live.textTurnsOf(companyId));
      const claims = Object.entries((value ?? {}) as Record<string, unknown>);
      const keys = claims.filter(([, claim]) => isOld(claim)).map(([key]) => key);
      old.push(...keys.map((key) => live.textTurn(companyId, key)));
    }
    let removed = 0;
    let failed = 0;
    let lastError: Error | undefined;
    await sideBySide(old.slice(0, portion), AT_ONCE, async (path) => {
      try {
        const { value, etag } = await database.read(path);
        if (isOld(value) && (await database.compareAndSet(path, etag, null)).done) removed++;
      } catch (error) {
        failed++;
        lastError = asError(error);
      }
    });
    if (failed > 0) {
      log.error('Old claims of text turns could not be removed; the next run tries again.', {
        count: failed,
        error: lastError,
      });
    }
    return removed;
  };

  /** What has no schema leads nowhere. */
  function isOld(value: unknown): boolean {
    if (value === null) return false;
    const { data } = TextTurn.safeParse(value);
    return !data || now() - instant(data.at) >= keep;
  }
}
