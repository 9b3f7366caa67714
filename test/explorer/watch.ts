import { isDeepStrictEqual } from 'node:util';
import { conversationId } from '../../functions/src/calls/ids.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { live } from '../../functions/src/paths.ts';
import type { Ledger } from './ledger.ts';
import { child, type RealtimeStore } from './realtime-database.ts';

/** Looks at every change of the live database while the schedule runs. */
export function watchLive({ violations }: Ledger, isInArchive: (callId: string) => boolean) {
  return function watch(before: unknown, after: unknown): void {
    const [old, current] = [child(before, live.calls), child(after, live.calls)];
    for (const id of Object.keys((current ?? {}) as object)) {
      if (child(old, id) === null) watchBeginning(id, child(after, live.tombstones));
    }
    for (const [id, old, current] of changes(live.calls, before, after)) {
      watchCall(id, old, current);
    }
    for (const [id, old, current] of changes(live.conversations, before, after)) {
      watchWords(id, child(old, 'messages'), child(current, 'messages'));
    }
  };

  /**
   * A writer that looked before the tombstone was there may make a call live for a moment, but it
   * then finds the tombstone. Without one an archived call would stay live (I4).
   */
  function watchBeginning(id: string, tombstones: unknown): void {
    if (isInArchive(id) && child(tombstones, id) === null) {
      violations.push(`I4: ${id} is archived and was made live again`);
    }
  }

  /** What a call was, it stays (I5); removal is for the checks at the end. */
  function watchCall(id: string, old: unknown, current: unknown): void {
    if (child(old, 'status') === 'ENDED' && child(current, 'status') !== 'ENDED') {
      violations.push(`I5: ${id} came back from ENDED`);
    }
    const [was, is] = [old, current].map((call) => child(call, 'last_message_at'));
    if (typeof was === 'string' && typeof is === 'string' && instant(is) < instant(was)) {
      violations.push(`I5: last_message_at of ${id} stepped back`);
    }
  }

  /** The first content that is applied stays; only that it was not spoken may be added (I3). */
  function watchWords(id: string, old: unknown, current: unknown): void {
    for (const [messageId, message] of Object.entries((old ?? {}) as object)) {
      if (!isSameWords(child(current, messageId), message)) {
        violations.push(`I3: message ${messageId} of ${id} was changed or removed while live`);
      }
    }
  }
}

/** What is live of archived calls: where nothing went astray, it takes no sweeper to remove it. */
export function liveRemains({ get }: RealtimeStore): string[] {
  return Object.keys((get(live.tombstones) ?? {}) as object).flatMap((id) => [
    ...(get(live.call(id)) === null ? [] : [`I4: ${id} is archived and live before the sweep`]),
    ...(get(live.conversation(conversationId(id))) === null
      ? []
      : [`I4: words of ${id} are live before the sweep`]),
  ]);
}

/** Children of one node that are there before and after, and differ. */
export function changes(
  node: string,
  before: unknown,
  after: unknown,
): [string, unknown, unknown][] {
  const [old, current] = [child(before, node), child(after, node)];
  if (old === null || current === null || old === current) return [];
  return Object.keys(old as object).flatMap((id): [string, unknown, unknown][] => {
    const [was, is] = [child(old, id), child(current, id)];
    return is === null || was === is ? [] : [[id, was, is]];
  });
}

function isSameWords(current: unknown, old: unknown): boolean {
  if (current === old) return true;
  const { spoken: _, ...words } = (current ?? {}) as { spoken?: unknown };
  const { spoken: __, ...before } = (old ?? {}) as { spoken?: unknown };
  return isDeepStrictEqual(words, before);
}
