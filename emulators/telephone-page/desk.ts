/** The telephones on one open page: the calls that it makes, those that ring at it, and its texts. */
import { newSid } from '../twilio/parameters.ts';
import type { CallRecord, TelephoneExchange } from '../twilio/switchboard.ts';
import {
  createHandset,
  createPhone,
  type Handset,
  type Phone,
  type Ring,
  type RingAction,
  sendSms,
  startCall,
  type TelephoneEvent,
} from '../twilio/telephone.ts';
import { lineOf } from './lines.ts';
import type { Action, DeskEvent, RequestOf } from './protocol.ts';
import { Refused } from './refused.ts';

const MOST_CALLS = 3;
const MOST_PHONES = 3;
/** On their way at once. */
const MOST_TEXTS = 4;
const MOST_ACTIONS_IN_A_CALL = 500;

export interface DeskOptions {
  /** Where Aurora is. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly line: TelephoneExchange;
  readonly tell: (event: DeskEvent) => void;
  /** Real seconds per second of silence and pauses: 1 unless told, 0 in tests. */
  readonly timeScale?: number;
}

/** All but `close` throw Refused. */
export interface Desk {
  /** Returns the id of the call. */
  call(of: Pick<RequestOf<'call'>, 'from' | 'to'>): string;
  act(call: string, action: Action): void;
  text(of: Pick<RequestOf<'text'>, 'from' | 'to' | 'body'>): Promise<void>;
  plug(number: string): Promise<void>;
  unplug(number: string): Promise<void>;
  /** Hangs up and unplugs everything; resolves when that is done. */
  close(): Promise<void>;
}

interface CallHere extends Pick<Handset, 'do'> {
  hangUp(): void;
  actions: number;
  inConference: boolean;
  /** Decides what becomes of a call that rings here. */
  ringing?: ((isAnswered: boolean) => void) | undefined;
  /** Of a call that came. */
  readonly at?: string;
}

export function createDesk(options: DeskOptions): Desk {
  const { baseUrl, accountSid, authToken, line, tell, timeScale = 1 } = options;
  /** Those that are not over. */
  const calls = new Map<string, CallHere>();
  const shown = new Set<string>();
  const phones = new Map<string, Promise<Phone>>();
  const ears = new Map<string, () => void>();
  const results = new Set<Promise<unknown>>();
  let texts = 0;
  const account = { baseUrl, accountSid, authToken };

  /** The line, and what can be told of the calls on it. */
  const own: TelephoneExchange = {
    ...line,
    connect(record, live) {
      const report = line.connect(record, live);
      show(record);
      return (changed) => {
        show(changed);
        report(changed);
      };
    },
  };

  return {
    call({ from, to }) {
      if (calls.size >= MOST_CALLS) {
        throw new Refused(
          429,
          'too_many_calls',
          `Hang up first: ${MOST_CALLS} calls are under way.`,
        );
      }
      const callSid = newSid('CA');
      if (from !== 'anonymous') listenAt(from);
      const onEvent = (event: TelephoneEvent) => happened(callSid, event);
      const started = startCall({
        ...account,
        callSid,
        from,
        to,
        switchboard: own,
        timeScale,
        onEvent,
      });
      calls.set(callSid, {
        do: started.do,
        hangUp: started.hangUp,
        actions: 0,
        inConference: false,
      });
      const over = started.result.catch(() => undefined).then(() => void results.delete(over));
      results.add(over);
      return callSid;
    },
    act(callSid, action) {
      const call = calls.get(callSid);
      if (call === undefined) throw new Refused(404, 'no_call', 'This call is over.');
      act(call, action);
    },
    async text({ from, to, body }) {
      if (texts >= MOST_TEXTS) {
        throw new Refused(429, 'too_many_texts', 'Wait for the answers to the texts before it.');
      }
      listenAt(from);
      texts += 1;
      try {
        const { replies, faults } = await sendSms({
          ...account,
          from,
          to,
          body,
          switchboard: line,
        });
        for (const reply of replies) tell({ type: 'text', from: to, to: from, body: reply });
        const failed = faults.find(({ severity }) => severity === 'error');
        if (failed)
          throw new Refused(502, 'not_delivered', `Aurora did not take it: ${failed.message}`);
      } finally {
        texts -= 1;
      }
    },
    async plug(number) {
      if (phones.has(number)) return;
      if (phones.size >= MOST_PHONES) {
        throw new Refused(
          429,
          'too_many_phones',
          `Unplug one first: ${MOST_PHONES} are plugged in.`,
        );
      }
      listenAt(number);
      const phone = createPhone({
        number,
        line: own,
        authToken,
        timeScale,
        onRing: beRung,
        onEvent: (event, { callSid }) => happened(callSid, event),
      });
      phones.set(number, phone);
      await phone;
    },
    async unplug(number) {
      const phone = await phones.get(number);
      phones.delete(number);
      await phone?.close();
    },
    async close() {
      for (const { hangUp } of calls.values()) hangUp();
      for (const deafen of ears.values()) deafen();
      const plugged = await Promise.all(phones.values());
      await Promise.all([...plugged.map((phone) => phone.close()), ...results]);
    },
  };

  /** Texts to a number that was used here are shown from then on. */
  function listenAt(number: string): void {
    if (ears.has(number)) return;
    const receive = ({ from, to, body }: { from: string; to: string; body: string }) =>
      tell({ type: 'text', from, to, body });
    ears.set(number, line.listen(number, receive));
  }

  function show({ callSid, direction, from, to, status, endedAt }: CallRecord): void {
    if (!shown.has(callSid)) {
      shown.add(callSid);
      tell({
        type: 'call',
        call: callSid,
        direction: direction === 'inbound' ? 'out' : 'in',
        from,
        to,
      });
    }
    tell({ type: 'status', call: callSid, status });
    if (endedAt !== null) calls.delete(callSid);
  }

  function happened(callSid: string, event: TelephoneEvent): void {
    const call = calls.get(callSid);
    if (call && event.type === 'conference-joined') call.inConference = true;
    if (call && event.type === 'conference-left') call.inConference = false;
    const shownLine = lineOf(event);
    if (shownLine) tell({ type: 'line', call: callSid, line: shownLine });
    if (event.type === 'gather-opened') {
      const { input, language } = event.gather;
      const listensFor = input.includes('speech') ? language : null;
      tell({ type: 'listening', call: callSid, language: listensFor });
    }
  }

  function beRung(ring: Ring, signal: AbortSignal): RingAction | Promise<RingAction> {
    const isEngaged = [...calls.values()].some(({ at }) => at === ring.to);
    if (isEngaged) return 'busy';
    const { caller, ...handset } = createHandset();
    const decided = Promise.withResolvers<RingAction>();
    const here: CallHere = {
      do: handset.do,
      hangUp: () => void hangUpAt(ring),
      actions: 0,
      inConference: false,
      at: ring.to,
      ringing: (isAnswered) => {
        here.ringing = undefined;
        decided.resolve(isAnswered ? { answer: caller } : 'reject');
      },
    };
    calls.set(ring.callSid, here);
    signal.addEventListener('abort', () => {
      here.ringing = undefined;
    });
    return decided.promise;
  }

  async function hangUpAt({ to, callSid }: Ring): Promise<void> {
    const phone = await phones.get(to);
    phone?.calls.find((call) => call.callSid === callSid)?.hangUp();
  }

  function act(call: CallHere, action: Action): void {
    call.actions += 1;
    if (call.actions > MOST_ACTIONS_IN_A_CALL && action.do !== 'hang-up') {
      throw new Refused(429, 'too_much', 'So much was done in this call: hang up, and call again.');
    }
    const { ringing } = call;
    if (action.do === 'answer' || action.do === 'decline') {
      if (!ringing) throw new Refused(409, 'not_ringing', 'It does not ring any more.');
      ringing(action.do === 'answer');
    } else if (action.do === 'hang-up') {
      if (ringing) ringing(false);
      else call.hangUp();
    } else if (ringing) {
      throw new Refused(409, 'ringing', 'Answer the telephone first.');
    } else if (action.do === 'say') {
      const { words: say, language } = action;
      call.do({ say, ...(language !== undefined && { language }) });
    } else if (action.do === 'press') {
      call.do({ keys: action.keys });
    } else if (!call.inConference) {
      // In a conference silence would wait until somebody speaks, before what is done next.
      call.do({ silent: true });
    }
  }
}
