import { z } from 'zod';
import { isForgotten, TryRecord } from '../access/login-tries.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { type OldEntry, removeOld } from './remove-old.ts';

const RevokedToken = z.object({ expires_at: z.number() });

export interface OldSessionsOptions {
  /** With a deadline of its own: all tries of a day are read, about 120 bytes for each. */
  database: LiveDatabase;
  /** Removals in one run; the next run goes on. */
  portion?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Forgets failed sign-ins after a day, and revoked tokens that have expired by themselves. */
export function createOldSessions(options: OldSessionsOptions) {
  const { database, portion, now, log } = options;

  return async function removeOldSessions(): Promise<number> {
    const tries = await oldAt(live.loginTries, isOldTry);
    const tokens = await oldAt(live.revokedTokens, isExpired);
    return removeOld([...tries, ...tokens], {
      database,
      portion,
      log,
      failed: 'Old sign-ins could not be removed; the next run tries again.',
    });
  };

  async function oldAt(folder: string, isOld: OldEntry['isOld']): Promise<OldEntry[]> {
    const { value } = await database.read(folder);
    return Object.entries((value ?? {}) as Record<string, unknown>)
      .filter(([, each]) => isOld(each))
      .map(([key]) => ({ path: `${folder}/${key}`, isOld }));
  }

  /** What has no schema counts for nothing: the next try overwrites it. */
  function isOldTry(value: unknown): boolean {
    if (value === null) return false;
    const { data } = TryRecord.safeParse(value);
    return !data || isForgotten(data, now());
  }

  /** What has no schema stays: whatever stands there ends its token. */
  function isExpired(value: unknown): boolean {
    const { data } = RevokedToken.safeParse(value);
    return data !== undefined && data.expires_at <= now();
  }
}
