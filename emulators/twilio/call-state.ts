import type { CallLeg, CallStatus, FinalCallStatus } from './parameters.ts';
import type { CallRecord } from './switchboard.ts';

/** Where a call is between ringing and over, and since when. */
export interface CallState {
  readonly leg: CallLeg;
  readonly record: CallRecord;
  /** Does nothing where the call was answered before. */
  answer(): void;
  end(status: FinalCallStatus): void;
}

/** @param changed called after each change */
export function createCallState(
  identity: Omit<CallLeg, 'callStatus'>,
  changed: (record: CallRecord) => void,
): CallState {
  const { callSid, accountSid, from, to } = identity;
  const createdAt = new Date();
  let status: CallStatus = 'ringing';
  let startedAt: Date | null = null;
  let endedAt: Date | null = null;

  const record = (): CallRecord => ({
    callSid,
    accountSid,
    from,
    to,
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
    answer() {
      if (startedAt !== null) return;
      startedAt = new Date();
      status = 'in-progress';
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
