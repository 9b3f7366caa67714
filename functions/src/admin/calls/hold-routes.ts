import { z } from 'zod';
import { isoInZone, zoneOf } from '../../calls/times.ts';
import { type Route, route } from '../route.ts';
import { Line } from '../team/fields.ts';
import type { LegalHolds } from './legal-holds.ts';
import { answerWith, type CallDesk, callParams, ONE_CALL } from './one-call.ts';

export interface HoldRoutesOptions {
  desk: CallDesk;
  holds: LegalHolds;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Calls that must be kept: neither the purge nor an erasure removes them. */
export function holdRoutes({ desk, holds, now }: HoldRoutesOptions): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/api/call/{call_id}/hold',
      summary: 'Keep a call from being purged or erased',
      tag: 'Calls',
      access: 'company_admin',
      params: callParams,
      body: z.strictObject({
        reason: Line(500).meta({ description: 'Why, for whoever asks later.' }),
      }),
      answers: { 200: ONE_CALL },
      async handle(asked) {
        const { principal, params, body } = asked;
        const call = await desk.open(principal, params.call_id);
        const at = isoInZone(now(), zoneOf(call.timestamp));
        const hold = { reason: body.reason, by: principal.adminId, at };
        await holds.put(asked, { id: call.call_id, isLive: call.state === 'live' }, hold);
        return answerWith(await desk.open(principal, call.call_id));
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/call/{call_id}/hold',
      summary: 'Let a call be purged or erased again',
      tag: 'Calls',
      access: 'company_admin',
      params: callParams,
      answers: { 200: ONE_CALL },
      async handle(asked) {
        const { call_id } = await desk.open(asked.principal, asked.params.call_id);
        await holds.remove(asked, call_id);
        return answerWith(await desk.open(asked.principal, call_id));
      },
    }),
  ];
}
