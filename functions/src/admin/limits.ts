import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyRequests } from '../errors.ts';

/** Requests of one minute, on one instance. */
export interface LimitOptions {
  perAddress: number;
  perToken: number;
}

export interface Limits {
  /** Each counts one request, and throws 429 `too_many_requests` when there were too many. */
  address(ip: string): Promise<void>;
  token(tokenId: string): Promise<void>;
}

const MINUTE_IN_SECONDS = 60;

/**
 * Keeps one client from taking an instance for itself. Counted in memory: the limit guards this
 * instance's CPU, and every further instance brings its own. What must hold over all instances
 * (sign-ins, open streams) is counted in the Realtime Database.
 */
export function createLimits({ perAddress, perToken }: LimitOptions): Limits {
  const addresses = new RateLimiterMemory({ points: perAddress, duration: MINUTE_IN_SECONDS });
  const tokens = new RateLimiterMemory({ points: perToken, duration: MINUTE_IN_SECONDS });
  return {
    address: (ip) => count(addresses, ip),
    token: (tokenId) => count(tokens, tokenId),
  };
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new TooManyRequests(Math.ceil(refusal.msBeforeNext / 1_000));
  }
}
