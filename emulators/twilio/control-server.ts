/** The REST server's end of the control channel: telephones of other processes on the switchboard. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  CLOSE_BAD_MESSAGE,
  CLOSE_REFUSED,
  fromTelephoneSchema,
  parseMessage,
  type ToTelephone,
} from './control-protocol.ts';
import type { CallRecord, CallSwitchboard, CallUpdate } from './switchboard.ts';

/** Milliseconds that a telephone has to say whether it took an update. */
const ANSWER_WITHIN = 2_000;
const LONGEST_MESSAGE = 1024 * 1024;

export interface ControlServerOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly switchboard: CallSwitchboard;
}

export function createControlServer(options: ControlServerOptions) {
  const server = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE });

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      server.handleUpgrade(request, socket, head, (webSocket) => admit(webSocket, options));
    },
    stop(): void {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function admit(socket: WebSocket, { accountSid, authToken, switchboard }: ControlServerOptions) {
  const calls = new Map<string, { record: CallRecord; report: (record: CallRecord) => void }>();
  const answers = new Map<number, (accepted: boolean) => void>();
  const undo: (() => void)[] = [];
  let welcome = false;
  let requests = 0;

  const send = (message: ToTelephone) => socket.send(JSON.stringify(message));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    const message = parseMessage(fromTelephoneSchema, data);
    if (message === undefined) {
      socket.close(CLOSE_BAD_MESSAGE, 'not a message of the control protocol');
    } else if (message.type === 'hello') {
      welcome = message.accountSid === accountSid && message.authToken === authToken;
      if (welcome) send({ type: 'welcome' });
      else socket.close(CLOSE_REFUSED, 'wrong account or auth token');
    } else if (!welcome) {
      socket.close(CLOSE_REFUSED, 'say hello first');
    } else if (message.type === 'call') {
      connect(message.record);
    } else if (message.type === 'listen') {
      undo.push(
        switchboard.listen(message.number, (text) => send({ type: 'message', message: text })),
      );
    } else {
      answers.get(message.request)?.(message.accepted);
    }
  });
  socket.on('close', () => {
    for (const step of undo) step();
    for (const answer of answers.values()) answer(false);
    // A telephone that goes away in a call has hung up, even if it could not say so.
    for (const { record, report } of calls.values()) {
      if (record.endedAt === null) report(hungUp(record));
    }
  });

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
    const over = calls.get(callSid)?.record.endedAt !== null;
    if (over || socket.readyState !== socket.OPEN) return Promise.resolve(false);
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
      send({ type: 'update', request, callSid, update });
    });
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
