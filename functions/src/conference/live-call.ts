import type { Call } from '../calls/model.ts';
import type { Calls } from './ports.ts';
import { refused } from './refusals.ts';

/** The live telephone call. @throws AuroraError 409 where there is none */
export async function liveCall(calls: Pick<Calls, 'live'>, callId: string): Promise<Call> {
  const call = await calls.live(callId);
  if (!call) throw refused('call_is_over');
  if (call.call_sid === undefined) throw refused('not_a_telephone_call');
  return call;
}
