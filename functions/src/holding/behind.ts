import type { Call } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { readLink } from '../webhooks/link.ts';

/**
 * Whether a caller is where the owner of the call is not: with Aurora although a supervisor has the
 * call, or held although nobody has it. From one supervisor to another they stay held, and need not
 * be sent anywhere: each redirect cuts off what the caller is saying.
 */
export function isBehind(call: Call, now: number): boolean {
  const offered = call.line && readLink(new URLSearchParams(call.line.link));
  const isHold = offered?.heldUntil !== undefined;
  return isHeld(call, now) ? !isHold : isHold;
}
