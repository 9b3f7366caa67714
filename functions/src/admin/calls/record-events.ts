import type { CallEvent } from '../../calls/model.ts';
import { AuroraError, isRetryable } from '../../errors.ts';
import { within } from '../../within.ts';
import { internal } from '../answer-error.ts';
import type { Audit, AuditEntry } from '../audit.ts';

/** Milliseconds that a request waits for its entry, and then for its change. */
const PATIENCE = 8_000;

export interface RecordEventsOptions {
  audit: Pick<Audit, 'record'>;
  /** The mirror's: into the live call, or into the archive where the call has a tombstone. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** The archive's, for late events. */
  merge: (callId: string, events: readonly CallEvent[]) => Promise<void>;
}

/** What somebody does to a call that is known to be there. */
export interface Deed {
  callId: string;
  entry: AuditEntry;
  events: readonly CallEvent[];
}

export interface RecordEvents {
  /**
   * Writes the entry, then the events: what the audit log can't hold is not done. Throws 503
   * `not_recorded` where nothing was changed, and `unavailable` where nobody knows.
   */
  record(deed: Deed): Promise<void>;
  /** The events alone: of a deed that is recorded already. */
  apply(callId: string, events: readonly CallEvent[]): Promise<void>;
}

/**
 * Events of people, brought to the call wherever it is. An archived call has no tombstone when it
 * was imported or is older than tombstones are kept: the mirror takes it for one that is not live
 * yet, and its events are merged into the archive here.
 */
export function createRecordEvents({ audit, merge, ...mirror }: RecordEventsOptions): RecordEvents {
  async function bring(callId: string, events: readonly CallEvent[]): Promise<void> {
    try {
      await mirror.apply(events);
    } catch (thrown) {
      if (!(thrown instanceof AuroraError && thrown.code === 'call_not_live_yet')) throw thrown;
      await merge(callId, events);
    }
  }

  async function apply(callId: string, events: readonly CallEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await within(PATIENCE, bring(callId, events));
    } catch (cause) {
      if (!isRetryable(cause)) throw internal(cause);
      throw new AuroraError(
        503,
        'unavailable',
        'It is not known whether this was changed. Read the call in a few seconds, then decide.',
        { cause },
      );
    }
  }

  return {
    apply,
    async record({ callId, entry, events }) {
      await recorded(audit, entry);
      await apply(callId, events);
    },
  };
}

/** Throws 503 `not_recorded` where the audit log can't be written. */
export async function recorded(audit: Pick<Audit, 'record'>, entry: AuditEntry): Promise<void> {
  try {
    await within(PATIENCE, audit.record(entry));
  } catch (cause) {
    throw new AuroraError(
      503,
      'not_recorded',
      'The audit log could not be written, so nothing was changed. Try again in a few seconds.',
      { cause },
    );
  }
}
