import { z } from 'zod';
import { CALL_ID } from '../calls/ids.ts';
import { CONNECTION_OVERRIDES } from '../webhooks/twiml.ts';
import { MOST_TRIES } from './record.ts';

/** The addresses of a call back; Twilio's signature covers whom it is for. */
export const CallBackQuery = z.object({
  /** The call that was lost. */
  lost: z.string().regex(CALL_ID),
  round: z.coerce.number().int().min(1).max(MOST_TRIES),
  /** Epoch milliseconds of the try: the new call's id is made of it, however often it is asked for. */
  at: z.coerce.number().int().min(0),
  /** Present where a key was pressed, so that it is no voicemail. */
  person: z.literal('1').optional(),
});
export type CallBackQuery = z.infer<typeof CallBackQuery>;

export function readCallBackQuery(query: URLSearchParams): CallBackQuery | undefined {
  return CallBackQuery.safeParse(Object.fromEntries(query)).data;
}

export function callBackUrl(
  publicBaseUrl: string,
  path: '/call-back' | '/call-back-status',
  { lost, round, at, person }: CallBackQuery,
): string {
  const query = new URLSearchParams({
    lost,
    round: String(round),
    at: String(at),
    ...(person && { person }),
  });
  return `${publicBaseUrl}${path}?${query}${CONNECTION_OVERRIDES}`;
}
