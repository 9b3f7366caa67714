import type { Database } from 'firebase-admin/database';
import { z } from 'zod';
import { TooManyRequests } from '../admin/limits.ts';
import { asError } from '../errors.ts';
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

const StoredSlot = z.object({ at: z.number(), until: z.number() });

export interface SlotOptions {
  database: Database;
  /** Milliseconds after which a slot that nobody gave back does not count any more. */
  longest: number;
  /** Epoch milliseconds. */
  now: () => number;
  newId: () => string;
  log: Log;
}

/**
 * Counts open streams in the Realtime Database. Each stream writes its own slot and counts after that: of
 * two that race for the last place, the one that is written later sees the other, so that there are never
 * too many. An instance that dies has its slots removed by the database itself.
 */
export function createSlots({ database, longest, now, newId, log }: SlotOptions): Slots {
  const held = new Map<string, z.infer<typeof StoredSlot>>();
  let wasConnected = false;

  // The database removes the slots of a connection that ends; they are set again when it is back.
  database.ref('.info/connected').on('value', (snapshot) => {
    const isConnected = snapshot.val() === true;
    if (isConnected && wasConnected) for (const [path, slot] of held) put(path, slot);
    wasConnected ||= isConnected;
  });

  function put(path: string, slot: object): Promise<unknown> {
    const reference = database.ref(path);
    const removed = reference.onDisconnect().remove();
    const written = reference.set(slot);
    return Promise.all([removed, written]);
  }

  /** What is sent meanwhile is taken back in the order in which it was sent. */
  function give(path: string): void {
    held.delete(path);
    const reference = database.ref(path);
    const failed = (error: unknown) =>
      log.warn('A slot was not given back; it counts until its time is over.', {
        error: asError(error),
      });
    reference.onDisconnect().cancel().catch(failed);
    reference.remove().catch(failed);
  }

  async function takeOne({ key, most }: SlotKey): Promise<() => void> {
    const id = newId();
    const path = live.streamSlot(key, id);
    try {
      const until = now() + longest;
      const [, slots] = await within(
        PATIENCE,
        Promise.all([
          put(path, { at: { '.sv': 'timestamp' }, until }),
          database.ref(live.streamSlots(key)).get(),
        ]),
      );
      const others = new Map<string, z.infer<typeof StoredSlot>>();
      slots.forEach((slot) => {
        const stored = StoredSlot.safeParse(slot.val());
        if (stored.success) others.set(slot.key, stored.data);
      });
      const own = others.get(id);
      others.delete(id);
      if (!own) throw new Error('The slot that was written is not there.');
      if (earlier(key, own, others) >= most) {
        throw new TooManyRequests(RETRY_AFTER_IN_SECONDS, 'too_many_streams', 'open streams');
      }
      held.set(path, own);
      return () => give(path);
    } catch (error) {
      give(path);
      throw error instanceof TooManyRequests ? error : unavailable(error);
    }
  }

  /** How many were there before; those whose time is over are cleared away. */
  function earlier(
    key: string,
    own: z.infer<typeof StoredSlot>,
    others: Map<string, z.infer<typeof StoredSlot>>,
  ): number {
    let count = 0;
    for (const [id, { at, until }] of others) {
      if (until <= own.at) give(live.streamSlot(key, id));
      else if (at <= own.at) count++;
    }
    return count;
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
