import { z } from 'zod';
import { Channel } from '../../calls/channel.ts';
import { CALL_ID } from '../../calls/ids.ts';
import type { CallEvent } from '../../calls/model.ts';
import { timelineId } from '../../calls/timeline.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { Accepted, SignedAnswer } from '../app.ts';
import { MessageStatusParameters } from './message-parameters.ts';

export interface MessageStatusOptions {
  /** Records what happened; resolves to whether it is durable. */
  record: (events: CallEvent[]) => Promise<boolean>;
  /** IANA, of the times on the timeline. */
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The query that `messageStatusUrl` writes. */
const Query = z.object({
  call: z.string().regex(CALL_ID),
  on: Channel.optional().catch(undefined),
  tell: z.literal('delivery').optional().catch(undefined),
});

const FAILED = new Set(['failed', 'undelivered', 'canceled']);

/**
 * `/message-status`: what became of a message of ours goes onto the timeline of its call: that it
 * failed, always; that it was delivered, where it was asked for. One entry for each message and
 * outcome, so that callbacks may come again and in any order.
 */
export function createMessageStatus({ record, timeZone, now }: MessageStatusOptions) {
  return async function messageStatus({ query, form }: Accepted): Promise<SignedAnswer> {
    const of = Query.safeParse(Object.fromEntries(query));
    const status = MessageStatusParameters.safeParse(form);
    if (!of.success || !status.success) return { status: 204 };
    const { call, on, tell } = of.data;
    const { MessageSid, MessageStatus, ErrorCode } = status.data;
    const hasFailed = FAILED.has(MessageStatus);
    if (!hasFailed && !(tell && MessageStatus === 'delivered')) return { status: 204 };
    const step = hasFailed ? 'text_failed' : 'text_sent';
    const isDurable = await record([
      {
        type: 'timeline_added',
        call_id: call,
        id: timelineId(step, MessageSid),
        entry: {
          at: isoInZone(now(), timeZone),
          step,
          ...(on === undefined ? {} : { channel: on }),
          reason: hasFailed ? (ErrorCode ?? MessageStatus) : MessageStatus,
        },
      },
    ]);
    if (isDurable) return { status: 204 };
    throw new AuroraError(503, 'not_stored', 'What became of a message could not be stored.');
  };
}
