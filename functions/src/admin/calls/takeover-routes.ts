import { z } from 'zod';
import { Message, Owner, type Owner as OwnerOf } from '../../calls/model.ts';
import { instant } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { Holding } from '../../holding/holding.ts';
import type { Messages } from '../../holding/messages.ts';
import { type Route, route } from '../route.ts';
import { Line, RecordId } from '../team/fields.ts';
import { callParams, ONE_CALL } from './one-call.ts';
import { createTakeoverDesk, type TakeoverDeskOptions } from './takeover-desk.ts';

export interface TakeoverRoutesOptions extends TakeoverDeskOptions {
  holding: () => Promise<Pick<Holding, 'takeOver' | 'renew' | 'release' | 'transfer'>>;
  messages: () => Promise<Pick<Messages, 'send'>>;
}

const TAG = 'Taking a call over';

/** Characters of one message: about a minute of speech, and one text message that a phone takes. */
export const LONGEST_MESSAGE = 1_000;

const LeaseView = z.object({
  owner: Owner,
  /** By this server's clock, since a browser's may be off; null while a joined leg holds the call. */
  expires_in: z.number().int().min(0).nullable(),
});

const SentView = z.object({
  message: Message,
  delivery: z.enum(['speaking', 'sent', 'heard', 'queued']),
  reason: z.string().nullable(),
});

/** A supervisor speaks in Aurora's place, and gives the call back. */
export function takeoverRoutes(options: TakeoverRoutesOptions): Route[] {
  const { holding, now } = options;
  const { act, opened, seen, note, named, told, mayAct } = createTakeoverDesk(options);

  const takeover = route({
    method: 'POST',
    path: '/api/call/{call_id}/takeover',
    summary: 'Take a call over: Aurora is quiet, and you speak',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z
      .strictObject({
        from: RecordId.optional().meta({
          description:
            'For a company_admin alone: the supervisor who has the call, from whom it is taken.',
        }),
      })
      .default({}),
    answers: { 200: ONE_CALL },
    async handle(asked) {
      const { principal, body } = asked;
      const { from } = body;
      if (from !== undefined && principal.role !== 'company_admin') throw onlyAdmins();
      return act(
        asked,
        'call.takeover',
        body,
        async (call) => {
          const { takeOver } = await holding();
          await takeOver(call.call_id, principal.adminId, from === undefined ? {} : { from });
        },
        from,
      );
    },
  });

  const lease = route({
    method: 'POST',
    path: '/api/call/{call_id}/lease',
    summary: 'Keep a call that you have taken over for another 45 seconds',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({
      epoch: z
        .number()
        .int()
        .min(0)
        .meta({ description: 'Of `owner`, as you were told it: another one is not yours.' }),
    }),
    answers: { 200: { description: 'Who has the call, and for how long.', schema: LeaseView } },
    async handle({ principal, params, body }) {
      await seen(principal, params.call_id);
      const { renew } = await holding();
      const owner = await told(renew(params.call_id, principal.adminId, body.epoch));
      return { body: { owner, expires_in: secondsLeft(owner) } };
    },
  });

  const release = route({
    method: 'POST',
    path: '/api/call/{call_id}/release',
    summary: 'Hand a call back to Aurora',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({
      reason: Line(500).meta({ description: 'Why, or what was settled. Aurora is told it.' }),
    }),
    answers: { 200: ONE_CALL },
    handle: (asked) =>
      act(asked, 'call.release', asked.body, async (call) => {
        const { release } = await holding();
        await release(call.call_id, asked.principal.adminId, asked.body.reason);
      }),
  });

  const transfer = route({
    method: 'POST',
    path: '/api/call/{call_id}/transfer',
    summary: 'Give a call that you have to another supervisor',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    body: z.strictObject({
      to: RecordId.meta({ description: 'Who has it from now on, for 45 seconds at first.' }),
    }),
    answers: { 200: ONE_CALL },
    handle: (asked) =>
      act(
        asked,
        'call.transfer',
        asked.body,
        async (call) => {
          const { transfer } = await holding();
          await transfer(call.call_id, asked.principal.adminId, asked.body.to);
        },
        undefined,
        () => mayAct(asked.principal, asked.body.to),
      ),
  });

  const message = route({
    method: 'POST',
    path: '/api/call/{call_id}/message',
    summary: 'Say something to the caller',
    tag: TAG,
    access: 'supervisor',
    params: callParams,
    headers: z.object({
      'idempotency-key': z
        .string()
        .regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 characters without spaces')
        .meta({ description: 'New for each message: the same key again says nothing twice.' }),
    }),
    body: z.strictObject({
      content: Line(LONGEST_MESSAGE).meta({ description: 'Spoken as it stands.' }),
    }),
    answers: {
      200: { description: 'The caller is told it, or was.', schema: SentView },
      202: { description: 'It waits for the caller’s next turn.', schema: SentView },
    },
    async handle(asked) {
      const { principal, params, headers, body } = asked;
      const call = await opened(principal, params.call_id);
      const key = headers['idempotency-key'];
      await note(asked, call, 'call.message', { characters: body.content.length });
      const { send } = await options.messages();
      const sent = await named(principal, () =>
        send(call.call_id, principal.adminId, body.content, key),
      );
      return {
        status: sent.delivery === 'queued' ? 202 : 200,
        body: { reason: null, ...sent },
      };
    },
  });

  function secondsLeft({ until }: OwnerOf): number | null {
    return until === undefined ? null : Math.max(0, Math.floor((instant(until) - now()) / 1_000));
  }

  return [takeover, lease, release, transfer, message];
}

function onlyAdmins(): AuroraError {
  return new AuroraError(
    403,
    'forbidden',
    'Only a company_admin takes a call from somebody who has it. Ask them to transfer it to you.',
  );
}
