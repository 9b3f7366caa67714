import { setTimeout as wait } from 'node:timers/promises';
import type { Archive } from '../archive/archive.ts';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import { conversationId } from '../calls/ids.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';

/** What the archive has of a call. */
export interface ArchivedCopy {
  call: ArchivedCall;
  /** Absent where nothing was said. */
  conversation: ArchivedConversation | undefined;
}

export type ArchiveReader = Pick<Archive, 'call' | 'conversation'>;

/** The call first: it is written together with its words, so that none are missed. */
export async function readArchived(
  archive: ArchiveReader,
  callId: string,
): Promise<ArchivedCopy | undefined> {
  const call = await archive.call(callId);
  return call && { call, conversation: await archive.conversation(conversationId(callId)) };
}

/**
 * Milliseconds between the looks for a call whose live copy has gone: about 30 s in all. The archive
 * has it before that as a rule; where somebody removed the live copy by hand, a trigger archives it.
 */
export const PAUSES: readonly number[] = [0, 250, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

/** Looks until the archive has it. Undefined when it never did, or when nobody waits any more. */
export async function awaitArchived(
  archive: ArchiveReader,
  callId: string,
  { pauses, signal, log }: { pauses: readonly number[]; signal: AbortSignal; log: Log },
): Promise<ArchivedCopy | undefined> {
  for (const pause of pauses) {
    await wait(pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    try {
      const found = await readArchived(archive, callId);
      if (found) return found;
    } catch (error) {
      log.warn('The archive could not be read for a stream; it is tried again.', {
        error: asError(error),
      });
    }
  }
  return undefined;
}
