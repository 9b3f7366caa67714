import { z } from 'zod';
import { CALL_SID } from '../calls/ids.ts';
import { Timestamp } from '../calls/model.ts';

/**
 * The conference of a call, as `conferences/{call_id}` holds it: the legs of the supervisors who are
 * rung, and the room in which they are joined with the caller. Changed by compare-and-set alone; see
 * changes.ts for how.
 */

/** To talk with the caller, to hear the caller and whoever speaks, or to be heard by the speaker alone. */
export const MODES = ['speak', 'listen', 'whisper'] as const;
export const Mode = z.enum(MODES);
export type Mode = z.infer<typeof Mode>;

/**
 * A leg's way: asked for, ringing, answered, in the room. `left` ends one that was in the room,
 * `failed` one that never was.
 */
export const LEG_STATES = ['requested', 'ringing', 'answered', 'joined', 'left', 'failed'] as const;
export const LegState = z.enum(LEG_STATES);
export type LegState = z.infer<typeof LegState>;

export const LEG_ID = /^leg[1-9][0-9]{0,3}$/;
export const CONFERENCE_SID = /^CF[0-9a-f]{32}$/;

const Room = z.number().int().min(0).max(9_999);

export const Leg = z.object({
  admin_id: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  mode: Mode,
  state: LegState,
  requested_at: Timestamp,
  sid: z.string().regex(CALL_SID).optional(),
  /** Whether 1 was pressed: a voicemail never does. */
  pressed: z.literal(true).optional(),
  /** The last room that was entered, and the last that was left. */
  entered: Room.default(0),
  exited: Room.default(0),
  /** Why it has left or failed: `busy`, `not_pressed`, `hung_up`, … */
  reason: z.string().max(64).optional(),
});
export type Leg = z.infer<typeof Leg>;

const SpokenPart = z.object({ text: z.string(), language: z.string() });

export const Conference = z.object({
  /** The caller's leg. */
  call_sid: z.string().regex(CALL_SID),
  /** Rooms are counted from 1: each is a conference of its own at Twilio. */
  room: Room.min(1),
  /** Twilio's id of the present room, once somebody is in it. */
  sid: z.string().regex(CONFERENCE_SID).optional(),
  /** The leg with which the present room ends, so that the caller is never left alone in it. */
  keystone: z.string().regex(LEG_ID).optional(),
  caller: z.object({
    state: z.enum(['out', 'sent', 'in']),
    /** When the caller was sent into a room, or left one. */
    at: Timestamp,
    /** The last room that was left, and when. */
    exited: Room.default(0),
    exited_at: Timestamp.optional(),
  }),
  /** Whether Aurora was asked to speak although a supervisor does. */
  aurora: z.boolean().default(false),
  transcription: z.enum(['off', 'on', 'failed']),
  /** The last room of which Twilio has told that it is transcribed. */
  heard_room: Room.default(0),
  /** The place of the last turn that was taken in a room. */
  place: z.number().int().min(0).default(0),
  /** The link of the next turn, as a query: what Aurora goes on from. */
  link: z.string().max(2_000),
  legs: z.record(z.string().regex(LEG_ID), Leg).default({}),
  /** What waits to be announced into the room; keys are message ids. */
  said: z.record(z.string(), z.array(SpokenPart).max(20)).default({}),
});
export type Conference = z.infer<typeof Conference>;
