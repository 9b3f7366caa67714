import type { CallEvent } from '../calls/model.ts';
import { type TimelineEntry, timelineId } from '../calls/timeline.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LostCallersOptions } from './lost-callers.ts';

export type Note = ReturnType<typeof createNote>;

export function createNote({ apply, now, log }: Pick<LostCallersOptions, 'apply' | 'now' | 'log'>) {
  /** Puts one thing on a call's timeline; what can't be written is not worth a caller. */
  return async function note(
    callId: string,
    began: string,
    key: readonly (string | number)[],
    entry: Omit<TimelineEntry, 'at'>,
    beside: CallEvent[] = [],
  ): Promise<void> {
    const at = isoInZone(now(), zoneOf(began));
    const id = timelineId('lost', callId, ...key);
    try {
      await apply([
        ...beside,
        { type: 'timeline_added', call_id: callId, id, entry: { at, ...entry } },
      ]);
    } catch (error) {
      log.error('What was done about a lost caller could not be put on the timeline.', {
        error: asError(error),
      });
    }
  };
}
