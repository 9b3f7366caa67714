import { z } from 'zod';
import type { Viewers } from '../access/viewers.ts';
import { available } from './available.ts';
import { type CallSource, createCallReaders } from './call-readers.ts';
import { type Route, route } from './route.ts';
import { CallView, ConversationView } from './views.ts';

/** One call, and what was said in it. */
export function callRoutes({ calls, viewers }: { calls: CallSource; viewers: Viewers }): Route[] {
  const readers = createCallReaders(calls);
  return [
    route({
      method: 'GET',
      path: '/api/call/{call_id}',
      summary: 'One call, live or archived',
      tag: 'Calls',
      access: 'viewer',
      params: z.object({ call_id: z.string() }),
      answers: { 200: { description: 'The call.', schema: CallView } },
      async handle({ principal, params }) {
        const viewer = await available(viewers.of(principal));
        return { body: await readers.call(viewer, params.call_id) };
      },
    }),
    route({
      method: 'GET',
      path: '/api/conversation/{conversation_id}',
      summary: 'What was said in a call, so far',
      tag: 'Calls',
      access: 'viewer',
      params: z.object({ conversation_id: z.string() }),
      answers: { 200: { description: 'The conversation.', schema: ConversationView } },
      async handle({ principal, params }) {
        const viewer = await available(viewers.of(principal));
        return { body: await readers.conversation(viewer, params.conversation_id) };
      },
    }),
  ];
}
