import { z } from 'zod';
import type { Viewers } from '../access/viewers.ts';
import { type Audit, doer } from './audit.ts';
import { available } from './available.ts';
import type { CallReaders } from './call-readers.ts';
import { answerWith, type CallDesk, callParams, ONE_CALL } from './calls/one-call.ts';
import { type Route, route } from './route.ts';
import { ConversationView } from './views.ts';

export interface CallRoutesOptions {
  desk: CallDesk;
  readers: CallReaders;
  viewers: Viewers;
  audit: Pick<Audit, 'recordReading'>;
}

/** One call, and what was said in it. */
export function callRoutes({ desk, readers, viewers, audit }: CallRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/call/{call_id}',
      summary: 'One call, live or archived',
      tag: 'Calls',
      access: 'viewer',
      params: callParams,
      answers: { 200: ONE_CALL },
      async handle({ principal, params }) {
        return answerWith(await desk.open(principal, params.call_id));
      },
    }),
    route({
      method: 'GET',
      path: '/api/conversation/{conversation_id}',
      summary: 'What was said in a call, so far; the audit log notes who has read it',
      tag: 'Calls',
      access: 'viewer',
      params: z.object({ conversation_id: z.string() }),
      answers: { 200: { description: 'The conversation.', schema: ConversationView } },
      async handle(asked) {
        const viewer = await available(viewers.of(asked.principal));
        const body = await readers.conversation(viewer, asked.params.conversation_id);
        const entry = { action: 'conversation.read', target: body.conversation_id } as const;
        await audit.recordReading({ ...doer(asked), ...entry });
        return { body };
      },
    }),
  ];
}
