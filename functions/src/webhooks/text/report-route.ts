import { z } from 'zod';
import { type Audit, doer } from '../../admin/audit.ts';
import { type Route, type RouteDescription, route } from '../../admin/route.ts';
import { Urgency } from '../../calls/model.ts';
import { AuroraError } from '../../errors.ts';
import type { Reporter } from './report-gate.ts';
import type { TextTurns } from './text-turns.ts';

/** Characters of one report. */
const LONGEST_SPEECH = 2_000;

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

const Speech = z
  .string()
  .transform((text) =>
    text
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().min(1).max(LONGEST_SPEECH));

const Answer = z.object({
  call_id: z.string(),
  conversation_id: z.string(),
  response: z.string().meta({
    description: 'What Aurora answers the worker; empty while a supervisor has the conversation.',
  }),
  urgency: Urgency.meta({ description: 'How urgent the conversation is by now.' }),
  sources: z.string().meta({ description: 'Titles of the manuals, joined by "; ", or "".' }),
});

/** What clients must know of `POST /api/process-speech`, which the function `twilio` serves. */
export const REPORT = {
  method: 'POST',
  path: '/api/process-speech',
  summary:
    'One turn of a text conversation with a worker: needs the role supervisor, or an API key with the scope report',
  tag: 'Calls',
  headers: z.object({
    'idempotency-key': z.string().optional().meta({
      description:
        'Required: 1 to 200 printable ASCII characters, new for each turn. The same key again is the same turn and gets the same answer.',
    }),
  }),
  body: z.object({
    speech: Speech.meta({
      description: `What the worker says: 1 to ${LONGEST_SPEECH} characters.`,
    }),
    ph_no: z
      .string()
      .min(1)
      .max(64)
      .meta({ description: 'The telephone number of a worker of your company.' }),
  }),
  answers: { 200: { description: 'Aurora’s answer.', schema: Answer } },
} as const satisfies RouteDescription;

export function reportRoute({ take, audit }: { take: TextTurns; audit: Audit }): Route {
  return route({
    ...REPORT,
    access: 'supervisor',
    async handle(asked) {
      const { principal, headers, body } = asked;
      const idempotencyKey = headers['idempotency-key'] ?? '';
      if (!PRINTABLE.test(idempotencyKey)) throw keyRequired();
      const { byKey } = principal as Reporter;
      const answer = await take({
        companyId: principal.companyId,
        idempotencyKey,
        speech: body.speech,
        phoneNumber: body.ph_no,
        onBegin: (callId) =>
          audit.record({
            ...doer(asked),
            ...(byKey ? { who: { kind: 'api_key', id: principal.adminId } } : {}),
            action: 'call.report',
            target: callId,
          }),
      });
      return { body: answer };
    },
  });
}

function keyRequired(): AuroraError {
  return new AuroraError(
    400,
    'idempotency_key_required',
    'Send the header Idempotency-Key: 1 to 200 printable ASCII characters, new for each turn.',
  );
}
