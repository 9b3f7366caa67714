import { CONNECTION_OVERRIDES } from '../twiml.ts';

/**
 * Where Twilio tells what became of a message of a call; the call is in the address, which the
 * signature covers. `tellsDelivery`: also that it was delivered goes onto the timeline, not only that
 * it was not.
 */
export function messageStatusUrl(
  publicBaseUrl: string,
  callId: string,
  options: { channel?: string; tellsDelivery?: boolean } = {},
): string {
  const query = new URLSearchParams({ call: callId });
  if (options.channel !== undefined) query.set('on', options.channel);
  if (options.tellsDelivery) query.set('tell', 'delivery');
  return `${publicBaseUrl}/message-status?${query}${CONNECTION_OVERRIDES}`;
}
