import type { CallEvent } from '../calls/model.ts';
import { type TimelineEntry, timelineId } from '../calls/timeline.ts';
import type { Leg } from './record.ts';

/** What the call's timeline is told of a leg and a room; a repetition is the same entry. */

type Told = Omit<TimelineEntry, 'at' | 'step'>;

export type LegStep = 'join_requested' | 'joined' | 'mode_changed' | 'left' | 'join_failed';

export function toldOfLeg(
  callId: string,
  id: string,
  step: LegStep,
  at: string,
  leg: Pick<Leg, 'admin_id' | 'mode' | 'reason'>,
  told: Told = {},
): CallEvent {
  const { admin_id: whom, mode: channel, reason } = leg;
  const isOver = step === 'left' || step === 'join_failed';
  return {
    type: 'timeline_added',
    call_id: callId,
    // A leg may change its mode several times, and is told of once for everything else.
    id: timelineId('join', id, step, step === 'mode_changed' ? at : ''),
    entry: {
      at,
      step,
      whom,
      channel,
      ...(isOver && reason !== undefined ? { reason } : {}),
      ...told,
    },
  };
}

/** Whether what is said in a room is written down. */
export function toldOfTranscription(
  callId: string,
  room: number,
  at: string,
  reason?: string,
): CallEvent {
  const step = reason === undefined ? 'transcribed' : 'not_transcribed';
  return {
    type: 'timeline_added',
    call_id: callId,
    id: timelineId('transcription', room, step),
    entry: { at, step, ...(reason === undefined ? {} : { reason }) },
  };
}
