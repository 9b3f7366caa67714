import type { Interface } from 'node:readline';
import { scriptedCaller } from '../caller.ts';
import type { ControlClient } from '../control-client.ts';
import { createHandset, type Handset } from '../handset.ts';
import { createPhone } from '../phone.ts';
import type { Ring, RingAction } from '../ringing.ts';
import { sendSms } from '../sms.ts';
import type { PhoneArguments } from './phone-arguments.ts';
import type { createPrinter } from './printer.ts';
import { parseTypedLine } from './script-lines.ts';

export interface DeskOptions {
  readonly options: PhoneArguments;
  readonly line: ControlClient;
  /** Undefined: nobody types. */
  readonly lines: Interface | undefined;
  readonly printer: ReturnType<typeof createPrinter>;
}

export interface Desk {
  /** Hangs up; false where there is no call. */
  hangUp(): boolean;
  /** Resolves when the telephone is put away. */
  readonly closed: Promise<void>;
  close(): void;
}

/** A telephone and whoever sits at it: what is typed, and what is shown. */
export async function sitAtPhone(desk: DeskOptions): Promise<Desk> {
  const { options, line, lines, printer } = desk;
  const { baseUrl, accountSid, authToken, number } = options;
  const closed = Promise.withResolvers<void>();
  /** Whom a text is answered to. */
  let writesTo = options.to;
  /** The call that rings, until it is decided what becomes of it. */
  let ringing: ((action: RingAction) => void) | undefined;
  let current: { ring: Ring; handset: Handset; inConference: boolean } | undefined;

  const phone = await createPhone({
    number,
    line,
    authToken,
    timeScale: options.fast ? 0 : 1,
    ...(options.sttLanguage !== undefined && { sttLanguage: options.sttLanguage }),
    onRing,
    onMessage({ from, body }) {
      writesTo = from;
      printer.line('SMS', `${from}: ${body}`, 'magenta');
    },
    onEvent(event, ring) {
      printer.event(event);
      if (current !== undefined && current.ring.callSid !== ring.callSid) return;
      if (event.type === 'hung-up') {
        current = undefined;
        ringing = undefined;
        if (options.once) void close();
      } else if (current !== undefined) {
        if (event.type === 'conference-joined') current.inConference = true;
        if (event.type === 'conference-left') current.inConference = false;
      }
    },
  });
  lines?.on('line', typed);
  printer.note(`The telephone ${number} waits for calls and texts. Ctrl-C puts it away.`);

  return {
    hangUp() {
      const call = phone.calls.find(({ callSid }) => callSid === current?.ring.callSid);
      call?.hangUp();
      return call !== undefined;
    },
    closed: closed.promise,
    close: () => void close(),
  };

  async function close(): Promise<void> {
    await phone.close();
    closed.resolve();
  }

  function onRing(ring: Ring, signal: AbortSignal): RingAction | Promise<RingAction> {
    // One who speaks on the telephone is busy for everybody else.
    if (current !== undefined || options.manner === 'busy') {
      printer.note(`A call from ${ring.from} found the line busy.`);
      return 'busy';
    }
    const handset = createHandset();
    current = { ring, handset, inConference: false };
    printer.note(`It rings: a call from ${ring.from}.`);
    const { manner, script, stay } = options;
    if (manner === 'answer') return { answer: handset.caller };
    if (manner === 'script') {
      return { answer: scriptedCaller(script, stay ? { silent: true } : { hangUp: true }) };
    }
    if (manner !== 'ask') return manner;
    printer.note('Enter answers, r rejects.');
    signal.addEventListener('abort', stopRinging, { once: true });
    return new Promise((resolve) => {
      ringing = resolve;
    });
  }

  /** Does nothing where it was answered or rejected. */
  function stopRinging(): void {
    if (ringing === undefined) return;
    ringing = undefined;
    printer.note('It stopped ringing.');
  }

  function typed(text: string): void {
    const sms = /^sms:\s*(.+)$/i.exec(text)?.[1];
    if (sms !== undefined) {
      void write(sms);
    } else if (ringing !== undefined) {
      decide(text.trim().toLowerCase(), ringing);
    } else if (current === undefined) {
      if (text.trim() !== '') printer.note('There is no call. "sms: …" sends a text.');
    } else {
      const action = parseTypedLine(text);
      // In a conference silence would wait until somebody speaks, before what is typed next.
      if (!('silent' in action && current.inConference)) current.handset.do(action);
    }
  }

  function decide(key: string, settle: (action: RingAction) => void): void {
    if (key === '' && current !== undefined) settle({ answer: current.handset.caller });
    else if (key === 'r') settle('reject');
    else printer.note('Enter answers, r rejects.');
    if (key === '' || key === 'r') ringing = undefined;
  }

  async function write(body: string): Promise<void> {
    const result = await sendSms({
      baseUrl,
      accountSid,
      authToken,
      from: number,
      to: writesTo,
      body,
      switchboard: line,
    });
    for (const reply of result.replies) printer.line('SMS', `${writesTo}: ${reply}`, 'magenta');
    for (const fault of result.faults) printer.event({ type: 'fault', fault });
  }
}
