import { z } from 'zod';
import { AuroraError } from '../../errors.ts';
import type { Pager } from '../../paging/pager.ts';
import { type Audit, doer } from '../audit.ts';
import { type Route, route } from '../route.ts';
import { Line } from '../team/fields.ts';
import { answerWith, type CallDesk, callParams, ONE_CALL } from './one-call.ts';
import { recorded } from './record-events.ts';

export interface PageRoutesOptions {
  desk: CallDesk;
  pager: () => Promise<Pick<Pager, 'raise'>>;
  audit: Pick<Audit, 'record'>;
}

/** A supervisor has people on call fetched. */
export function pageRoutes({ desk, pager, audit }: PageRoutesOptions): Route[] {
  const page = route({
    method: 'POST',
    path: '/api/call/{call_id}/page',
    summary: 'Fetch people who are on call, by SMS and voice, as the company has set it',
    tag: 'Calls',
    access: 'supervisor',
    params: callParams,
    body: z
      .strictObject({
        reason: Line(200)
          .optional()
          .meta({ description: 'What they read. Not the caller’s words: it goes out by SMS.' }),
      })
      .default({}),
    answers: { 200: ONE_CALL },
    async handle(asked) {
      const { principal, params, body } = asked;
      const { reason } = body;
      const call = await desk.open(principal, params.call_id);
      if (call.status !== 'ACTIVE') throw callOver();
      const { call_id: callId } = call;
      const entry = { ...doer(asked), action: 'call.page', target: callId, before: {} } as const;
      await recorded(audit, { ...entry, after: { ...body } });
      const outcome = await (await pager()).raise({
        callId,
        why: 'requested',
        by: principal.adminId,
        ...(reason === undefined ? {} : { reason }),
      });
      if (outcome === 'over') throw callOver();
      return answerWith(await desk.open(principal, callId));
    },
  });

  return [page];
}

function callOver(): AuroraError {
  return new AuroraError(
    409,
    'call_over',
    'This call is over, so nobody is fetched for it. Call the worker back.',
  );
}
