import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { shortHash } from '../calls/ids.ts';
import { TooManyRequests } from '../errors.ts';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

/** Milliseconds that anybody has to wait at most. */
const LONGEST_DELAY = 15 * 60 * SECOND;

/** Tries without a delay: for one account from one address, and for all accounts from one. */
const FREE_FOR_PAIR = 5;
const FREE_FOR_ADDRESS = 30;

/** Addresses that tried one account in vain; at each doubling an alert is logged again. */
const MANY_ADDRESSES = 10;

/** Tries at one change against others who try at the same moment. */
const MOST_CHANGES = 10;

const DIGITS = 40;

/** What `login_tries/{key}` holds; times in epoch milliseconds. */
export const TryRecord = z.object({
  tries: z.number().int().min(0),
  /** Of the last one. */
  at: z.number(),
  /** Until then the next one is refused. */
  until: z.number(),
});
type TryRecord = z.infer<typeof TryRecord>;

/** Nothing follows from tries that are a day old. */
export function isForgotten({ at }: Pick<TryRecord, 'at'>, now: number): boolean {
  return now - at >= DAY;
}

/** One counted try, whose outcome is still open. */
export interface Try {
  /** Forgets what was counted for this account at this address, and this try of the address. */
  succeeded(): Promise<void>;
  /**
   * `adminId` where the account exists: for the alert when many addresses try it. An account that
   * does not exist costs the same writes, so that the time tells nobody which ones do.
   */
  failed(adminId?: string): Promise<void>;
}

export interface LoginTries {
  /**
   * Counts a try before anything is computed, so that many at once don't all slip through. Without
   * an account only the address counts. Throws 429 `too_many_tries`.
   *
   * What is refused is an address, for all accounts or for one: nobody can lock out somebody who
   * signs in from elsewhere.
   */
  count(from: { ip: string; account?: string }): Promise<Try>;
}

export interface LoginTryOptions {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

export function createLoginTries({ database, now, log }: LoginTryOptions): LoginTries {
  async function count({ ip, account }: { ip: string; account?: string }): Promise<Try> {
    const address = networkOf(ip);
    const pair = account === undefined ? undefined : key('pair', account, address);
    const whole = key('address', address);
    const ofPair = pair === undefined ? 0 : await add(pair, FREE_FOR_PAIR);
    try {
      await add(whole, FREE_FOR_ADDRESS);
    } catch (refusal) {
      if (pair !== undefined) await takeBack(pair, FREE_FOR_PAIR);
      throw refusal;
    }
    return {
      async succeeded() {
        await Promise.all([
          pair !== undefined && change(pair, () => undefined),
          takeBack(whole, FREE_FOR_ADDRESS),
        ]);
      },
      async failed(adminId) {
        if (account !== undefined && ofPair === 1) await noteAddress(account, adminId);
      },
    };
  }

  /** How many there are with this one. */
  async function add(at: string, free: number): Promise<number> {
    let tries = 0;
    await change(at, (known) => {
      const wait = (known?.until ?? 0) - now();
      if (wait > 0) throw tooManyTries(wait);
      tries = (known?.tries ?? 0) + 1;
      return { tries, at: now(), until: now() + delayAfter(tries, free) };
    });
    return tries;
  }

  async function takeBack(at: string, free: number): Promise<void> {
    await change(at, (known) => {
      if (!known || known.tries <= 1) return undefined;
      const tries = known.tries - 1;
      return { tries, at: known.at, until: known.at + delayAfter(tries, free) };
    });
  }

  async function noteAddress(account: string, adminId: string | undefined): Promise<void> {
    const addresses = await add(key('account', account), Number.POSITIVE_INFINITY);
    const doublings = Math.log2(addresses / MANY_ADDRESSES);
    if (adminId === undefined || doublings < 0 || !Number.isInteger(doublings)) return;
    log.alert('Many addresses tried to sign in as one supervisor within a day.', {
      count: addresses,
      reason: adminId,
    });
  }

  async function change(at: string, to: (known?: TryRecord) => TryRecord | undefined) {
    try {
      await changeAt(database, live.loginTry(at), MOST_CHANGES, (value) => {
        const { data: known } = TryRecord.safeParse(value);
        return to(known && !isForgotten(known, now()) ? known : undefined);
      });
    } catch (error) {
      throw (error as { code?: unknown }).code === 'contended' ? tooManyTries(SECOND) : error;
    }
  }

  return { count };
}

/** Milliseconds until the next try, after so many. */
function delayAfter(tries: number, free: number): number {
  if (tries < free) return 0;
  return Math.min(LONGEST_DELAY, SECOND * 2 ** (tries - free));
}

function tooManyTries(wait: number): TooManyRequests {
  return new TooManyRequests(Math.ceil(wait / SECOND), 'too_many_tries', 'tries to sign in');
}

function key(...parts: string[]): string {
  return shortHash(JSON.stringify(parts), DIGITS);
}

/**
 * What counts as one address. Whoever has one IPv6 address has 2^64 of them, the network:
 * https://www.rfc-editor.org/rfc/rfc6177
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = ip.split('%');
  if (!isIPv6(plain)) return ip;
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
