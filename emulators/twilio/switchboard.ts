/**
 * Where running calls and listening telephones are known, so that a REST request reaches them: the
 * REST server holds one, and telephones of another process reach it over its control channel.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conferences } from './conference-protocol.ts';
import type { NumberSettings } from './number-settings.ts';
import type { OutgoingOrder } from './outgoing-order.ts';
import type { AnsweredBy, CallStatus, Direction, FinalCallStatus } from './parameters.ts';
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
  /** `inbound` unless told. */
  readonly direction?: Direction;
  readonly parentCallSid?: string | null;
  readonly answeredBy?: AnsweredBy | null;
  readonly status: CallStatus;
  readonly createdAt: Date;
  /** When it was answered. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationInSeconds: number | null;
}

/** What became of a call that was dialled from another one. */
export interface DialResult {
  readonly status: FinalCallStatus;
  readonly answered: boolean;
  readonly durationInSeconds: number;
}

export interface LiveCall {
  /**
   * Takes effect at once: the rest of the document, and the answer of a webhook that is under way,
   * are dropped. Resolves false when the call is over and nothing was changed.
   */
  update(update: CallUpdate): Promise<boolean>;
}

export interface Switchboard {
  /** What an account's number is configured with; undefined for any other number. */
  settingsOf?(number: string): Promise<NumberSettings | undefined>;
  /** Where `<Dial><Conference>` leads; undefined where there are none. */
  readonly conferences?: Conferences;
  /**
   * Calls a number from a call: resolves when that is over, or undefined at once where no telephone
   * is plugged in. Aborting the signal ends it.
   */
  dial?(order: OutgoingOrder, signal: AbortSignal): Promise<DialResult | undefined>;
  /** The returned function reports each later state of the call. */
  connect(record: CallRecord, call: LiveCall): (record: CallRecord) => void;
}

export interface TextMessage {
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** A place where telephones are plugged in: the switchboard itself, or a control client. */
export interface TelephoneExchange extends Switchboard {
  /** Text messages to this number reach this telephone until the returned function is called. */
  listen(number: string, receive: (message: TextMessage) => void): () => void;
  /** Calls to this number ring this telephone, which makes them; the newest one rings. */
  answerAt(number: string, take: (order: OutgoingOrder) => void): () => void;
  /** Resolves when what was plugged in before is known to the switchboard. */
  settled(): Promise<void>;
}

export interface CallSwitchboard extends TelephoneExchange {
  find(callSid: string): { readonly record: CallRecord; readonly call: LiveCall } | undefined;
  records(): CallRecord[];
  /** @returns whether a telephone took it */
  deliver(message: TextMessage): boolean;
  /**
   * Gives a call to the telephone at its number and knows it from now on; updates wait until that
   * telephone has connected it. @returns false where there is none
   */
  ring(record: CallRecord, order: OutgoingOrder): boolean;
  /** Resolves when a call that is known is over. */
  ended(callSid: string): Promise<EndedCall>;
  /** The telephone of a call is gone, which ends it. */
  lose(callSid: string): void;
}

export interface EndedCall {
  readonly record: CallRecord;
  /** Its telephone went away in it and tells nobody. */
  readonly lost: boolean;
}

/** Milliseconds that a telephone has to connect a call that it was given. */
const CONNECTED_WITHIN = 5_000;
const UNHELD = { ref: false };
/** Ended calls that stay known, so that a long-running suite does not grow for ever. */
const MOST_RECORDS = 1_000;

/** What leads on from a switchboard; nothing does unless told. */
export type Beyond = Pick<Switchboard, 'conferences' | 'dial' | 'settingsOf'>;

export function createSwitchboard(beyond: Beyond = {}): CallSwitchboard {
  const calls = new Map<string, { record: CallRecord; call: LiveCall }>();
  const listeners = new Map<string, Set<(message: TextMessage) => void>>();
  /** The newest last. */
  const telephones = new Map<string, ((order: OutgoingOrder) => void)[]>();
  /** Calls that a telephone was given and has not connected yet. */
  const expected = new Map<string, (call: LiveCall) => void>();
  const waiting = new Map<string, ((end: EndedCall) => void)[]>();

  return {
    ...beyond,
    connect(record, call) {
      const entry = { record, call };
      calls.set(record.callSid, entry);
      expected.get(record.callSid)?.(call);
      expected.delete(record.callSid);
      forgetOldest();
      return (changed) => {
        entry.record = changed;
        if (changed.endedAt !== null) tellEnd({ record: changed, lost: false });
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
    answerAt(number, take) {
      telephones.set(number, [...(telephones.get(number) ?? []), take]);
      return () => {
        const left = (telephones.get(number) ?? []).filter((other) => other !== take);
        if (left.length > 0) telephones.set(number, left);
        else telephones.delete(number);
      };
    },
    settled: async () => {},
    ring(record, order) {
      const take = telephones.get(order.to)?.at(-1);
      if (take === undefined) return false;
      const connected = new Promise<LiveCall>((resolve) => expected.set(order.callSid, resolve));
      const update = async (change: CallUpdate) => {
        const call = await Promise.race([connected, sleep(CONNECTED_WITHIN, undefined, UNHELD)]);
        return (await call?.update(change)) ?? false;
      };
      calls.set(record.callSid, { record, call: { update } });
      take(order);
      return true;
    },
    ended(callSid) {
      return new Promise((resolve) => {
        waiting.set(callSid, [...(waiting.get(callSid) ?? []), resolve]);
        const record = calls.get(callSid)?.record;
        if (record !== undefined && record.endedAt !== null) tellEnd({ record, lost: false });
      });
    },
    lose(callSid) {
      const entry = calls.get(callSid);
      expected.delete(callSid);
      if (entry === undefined || entry.record.endedAt !== null) return;
      entry.record = hungUp(entry.record);
      tellEnd({ record: entry.record, lost: true });
    },
  };

  function tellEnd(end: EndedCall): void {
    const { callSid } = end.record;
    for (const resolve of waiting.get(callSid) ?? []) resolve(end);
    waiting.delete(callSid);
  }

  function forgetOldest(): void {
    for (const [callSid, { record }] of calls) {
      if (calls.size <= MOST_RECORDS) return;
      if (record.endedAt !== null) calls.delete(callSid);
    }
  }
}

function hungUp(record: CallRecord): CallRecord {
  const endedAt = new Date();
  const { startedAt } = record;
  if (startedAt === null) {
    return { ...record, status: 'no-answer', endedAt, durationInSeconds: 0 };
  }
  const seconds = Math.max(1, Math.ceil((endedAt.getTime() - startedAt.getTime()) / 1000));
  return { ...record, status: 'completed', endedAt, durationInSeconds: seconds };
}
