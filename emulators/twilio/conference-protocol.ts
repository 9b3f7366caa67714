/** What a leg and its conference say to each other, in one process or across the control channel. */
import { z } from 'zod';

export const CONFERENCE_EVENTS = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
  'modify',
  'announcement',
] as const;
export type ConferenceEvent = (typeof CONFERENCE_EVENTS)[number];

const callSid = z.string().regex(/^CA[0-9a-f]{32}$/);

export const joinRequestSchema = z.object({
  callSid,
  name: z.string(),
  /** The two legs of a Dial: nobody is told of it, and it ends with either of them. */
  bridge: z.boolean(),
  muted: z.boolean(),
  startOnEnter: z.boolean(),
  endOnExit: z.boolean(),
  /** The only one who hears this participant. */
  coaches: callSid.nullable(),
  label: z.string().nullable(),
  maxParticipants: z.number(),
  /** Of the conference: the first participant's count. Empty for none. */
  statusCallback: z.string(),
  statusCallbackMethod: z.enum(['GET', 'POST']),
  statusCallbackEvents: z.array(z.enum(CONFERENCE_EVENTS)),
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

export const LEAVE_REASONS = ['hung-up', 'redirected'] as const;
/** Why a leg leaves a conference. */
export type LeaveReason = (typeof LEAVE_REASONS)[number];

export const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('joined'), conferenceSid: z.string() }),
  /** What a participant says is heard from now on. */
  z.object({ type: z.literal('started') }),
  z.object({
    type: z.literal('heard'),
    text: z.string(),
    from: callSid,
    label: z.string().nullable(),
  }),
  /** By an announcement, to everybody or to this participant. */
  z.object({
    type: z.literal('said'),
    text: z.string(),
    language: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('played'), url: z.string() }),
  z.object({
    type: z.literal('changed'),
    muted: z.boolean(),
    hold: z.boolean(),
    coaches: callSid.nullable(),
  }),
  /** Put out, or the conference has ended: the leg goes on with its document. */
  z.object({ type: z.literal('removed'), reason: z.enum(['kicked', 'ended']) }),
  z.object({ type: z.literal('refused'), reason: z.enum(['full', 'coached-is-not-there']) }),
]);
export type ConferenceNotice = z.infer<typeof noticeSchema>;

export interface Membership {
  /** Nothing where it is not heard: before the conference has started, muted, on hold. */
  say(text: string): void;
  /** Once; later ones do nothing. */
  leave(reason: LeaveReason): void;
}

export interface Conferences {
  /** The notices come in order; the first is `joined` or `refused`. */
  join(request: JoinRequest, notify: (notice: ConferenceNotice) => void): Membership;
}
