import { TextTurn } from '../calls/texts.ts';
import { instant } from '../calls/times.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { type OldEntry, removeOld } from './remove-old.ts';

export interface OldTextTurnsOptions {
  /** With a deadline of its own: all claims of a company are read, about 500 bytes for each turn. */
  database: LiveDatabase;
  /** Milliseconds for which an Idempotency-Key is remembered. */
  keep: number;
  /** Removals in one run; the next run goes on. */
  portion?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Forgets which turn an Idempotency-Key has become, once nobody repeats it any more. */
export function createOldTextTurns(options: OldTextTurnsOptions) {
  const { database, keep, portion, now, log } = options;

  return async function removeOldTextTurns(): Promise<number> {
    const old: OldEntry[] = [];
    for (const companyId of await database.keys(live.textTurns)) {
      const { value } = await database.read(live.textTurnsOf(companyId));
      const claims = Object.entries((value ?? {}) as Record<string, unknown>);
      const keys = claims.filter(([, claim]) => isOld(claim)).map(([key]) => key);
      old.push(...keys.map((key) => ({ path: live.textTurn(companyId, key), isOld })));
    }
    return removeOld(old, {
      database,
      portion,
      log,
      failed: 'Old claims of text turns could not be removed; the next run tries again.',
    });
  };

  /** What has no schema leads nowhere. */
  function isOld(value: unknown): boolean {
    if (value === null) return false;
    const { data } = TextTurn.safeParse(value);
    return !data || now() - instant(data.at) >= keep;
  }
}
