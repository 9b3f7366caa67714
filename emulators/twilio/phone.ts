/**
 * A telephone with a number of its own: it rings when Aurora calls it, takes text messages, and its
 * script, keyboard or test decides what happens.
 *
 * Differs from Twilio and the networks behind it: one telephone per number rings, the newest; a call
 * is answered without delay; a machine records three silences and hangs up.
 */
import { runCall } from './call-session.ts';
import { type CallWatch, watchCall } from './call-watch.ts';
import type { TelephoneEvent } from './events.ts';
import type { OutgoingOrder } from './outgoing-order.ts';
import type { DialOutcome } from './parameters.ts';
import type { OnRing, Ring } from './ringing.ts';
import type { TelephoneExchange, TextMessage } from './switchboard.ts';
import type { CallResult } from './telephone.ts';
import type { TranscriptionMode } from './transcription.ts';
import type { Dialled } from './verbs.ts';

export interface PhoneOptions {
  /** E.164. */
  readonly number: string;
  /** A control client, or the switchboard of a REST server in this process. */
  readonly line: TelephoneExchange;
  /** Rings until the caller gives up, unless told. */
  readonly onRing?: OnRing;
  readonly onMessage?: (message: TextMessage) => void;
  readonly onEvent?: (event: TelephoneEvent, call: Ring) => void;
  readonly authToken?: string;
  /** Real seconds per second of ringing, Gather, Pause and Dial: 1 unless told, 0 in tests. */
  readonly timeScale?: number;
  /** The language that is spoken here, BCP 47. */
  readonly sttLanguage?: string;
  readonly transcription?: TranscriptionMode;
  readonly dialOutcome?: (dialled: Dialled) => DialOutcome | Promise<DialOutcome>;
}

/** A call that came to the telephone. */
export interface PhoneCall extends Ring, CallWatch {
  /** When it is over, its status callback is sent and no request is under way. */
  readonly result: Promise<CallResult>;
  hangUp(): void;
}

export interface Phone {
  readonly number: string;
  /** Every call and message that came, in order. */
  readonly calls: readonly PhoneCall[];
  readonly messages: readonly TextMessage[];
  /** Each call and message is handed out once, in order. */
  nextCall(): Promise<PhoneCall>;
  nextMessage(): Promise<TextMessage>;
  /** Hangs up and leaves the line; resolves when its calls are over. */
  close(): Promise<void>;
}

/** Resolves when calls and messages reach the number. */
export async function createPhone(options: PhoneOptions): Promise<Phone> {
  const { number, line, onRing = () => 'no-answer' } = options;
  const calls = createInbox<PhoneCall>();
  const messages = createInbox<TextMessage>();
  const deafen = line.listen(number, (message) => {
    messages.put(message);
    options.onMessage?.(message);
  });
  const unplug = line.answerAt(number, take);
  await line.settled();

  return {
    number,
    calls: calls.all,
    messages: messages.all,
    nextCall: calls.next,
    nextMessage: messages.next,
    async close() {
      deafen();
      unplug();
      for (const call of calls.all) call.hangUp();
      await Promise.allSettled(calls.all.map(({ result }) => result));
    },
  };

  function take(order: OutgoingOrder): void {
    const { callSid, from, to } = order;
    const ring: Ring = { callSid, from, to };
    const over = new AbortController();
    const call = watchCall((onEvent) =>
      runCall({
        ...options,
        order,
        onRing,
        switchboard: line,
        signal: over.signal,
        onEvent(event) {
          onEvent(event);
          options.onEvent?.(event, ring);
        },
      }),
    );
    calls.put({ ...ring, ...call, hangUp: () => over.abort() });
  }
}

function createInbox<T>() {
  const all: T[] = [];
  const waiting: ((item: T) => void)[] = [];
  let handedOut = 0;
  return {
    all: all as readonly T[],
    put(item: T): void {
      all.push(item);
      const wanted = waiting.shift();
      if (wanted === undefined) return;
      handedOut += 1;
      wanted(item);
    },
    next(): Promise<T> {
      const item = all[handedOut];
      if (item === undefined) return new Promise((resolve) => waiting.push(resolve));
      handedOut += 1;
      return Promise.resolve(item);
    },
  };
}
