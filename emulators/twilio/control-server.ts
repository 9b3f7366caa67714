/** The REST server's end of the control channel: telephones of other processes on the switchboard. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  CLOSE_BAD_MESSAGE,
  CLOSE_REFUSED,
  fromTelephoneSchema,
  parseMessage,
} from './control-protocol.ts';
import { createTelephoneSession } from './control-session.ts';
import type { CallSwitchboard } from './switchboard.ts';

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
  const session = createTelephoneSession(switchboard, (message) => {
    if (socket.readyState !== socket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  });
  let welcome = false;

  socket.on('error', () => socket.terminate());
  socket.on('close', session.gone);
  socket.on('message', (data) => {
    const message = parseMessage(fromTelephoneSchema, data);
    if (message === undefined) {
      socket.close(CLOSE_BAD_MESSAGE, 'not a message of the control protocol');
    } else if (message.type === 'hello') {
      welcome = message.accountSid === accountSid && message.authToken === authToken;
      if (welcome) session.welcome();
      else socket.close(CLOSE_REFUSED, 'wrong account or auth token');
    } else if (welcome) {
      session.receive(message);
    } else {
      socket.close(CLOSE_REFUSED, 'say hello first');
    }
  });
}
