import type { AnsweredBy, CallLeg, CallStatus, Direction, FinalCallStatus } from './parameters.ts';
import type { CallRecord } from './switchboard.ts';

/** Where a call is between its beginning and its end, and since when. */
export interface CallState {
  readonly leg: CallLeg;
  readonly record: CallRecord;
  /** An outgoing call has left the queue. */
  ring(): void;
  /** Does nothing where the call was answered before. */
  answer(answeredBy?: AnsweredBy): void;
  end(status: FinalCallStatus): void;
}

export interface CallIdentity {
  readonly accountSid: string;
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: Direction;
  readonly parentCallSid?: string;
}

/**
 * An incoming call begins ringing, an outgoing one queued.
 * @param changed called after each change
 */
export function createCallState(
  identity: CallIdentity,
  changed: (record: CallRecord) => void,
): CallState {
  const { parentCallSid = null } = identity;
  const createdAt = new Date();
  let status: CallStatus = identity.direction === 'inbound' ? 'ringing' : 'queued';
  let answeredBy: AnsweredBy | null = null;
  let startedAt: Date | null = null;
  let endedAt: Date | null = null;

  const record = (): CallRecord => ({
    ...identity,
    parentCallSid,
    answeredBy,
    status,
    createdAt,
    startedAt,
    endedAt,
    durationInSeconds: endedAt === null ? null : wholeSeconds(startedAt, endedAt),
  });

  return {
    get leg() {
      return { ...identity, callStatus: status };
    },
    get record() {
      return record();
    },
    ring() {
      status = 'ringing';
      changed(record());
    },
    answer(by) {
      if (startedAt !== null) return;
      startedAt = new Date();
      status = 'in-progress';
      answeredBy = by ?? null;
      changed(record());
    },
    end(final) {
      endedAt = new Date();
      status = final;
      changed(record());
    },
  };
}

/** Rounded up, as it is billed; 0 for a call that was never answered. */
function wholeSeconds(startedAt: Date | null, endedAt: Date): number {
  if (startedAt === null) return 0;
  return Math.max(1, Math.ceil((endedAt.getTime() - startedAt.getTime()) / 1000));
}
