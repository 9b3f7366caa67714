import { z } from 'zod';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { available } from '../available.ts';

/** Milliseconds for which one edit has a call for itself; after that anybody may take it over. */
const LEASE = 10_000;
/** Milliseconds that must be left when the change is sent: the database's own deadline. */
const TIME_TO_WRITE = 5_000;

const Held = z.object({ holder: z.string(), until: z.number() });

export interface EditLease {
  /**
   * Does the work while nobody else edits the call, on whatever instance. The work calls `stillMine`
   * right before it writes. Throws 409 `being_changed` where somebody does.
   */
  alone<T>(callId: string, work: (stillMine: () => void) => Promise<T>): Promise<T>;
}

/**
 * Leases at `call_edits/{call_id}`, taken and given back by compare-and-set. Should a change land
 * although its lease has been taken over meanwhile, it does not undo the newer one: of two words on
 * one field the later stands.
 */
export function createEditLease(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
  /** A new one for each lease. */
  randomId: () => string;
}): EditLease {
  const { database, now, randomId } = options;

  async function alone<T>(callId: string, work: (stillMine: () => void) => Promise<T>): Promise<T> {
    const path = live.callEdit(callId);
    const mine = { holder: randomId(), until: now() + LEASE };
    if (!(await available(take(path, mine)))) throw beingChanged();
    try {
      return await work(() => {
        if (now() + TIME_TO_WRITE > mine.until) throw tooSlow();
      });
    } finally {
      await giveBack(path, mine.holder);
    }
  }

  async function take(path: string, mine: z.infer<typeof Held>): Promise<boolean> {
    const { value, etag } = await database.read(path);
    const held = Held.safeParse(value).data;
    if (held && held.until > now()) return false;
    return (await database.compareAndSet(path, etag, mine)).done;
  }

  /** A lease that can't be given back ends by itself. */
  async function giveBack(path: string, holder: string): Promise<void> {
    try {
      const { value, etag } = await database.read(path);
      if (Held.safeParse(value).data?.holder === holder) {
        await database.compareAndSet(path, etag, null);
      }
    } catch {}
  }

  return { alone };
}

function beingChanged(): AuroraError {
  return new AuroraError(
    409,
    'being_changed',
    'Somebody is changing this call at this moment. Read it again, then repeat your change.',
  );
}

function tooSlow(): AuroraError {
  return new AuroraError(
    503,
    'unavailable',
    'The call took too long to read, so nothing was changed. Try again in a few seconds.',
  );
}
