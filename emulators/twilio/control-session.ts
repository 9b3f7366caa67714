import type { ConferenceNotice, JoinRequest, Membership } from './conference-protocol.ts';
import type { FromTelephone, ToTelephone } from './control-protocol.ts';
import type { OutgoingOrder } from './outgoing-order.ts';
import type { CallRecord, CallSwitchboard, CallUpdate, TextMessage } from './switchboard.ts';

/** Milliseconds that a telephone has to say whether it took an update. */
const ANSWER_WITHIN = 5_000;

/**
 * One telephone of another process, for as long as it is connected.
 * @param send false where it is not connected any more
 */
export function createTelephoneSession(
  switchboard: CallSwitchboard,
  send: (message: ToTelephone) => boolean,
) {
  const calls = new Map<string, { record: CallRecord; report: (record: CallRecord) => void }>();
  /** Calls that it was given. */
  const given = new Set<string>();
  const answers = new Map<number, (accepted: boolean) => void>();
  /** Stays in conferences, by the telephone's number for them. */
  const members = new Map<number, Membership>();
  /** Calls that it dials, by its number for them. */
  const dialling = new Map<number, AbortController>();
  /** What was plugged in, by kind and number, and how it is taken out. */
  const plugged = new Map<string, () => void>();
  let requests = 0;

  return {
    welcome: () => void send({ type: 'welcome' }),
    receive,
    gone(): void {
      for (const takeOut of plugged.values()) takeOut();
      for (const membership of members.values()) membership.leave('hung-up');
      for (const answer of answers.values()) answer(false);
      for (const dial of dialling.values()) dial.abort();
      // A telephone that goes away in a call has hung up, even if it could not say so.
      for (const callSid of [...calls.keys(), ...given]) switchboard.lose(callSid);
    },
  };

  function receive(message: Exclude<FromTelephone, { type: 'hello' }>): void {
    switch (message.type) {
      case 'call':
        connect(message.record);
        break;
      case 'updated':
        answers.get(message.request)?.(message.accepted);
        break;
      case 'listen': {
        const tell = (text: TextMessage) => void send({ type: 'message', message: text });
        plug(`listen ${message.number}`, switchboard.listen(message.number, tell));
        break;
      }
      case 'deafen':
        unplug(`listen ${message.number}`);
        break;
      case 'answer-at':
        plug(`answer-at ${message.number}`, switchboard.answerAt(message.number, give));
        break;
      case 'unplug':
        unplug(`answer-at ${message.number}`);
        break;
      case 'join':
        join(message.member, message.request);
        break;
      case 'say':
        members.get(message.member)?.say(message.text);
        break;
      case 'leave':
        members.get(message.member)?.leave(message.reason);
        members.delete(message.member);
        break;
      case 'dial':
        void dial(message.request, message.order);
        break;
      case 'stop-dialling':
        dialling.get(message.request)?.abort();
        break;
      case 'look-up':
        void lookUp(message.request, message.number);
        break;
      case 'ping':
        send({ type: 'pong', request: message.request });
        break;
    }
  }

  function give(order: OutgoingOrder): void {
    given.add(order.callSid);
    send({ type: 'ring', order });
  }

  function plug(what: string, takeOut: () => void): void {
    unplug(what);
    plugged.set(what, takeOut);
  }

  function unplug(what: string): void {
    plugged.get(what)?.();
    plugged.delete(what);
  }

  function join(member: number, request: JoinRequest): void {
    const notify = (notice: ConferenceNotice) => void send({ type: 'notice', member, notice });
    const membership = switchboard.conferences?.join(request, notify);
    if (membership !== undefined) members.set(member, membership);
  }

  async function dial(request: number, order: OutgoingOrder): Promise<void> {
    const stop = new AbortController();
    dialling.set(request, stop);
    const result = (await switchboard.dial?.(order, stop.signal)) ?? null;
    dialling.delete(request);
    send({ type: 'dialled', request, result });
  }

  async function lookUp(request: number, number: string): Promise<void> {
    const settings = (await switchboard.settingsOf?.(number)) ?? null;
    send({ type: 'looked-up', request, settings });
  }

  function connect(record: CallRecord): void {
    const known = calls.get(record.callSid);
    if (known !== undefined) {
      known.record = record;
      known.report(record);
      return;
    }
    const update = (change: CallUpdate) => askTelephone(record.callSid, change);
    calls.set(record.callSid, { record, report: switchboard.connect(record, { update }) });
  }

  function askTelephone(callSid: string, update: CallUpdate): Promise<boolean> {
    if (calls.get(callSid)?.record.endedAt !== null) return Promise.resolve(false);
    requests += 1;
    const request = requests;
    return new Promise((resolve) => {
      const settle = (accepted: boolean) => {
        clearTimeout(timer);
        answers.delete(request);
        resolve(accepted);
      };
      const timer = setTimeout(() => settle(false), ANSWER_WITHIN);
      answers.set(request, settle);
      if (!send({ type: 'update', request, callSid, update })) settle(false);
    });
  }
}
