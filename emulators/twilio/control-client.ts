/** A telephone's end of the control channel: its calls and its number, known to the REST server. */
import { WebSocket } from 'ws';
import {
  CONTROL_PATH,
  type FromTelephone,
  parseMessage,
  toTelephoneSchema,
} from './control-protocol.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import type { LiveCall, Switchboard, TextMessage } from './switchboard.ts';

export interface ControlClientOptions {
  /** Where the REST server listens, e.g. http://127.0.0.1:4010. */
  readonly restUrl: string;
  readonly accountSid?: string;
  readonly authToken?: string;
}

export interface ControlClient extends Switchboard {
  /** Text messages to this number reach this telephone until it is closed. */
  listen(number: string, receive: (message: TextMessage) => void): void;
  close(): void;
}

/** @throws where there is no REST server, or it does not know the account */
export function connectToRestServer(options: ControlClientOptions): Promise<ControlClient> {
  const { accountSid = LOCAL_ACCOUNT_SID, authToken = LOCAL_AUTH_TOKEN } = options;
  const url = options.restUrl.replace(/^http/, 'ws').replace(/\/+$/, '') + CONTROL_PATH;
  const socket = new WebSocket(url);
  const calls = new Map<string, LiveCall>();
  const ears = new Map<string, (message: TextMessage) => void>();

  const send = (message: FromTelephone) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const client: ControlClient = {
    connect(record, call) {
      calls.set(record.callSid, call);
      send({ type: 'call', record });
      return (changed) => send({ type: 'call', record: changed });
    },
    listen(number, receive) {
      ears.set(number, receive);
      send({ type: 'listen', number });
    },
    close: () => socket.close(),
  };

  return new Promise((resolve, reject) => {
    socket.on('open', () => send({ type: 'hello', accountSid, authToken }));
    // Later errors are followed by a close: the call goes on without the REST server.
    socket.on('error', reject);
    socket.on('close', (_code, reason) => reject(new Error(reason.toString() || 'closed')));
    socket.on('message', async (data) => {
      const message = parseMessage(toTelephoneSchema, data);
      if (message?.type === 'welcome') resolve(client);
      if (message?.type === 'message') ears.get(message.message.to)?.(message.message);
      if (message?.type === 'update') {
        const call = calls.get(message.callSid);
        const accepted = (await call?.update(message.update)) ?? false;
        send({ type: 'updated', request: message.request, accepted });
      }
    });
  });
}
