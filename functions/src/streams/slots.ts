import type { Database, DataSnapshot } from 'firebase-admin/database';
import { z } from 'zod';
import { asError, TooManyRequests } from '../errors.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';
import { unavailable } from './watched-access.ts';

/** Whose stream it is, and how many of them may be open at once over all instances. */
export interface SlotKey {
  /** A hash. */
  key: string;
  most: number;
}

export interface Slots {
  /**
   * Takes one slot of each key. Throws 429 `too_many_streams` when there is none left, 503 when
   * nobody can say. Returns how to give them back.
   */
  take(keys: readonly SlotKey[]): Promise<() => void>;
}

/** Milliseconds that the Realtime Database is given to answer. */
const PATIENCE = 1_000;

/** When a client that was refused may try again: slots come free at any time. */
const RETRY_AFTER_IN_SECONDS = 10;

/** How many streams of a key an instance has open; after `until` (epoch milliseconds) it has none. */
const Held = z.object({ count: z.number().int().min(0), until: z.number() });

export interface SlotOptions {
  database: Database;
  /** Milliseconds after which no stream of now is open any more. */
  longest: number;
  /** Epoch milliseconds. */
  now: () => number;
  /** Of this instance, and never used by another one. */
  instanceId: string;
  log: Log;
}

/**
 * Counts open streams in the Realtime Database, where each instance says how many it has of a key. A
 * stream is counted first, and then it is looked how many there are: of two that race for the last
 * place, the one that is counted later sees the other, so that there are never too many; that both
 * are refused is possible. An instance that dies has its counts removed by the database itself.
 */
export function createSlots({ database, longest, now, instanceId, log }: SlotOptions): Slots {
  const counts = new Map<string, number>();
  let wasConnected = false;

  // The database removes the counts of a connection that ends; they are set again when it is back.
  database.ref('.info/connected').on('value', (snapshot) => {
    const isConnected = snapshot.val() === true;
    if (isConnected && wasConnected) {
      for (const key of counts.keys()) {
        removeWhenGone(key);
        tell(key).catch(failed);
      }
    }
    wasConnected ||= isConnected;
  });

  const own = (key: string) => database.ref(live.streamSlot(key, instanceId));

  function removeWhenGone(key: string): void {
    own(key).onDisconnect().remove().catch(failed);
  }

  function tell(key: string): Promise<void> {
    const count = counts.get(key);
    if (count !== undefined) return own(key).set({ count, until: now() + longest });
    own(key).onDisconnect().cancel().catch(failed);
    return own(key).remove();
  }

  /** What is sent while there is no connection is sent later, in order. */
  function failed(error: unknown): void {
    log.warn('How many streams are open was not told; it counts until its time is over.', {
      error: asError(error),
    });
  }

  function give(key: string): void {
    const count = (counts.get(key) ?? 1) - 1;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
    tell(key).catch(failed);
  }

  async function takeOne({ key, most }: SlotKey): Promise<() => void> {
    const rank = (counts.get(key) ?? 0) + 1;
    counts.set(key, rank);
    if (rank === 1) removeWhenGone(key);
    try {
      const written = tell(key);
      const reading = database.ref(live.streamSlots(key)).get();
      const [, instances] = await within(PATIENCE, Promise.all([written, reading]));
      if (elsewhere(instances) + rank <= most) return () => give(key);
    } catch (error) {
      give(key);
      throw unavailable(error);
    }
    give(key);
    throw new TooManyRequests(RETRY_AFTER_IN_SECONDS, 'too_many_streams', 'open streams');
  }

  /** How many the other instances have; what one left behind that is gone for good is cleared away. */
  function elsewhere(instances: DataSnapshot): number {
    let sum = 0;
    instances.forEach((instance) => {
      if (instance.key === instanceId) return;
      const { success, data } = Held.safeParse(instance.val());
      if (success && data.until > now()) sum += data.count;
      else instance.ref.remove().catch(failed);
    });
    return sum;
  }

  return {
    async take(keys) {
      const taken = await Promise.allSettled(keys.map(takeOne));
      const giveBack = () => {
        for (const slot of taken) if (slot.status === 'fulfilled') slot.value();
      };
      const refused = taken.find((slot) => slot.status === 'rejected');
      if (!refused) return giveBack;
      giveBack();
      throw refused.reason;
    },
  };
}
