import type { Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { isBehind } from './behind.ts';
import type { ChangeCall, Changed } from './change-call.ts';
import * as ownership from './ownership.ts';

export { LEASE } from './ownership.ts';

/**
 * What became of sending the caller's leg on: `sent`, `over` where Twilio says that the call has
 * ended, or `waiting` where it can't be sent now (it rings, Twilio is away, it is no telephone call):
 * the caller's next turn learns of the owner by itself.
 */
export type SentOn = 'sent' | 'over' | 'waiting';

/**
 * Who speaks on a call: Aurora, or one supervisor with a lease. Every change is one compare-and-set
 * on the live call with its timeline entry, and takes the next epoch. All but `sendOn` throw
 * AuroraError: 409 `call_over`, and what each of them names.
 */
export interface Holding {
  /**
   * A supervisor has the call from now on, and the caller is sent on to the hold. One who has it
   * already keeps it, with a new lease. `from` names the supervisor from whom it may be taken.
   * @throws AuroraError 409 `taken`: another supervisor has it
   */
  takeOver(callId: string, adminId: string, options?: { from?: string }): Promise<Owner>;
  /**
   * Another 45 s; while a leg holds the call nothing changes. A caller whom Twilio did not send on
   * is sent on again.
   * @throws AuroraError 409 `not_yours`: another epoch, or the lease has lapsed
   */
  renew(callId: string, adminId: string, epoch: number): Promise<Owner>;
  /**
   * Hands the call back, and Aurora goes on. Where Aurora has it already nothing changes.
   * @throws AuroraError 409 `taken`: another supervisor has it
   */
  release(callId: string, adminId: string, reason: string): Promise<Owner>;
  /**
   * Gives the call to another supervisor, with a fresh lease. That they may act on calls of this
   * company is the caller's to check. @throws AuroraError 409 `not_yours`
   */
  transfer(callId: string, fromAdminId: string, toAdminId: string): Promise<Owner>;
  /** True where the lease had ended and the call is Aurora's now: by this request alone. */
  lapse(callId: string): Promise<boolean>;
  /**
   * The supervisor's own phone is joined with the caller: from now on the leg holds the lease, and
   * no clock does. Takes the call over where they don't have it. @throws AuroraError 409 `taken`
   */
  legJoined(callId: string, adminId: string, legSid: string): Promise<Owner>;
  /**
   * The leg that held the lease is gone: Aurora has the call, the next person is paged, and the
   * caller is sent on to Aurora. False, and nothing happens, where this leg does not hold the call.
   */
  legLeft(callId: string, legSid: string, reason: string): Promise<boolean>;
  /**
   * Sends the caller's leg to wherever the owner says: to the hold, to the conference of a joined
   * leg, or back to Aurora. Never rejects.
   */
  sendOn(callId: string): Promise<SentOn>;
}

export interface HoldingOptions {
  changeCall: ChangeCall;
  sendOn: (callId: string) => Promise<SentOn>;
  /** Fetches the next person. Never rejects. */
  pageNext: (callId: string) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}

export function createHolding({ changeCall, sendOn, pageNext, now }: HoldingOptions): Holding {
  type Decide = (asking: ownership.Asking) => ownership.Change;

  function change(callId: string, decide: Decide): Promise<Changed<ownership.Change>> {
    return changeCall(callId, (call) => decide({ callId, call, now: now() }));
  }

  /** A caller who is where the owner says is not sent there again. */
  async function changeAndSendOn(callId: string, decide: Decide): Promise<Owner> {
    const { change: changed, before, after } = await change(callId, decide);
    const wasWithLeg = before.owner?.leg !== undefined && after.owner?.leg === undefined;
    // A line that is told to be held may be older than a call that Twilio has begun again.
    const isTaken = !isHeld(before, now()) && isHeld(after, now());
    if (wasWithLeg || isTaken || isBehind(after, now())) await sendOn(callId);
    return changed.owner;
  }

  /** True where this request alone has changed the owner. */
  async function changeIf(
    callId: string,
    decide: (asking: ownership.Asking) => ownership.Change | undefined,
  ): Promise<boolean> {
    let isChanged = false;
    await change(callId, (asking) => {
      const decided = decide(asking);
      isChanged = decided !== undefined;
      return decided ?? { owner: asking.call.owner ?? { kind: 'aurora', epoch: 0 }, events: [] };
    });
    return isChanged;
  }

  return {
    takeOver: (callId, adminId, { from } = {}) =>
      changeAndSendOn(callId, (asking) => ownership.takenOver(asking, adminId, from)),
    renew: (callId, adminId, epoch) =>
      changeAndSendOn(callId, (asking) => ownership.renewed(asking, adminId, epoch)),
    release: (callId, adminId, reason) =>
      changeAndSendOn(callId, (asking) => ownership.released(asking, adminId, reason)),
    transfer: (callId, from, to) =>
      changeAndSendOn(callId, (asking) => ownership.transferred(asking, from, to)),
    async lapse(callId) {
      const hasLapsed = await changeIf(callId, ownership.lapsed);
      if (hasLapsed) await pageNext(callId);
      return hasLapsed;
    },
    legJoined: async (callId, adminId, leg) =>
      (await change(callId, (asking) => ownership.legJoined(asking, adminId, leg))).change.owner,
    async legLeft(callId, leg, reason) {
      const isDeliberate = DELIBERATE.test(reason);
      const hasLeft = await changeIf(callId, (asking) =>
        ownership.legLeft(asking, leg, reason, isDeliberate),
      );
      if (!hasLeft) return false;
      if (!isDeliberate) await pageNext(callId);
      await sendOn(callId);
      return true;
    },
    sendOn,
  };
}

/** A supervisor who goes on listening, or who left by the page, has handed the call back. */
const DELIBERATE = /^(mode_|left_by_page$)/;
