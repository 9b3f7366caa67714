import { z } from 'zod';
import { shortHash } from '../../calls/ids.ts';
import { type CallEvent, Timestamp, Urgency } from '../../calls/model.ts';
import { isoInZone, zoneOf } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { doer } from '../audit.ts';
import { IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route, type SignedInAsked } from '../route.ts';
import { Line } from '../team/fields.ts';
import type { EditLease } from './edit-lease.ts';
import { notedBy, notes, timeAfter } from './notes.ts';
import {
  answerWith,
  type CallDesk,
  callParams,
  editableOf,
  ONE_CALL,
  type OneCall,
} from './one-call.ts';
import type { RecordEvents } from './record-events.ts';

export interface ActionRoutesOptions {
  desk: CallDesk;
  lease: EditLease;
  record: RecordEvents['record'];
  /** The place of the last turn that is known, live or archived. */
  lastTurn: (callId: string) => Promise<number>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** A call travels as one node of the live database: its lists have an end. */
const MOST_DISPATCHES = 100;

const TAG = 'Calls';

/** What a supervisor does to a call without ending it. */
export function actionRoutes({ desk, lease, record, lastTurn, now }: ActionRoutesOptions): Route[] {
  const ack = route({
    method: 'POST',
    path: '/api/call/{call_id}/ack',
    summary: 'Say that you have seen a call, without taking it over',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    answers: { 200: ONE_CALL },
    async handle(asked) {
      const { adminId: by } = asked.principal;
      const call = await desk.open(asked.principal, asked.params.call_id);
      if (call.acknowledged.some((seen) => seen.by === by)) return answerWith(call);
      const at = isoInZone(now(), zoneOf(call.timestamp));
      const { call_id } = call;
      return done(asked, call, 'call.ack', [{ type: 'call_acknowledged', call_id, by, at }]);
    },
  });

  const dispatch = route({
    method: 'POST',
    path: '/api/call/{call_id}/dispatch',
    summary: 'Say that help was sent',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    headers: z.object({
      'idempotency-key': z
        .string()
        .regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 characters without spaces')
        .meta({ description: 'New for each dispatch: the same key again sends nothing twice.' }),
    }),
    body: z.strictObject({
      who: Line(200).meta({ description: 'Whom: ambulance, fire brigade, a name.' }),
      what: Line(500).meta({ description: 'What they are to do, and where.' }),
      eta: Timestamp.optional().meta({ description: 'When they say that they arrive.' }),
    }),
    answers: { 200: ONE_CALL },
    async handle(asked) {
      const { adminId: by } = asked.principal;
      const call = await desk.open(asked.principal, asked.params.call_id);
      const id = `d${shortHash(`${by}|${asked.headers['idempotency-key']}`, 16)}`;
      const { who, what, eta } = asked.body;
      const known = call.dispatches.find((sent) => sent.id === id);
      if (known) {
        if (known.who === who && known.what === what && known.eta === (eta ?? null)) {
          return answerWith(call);
        }
        throw keyReused();
      }
      if (call.dispatches.length >= MOST_DISPATCHES) throw tooManyDispatches();
      const at = isoInZone(now(), zoneOf(call.timestamp));
      const sent = { at, by, who, what, ...(eta === undefined ? {} : { eta }) };
      const event = { type: 'help_dispatched', call_id: call.call_id, id, dispatch: sent } as const;
      return done(asked, call, 'call.dispatch', [event], { id, ...sent });
    },
  });

  const edit = route({
    method: 'PATCH',
    path: '/api/call/{call_id}',
    summary: 'Judge the urgency of a call, or note what came of it',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    headers: IfMatch,
    body: z
      .strictObject({
        urgency: Urgency.optional().meta({
          description: 'Stands until words of a later turn raise it again.',
        }),
        ...notes,
      })
      .refine((body) => Object.values(body).some((value) => value !== undefined), {
        message: 'must change something',
      }),
    answers: { 200: ONE_CALL },
    async handle(asked) {
      const { principal, params, headers, body } = asked;
      const ifMatch = headers['if-match'];
      if (ifMatch === undefined) throw ifMatchRequired();
      // Nobody holds up the edits of a call that they may not see.
      await desk.open(principal, params.call_id);
      return lease.alone(params.call_id, async (stillMine) => {
        const call = await desk.open(principal, params.call_id);
        requireUnchanged(ifMatch, editableOf(call));
        const noted = notedBy(principal.adminId, call, body, now());
        const judged = body.urgency && (await judgedBy(principal.adminId, call, body.urgency));
        const events = [...(noted ? [noted] : []), ...(judged ? [judged] : [])];
        stillMine();
        return done(asked, call, 'call.update', events, body);
      });
    },
  });

  async function judgedBy(
    adminId: string,
    call: OneCall,
    urgency: z.infer<typeof Urgency>,
  ): Promise<CallEvent> {
    const { supervisor } = call.urgency_by;
    const turn = Math.max(await lastTurn(call.call_id), supervisor?.turn ?? 0);
    const at = timeAfter([supervisor], call, now());
    const by = { kind: 'supervisor', turn, at, id: adminId } as const;
    return { type: 'urgency_changed', call_id: call.call_id, urgency, by };
  }

  /** The entry, the events, and the call as it is then. */
  async function done(
    asked: Pick<SignedInAsked, 'principal' | 'origin'>,
    call: OneCall,
    action: `call.${string}`,
    events: readonly CallEvent[],
    after: Record<string, unknown> = {},
  ) {
    const { call_id: callId } = call;
    const before = Object.fromEntries(
      Object.entries(call).filter(([field]) => Object.hasOwn(after, field)),
    );
    const entry = { ...doer(asked), action, target: callId, before, after: { ...after } };
    await record({ callId, entry, events });
    return answerWith(await desk.open(asked.principal, callId));
  }

  return [ack, dispatch, edit];
}

function ifMatchRequired(): AuroraError {
  return new AuroraError(
    400,
    'if_match_required',
    'Read the call first, and send its ETag as If-Match: so you undo nothing that you have not seen.',
  );
}

function keyReused(): AuroraError {
  return new AuroraError(
    409,
    'idempotency_key_reused',
    'This Idempotency-Key was sent with other help. Take a new key for each dispatch.',
  );
}

function tooManyDispatches(): AuroraError {
  return new AuroraError(
    409,
    'too_many_dispatches',
    `A call holds ${MOST_DISPATCHES} dispatches at most. Write further ones into admin_notes.`,
  );
}
