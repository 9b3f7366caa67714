import type { CallEvent } from '../calls/model.ts';
import { type TimelineEntry, timelineId } from '../calls/timeline.ts';
import { isoInZone } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Chain } from './chain.ts';

/** One thing that was done or answered. */
export interface Note extends Omit<TimelineEntry, 'at' | 'round'> {
  /** With step and round of the chain its identity: told twice, it is one entry. */
  key: readonly (string | number)[];
  /** The stage that it belongs to, from 0. */
  stage?: number;
  /** Another call than the chain's. */
  callId?: string;
}

export interface Timeline {
  /** Never rejects: people are fetched although what is done about it can't be written down. */
  note(
    chain: Pick<Chain, 'call_id' | 'round' | 'time_zone'>,
    notes: readonly Note[],
  ): Promise<void>;
}

/** Puts what is done on the call's timeline, live and archived. */
export function createTimeline(options: {
  /** Brings events to the call, wherever it is; durable when it resolves. */
  record: (events: readonly CallEvent[]) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}): Timeline {
  return {
    async note({ call_id, round, time_zone }, notes) {
      const at = isoInZone(options.now(), time_zone);
      const byCall = Map.groupBy(notes, ({ callId = call_id }) => callId);
      for (const [callId, all] of byCall) {
        const events = all.map(({ key, stage, callId: _, ...entry }): CallEvent => {
          const id = timelineId('page', entry.step, call_id, round, ...key);
          const place = stage === undefined ? {} : { round: stage + 1 };
          return { type: 'timeline_added', call_id: callId, id, entry: { at, ...entry, ...place } };
        });
        try {
          await options.record(events);
        } catch (error) {
          log(options, asError(error));
        }
      }
    },
  };
}

function log({ log }: { log: Log }, error: Error): void {
  log.error('What was done to fetch people could not be put on the timeline.', { error });
}
