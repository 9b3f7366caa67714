/**
 * Where running calls and listening telephones are known, so that a REST request reaches them: the
 * REST server holds one, and telephones of another process reach it over its control channel.
 */
import type { CallStatus } from './parameters.ts';
import type { HttpMethod } from './signed-request.ts';

export type CallUpdate =
  | { readonly kind: 'twiml'; readonly twiml: string }
  | { readonly kind: 'url'; readonly url: string; readonly method: HttpMethod }
  | { readonly kind: 'status'; readonly status: 'completed' | 'canceled' };

/** What can be told about a call, at any time. */
export interface CallRecord {
  readonly callSid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly status: CallStatus;
  readonly createdAt: Date;
  /** When it was answered. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationInSeconds: number | null;
}

export interface LiveCall {
  /**
   * Takes effect at once: the rest of the document, and the answer of a webhook that is under way,
   * are dropped. Resolves false when the call is over and nothing was changed.
   */
  update(update: CallUpdate): Promise<boolean>;
}

export interface Switchboard {
  /** The returned function reports each later state of the call. */
  connect(record: CallRecord, call: LiveCall): (record: CallRecord) => void;
}

export interface TextMessage {
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

export interface CallSwitchboard extends Switchboard {
  find(callSid: string): { readonly record: CallRecord; readonly call: LiveCall } | undefined;
  records(): CallRecord[];
  /** A telephone with this number takes text messages until the returned function is called. */
  listen(number: string, receive: (message: TextMessage) => void): () => void;
  /** @returns whether a telephone took it */
  deliver(message: TextMessage): boolean;
}

/** Ended calls that stay known, so that a long-running suite does not grow for ever. */
const MOST_RECORDS = 1_000;

export function createSwitchboard(): CallSwitchboard {
  const calls = new Map<string, { record: CallRecord; call: LiveCall }>();
  const listeners = new Map<string, Set<(message: TextMessage) => void>>();

  return {
    connect(record, call) {
      const entry = { record, call };
      calls.set(record.callSid, entry);
      forgetOldest();
      return (changed) => {
        entry.record = changed;
      };
    },
    find: (callSid) => calls.get(callSid),
    records: () => [...calls.values()].map(({ record }) => record),
    listen(number, receive) {
      const ears = listeners.get(number) ?? new Set();
      listeners.set(number, ears.add(receive));
      return () => {
        ears.delete(receive);
        if (ears.size === 0) listeners.delete(number);
      };
    },
    deliver(message) {
      const ears = listeners.get(message.to);
      for (const receive of ears ?? []) receive(message);
      return ears !== undefined;
    },
  };

  function forgetOldest(): void {
    for (const [callSid, { record }] of calls) {
      if (calls.size <= MOST_RECORDS) return;
      if (record.endedAt !== null) calls.delete(callSid);
    }
  }
}
