import { z } from 'zod';
import type { Legs } from '../../conference/legs.ts';
import { type Conference, LegState, Mode } from '../../conference/record.ts';
import { AuroraError } from '../../errors.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { type Answer, type Route, route, type SignedInAsked } from '../route.ts';
import { type CallDesk, callParams } from './one-call.ts';
import type { RecordEvents } from './record-events.ts';

export interface JoinRoutesOptions {
  desk: CallDesk;
  record: RecordEvents['record'];
  conference: () => Promise<{
    legs: Pick<Legs, 'join' | 'changeMode' | 'leave' | 'auroraSpeaks'>;
    read(callId: string): Promise<Conference | undefined>;
  }>;
  /** E.164, of the supervisor's own record. */
  phoneOf: (adminId: string) => Promise<string | undefined>;
}

/** Who is joined with a call by phone, as clients see it. */
export const JoinView = z.object({
  call_id: z.string(),
  /** Whether the caller is with them: `sent` for the second in between. */
  caller: z.enum(['out', 'sent', 'in']),
  /** Whether Aurora was asked to speak although a supervisor does. */
  aurora_speaks: z.boolean(),
  /** Whether what is said is written down: `off` by the settings, `failed` at Twilio. */
  transcription: z.enum(['off', 'on', 'failed']).nullable(),
  /** In the order in which they were asked for. */
  legs: z.array(
    z.object({
      id: z.string(),
      admin_id: z.string(),
      mode: Mode,
      state: LegState,
      requested_at: z.string(),
      /** Why it has left or failed. */
      reason: z.string().nullable(),
    }),
  ),
});
export type JoinView = z.infer<typeof JoinView>;

const TAG = 'Calls';

const JOINED = { description: 'Who is joined with the call now.', schema: JoinView };

/** A supervisor's own phone, joined with the caller. */
export function joinRoutes({ desk, record, conference, phoneOf }: JoinRoutesOptions): Route[] {
  const read = route({
    method: 'GET',
    path: '/api/call/{call_id}/join',
    summary: 'Who is joined with a call by phone',
    tag: TAG,
    access: 'viewer',
    params: callParams,
    answers: { 200: JOINED },
    async handle({ principal, params }) {
      const { call_id } = await desk.open(principal, params.call_id);
      const { read: find } = await conference();
      return { body: viewJoin(call_id, await available(find(call_id))) };
    },
  });

  const join = route({
    method: 'POST',
    path: '/api/call/{call_id}/join',
    summary: 'Have your own phone rung, and be joined with the caller',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({
      mode: Mode.meta({
        description:
          'speak: you talk with the caller, and Aurora steps back. listen: you are muted, and Aurora goes on. whisper: only the supervisor who speaks hears you.',
      }),
    }),
    answers: {
      202: {
        ...JOINED,
        description: 'The phone of your record rings. Press 1 on it to be joined.',
      },
    },
    async handle(asked) {
      const { adminId } = asked.principal;
      const { mode } = asked.body;
      const phone = await available(phoneOf(adminId));
      return done(asked, 'call.join', { mode }, 202, (legs, callId) =>
        legs.join(callId, { id: adminId, phone }, mode),
      );
    },
  });

  const changeMode = route({
    method: 'POST',
    path: '/api/call/{call_id}/join/mode',
    summary: 'Change how your joined phone takes part',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({ mode: Mode }),
    answers: { 200: JOINED },
    async handle(asked) {
      const { mode } = asked.body;
      return done(asked, 'call.join_mode', { mode }, 200, (legs, callId) =>
        legs.changeMode(callId, asked.principal.adminId, mode),
      );
    },
  });

  const leave = route({
    method: 'POST',
    path: '/api/call/{call_id}/join/leave',
    summary: 'Hang your joined phone up, or stop its ringing',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    answers: { 200: JOINED },
    async handle(asked) {
      return done(asked, 'call.join_leave', {}, 200, (legs, callId) =>
        legs.leave(callId, asked.principal.adminId),
      );
    },
  });

  const aurora = route({
    method: 'POST',
    path: '/api/call/{call_id}/join/aurora',
    summary: 'Ask Aurora to speak beside you, or to step back again',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({ speaks: z.boolean() }),
    answers: { 200: JOINED },
    async handle(asked) {
      const { speaks } = asked.body;
      return done(asked, 'call.join_aurora', { speaks }, 200, (legs, callId) =>
        legs.auroraSpeaks(callId, asked.principal.adminId, speaks),
      );
    },
  });

  /** The entry, the deed, and who is joined then. */
  async function done(
    asked: Pick<SignedInAsked, 'principal' | 'origin'> & { params: { call_id: string } },
    action: `call.${string}`,
    after: Record<string, unknown>,
    status: 200 | 202,
    deed: (legs: JoinRoutesLegs, callId: string) => Promise<Conference>,
  ): Promise<Answer> {
    const { call_id: callId } = await desk.open(asked.principal, asked.params.call_id);
    await record({ callId, entry: { ...doer(asked), action, target: callId, after }, events: [] });
    const { legs } = await conference();
    return { status, body: viewJoin(callId, await reached(deed(legs, callId))) };
  }

  return [read, join, changeMode, leave, aurora];
}

type JoinRoutesLegs = Awaited<ReturnType<JoinRoutesOptions['conference']>>['legs'];

/** Twilio's and the database's own status never reach the client: a 401 would be read as ours. */
async function reached<T>(deed: Promise<T>): Promise<T> {
  try {
    return await deed;
  } catch (thrown) {
    if (thrown instanceof AuroraError && (thrown.status === 409 || thrown.status === 404)) {
      if (!thrown.code.startsWith('twilio_')) throw thrown;
    }
    throw new AuroraError(
      503,
      'unavailable',
      'It is not known whether this was done. Look at the timeline of the call in a few seconds, then decide.',
      { cause: thrown },
    );
  }
}

export function viewJoin(callId: string, known: Conference | undefined): JoinView {
  return {
    call_id: callId,
    caller: known?.caller.state ?? 'out',
    aurora_speaks: known?.aurora ?? false,
    transcription: known?.transcription ?? null,
    legs: Object.entries(known?.legs ?? {})
      .map(([id, { admin_id, mode, state, requested_at, reason }]) => ({
        id,
        admin_id,
        mode,
        state,
        requested_at,
        reason: reason ?? null,
      }))
      .sort((a, b) => Number(a.id.slice(3)) - Number(b.id.slice(3))),
  };
}
