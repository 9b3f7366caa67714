/** A telephone's end of the control channel: its calls and its number, known to the REST server. */
import { WebSocket } from 'ws';
import type { ConferenceNotice, Conferences } from './conference-protocol.ts';
import {
  CONTROL_PATH,
  type FromTelephone,
  parseMessage,
  toTelephoneSchema,
} from './control-protocol.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import type { NumberSettings } from './number-settings.ts';
import type { OutgoingOrder } from './outgoing-order.ts';
import type { DialResult, LiveCall, TelephoneExchange, TextMessage } from './switchboard.ts';

export interface ControlClientOptions {
  /** Where the REST server listens, e.g. http://127.0.0.1:4010. */
  readonly restUrl: string;
  readonly accountSid?: string;
  readonly authToken?: string;
}

/** A number has one telephone and one listener per client: the newest. */
export interface ControlClient extends TelephoneExchange {
  /** Resolves when the connection is over, from whichever end. */
  readonly closed: Promise<void>;
  close(): void;
}

/** @throws where there is no REST server, or it does not know the account */
export function connectToRestServer(options: ControlClientOptions): Promise<ControlClient> {
  const { accountSid = LOCAL_ACCOUNT_SID, authToken = LOCAL_AUTH_TOKEN } = options;
  const url = options.restUrl.replace(/^http/, 'ws').replace(/\/+$/, '') + CONTROL_PATH;
  const socket = new WebSocket(url);
  const calls = new Map<string, LiveCall>();
  const ears = new Map<string, (message: TextMessage) => void>();
  const telephones = new Map<string, (order: OutgoingOrder) => void>();
  const members = new Map<number, (notice: ConferenceNotice) => void>();
  let stays = 0;
  /** Questions that are not answered yet. */
  const pongs = new Map<number, () => void>();
  const lookUps = new Map<number, (settings: NumberSettings | undefined) => void>();
  const dialled = new Map<number, (result: DialResult | undefined) => void>();
  let requests = 0;

  const send = (message: FromTelephone) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const conferences: Conferences = {
    join(request, notify) {
      stays += 1;
      const member = stays;
      members.set(member, notify);
      send({ type: 'join', member, request });
      return {
        say: (text) => send({ type: 'say', member, text }),
        leave(reason) {
          if (members.delete(member)) send({ type: 'leave', member, reason });
        },
      };
    },
  };
  const client: ControlClient = {
    conferences,
    connect(record, call) {
      calls.set(record.callSid, call);
      send({ type: 'call', record });
      return (changed) => send({ type: 'call', record: changed });
    },
    listen(number, receive) {
      ears.set(number, receive);
      send({ type: 'listen', number });
      return () => {
        if (ears.get(number) !== receive) return;
        ears.delete(number);
        send({ type: 'deafen', number });
      };
    },
    answerAt(number, take) {
      telephones.set(number, take);
      send({ type: 'answer-at', number });
      return () => {
        if (telephones.get(number) !== take) return;
        telephones.delete(number);
        send({ type: 'unplug', number });
      };
    },
    dial(order, signal) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
      requests += 1;
      const request = requests;
      send({ type: 'dial', request, order });
      const stop = () => send({ type: 'stop-dialling', request });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      return new Promise((resolve) => dialled.set(request, resolve));
    },
    settingsOf(number) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
      requests += 1;
      const request = requests;
      send({ type: 'look-up', request, number });
      return new Promise((resolve) => lookUps.set(request, resolve));
    },
    settled() {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve();
      requests += 1;
      const request = requests;
      send({ type: 'ping', request });
      return new Promise((resolve) => pongs.set(request, resolve));
    },
    closed: new Promise((resolve) => socket.on('close', () => resolve())),
    close: () => socket.close(),
  };

  return new Promise((resolve, reject) => {
    socket.on('open', () => send({ type: 'hello', accountSid, authToken }));
    // Later errors are followed by a close: the call goes on without the REST server.
    socket.on('error', reject);
    socket.on('close', (_code, reason) => {
      for (const pong of pongs.values()) pong();
      for (const answer of lookUps.values()) answer(undefined);
      for (const answer of dialled.values()) answer(undefined);
      // Without the REST server there is no conference any more.
      for (const notify of members.values()) notify({ type: 'removed', reason: 'ended' });
      reject(new Error(reason.toString() || 'closed'));
    });
    socket.on('message', async (data) => {
      const message = parseMessage(toTelephoneSchema, data);
      if (message?.type === 'welcome') resolve(client);
      if (message?.type === 'message') ears.get(message.message.to)?.(message.message);
      if (message?.type === 'ring') telephones.get(message.order.to)?.(message.order);
      if (message?.type === 'notice') members.get(message.member)?.(message.notice);
      if (message?.type === 'pong') pongs.get(message.request)?.();
      if (message?.type === 'dialled') {
        dialled.get(message.request)?.(message.result ?? undefined);
        dialled.delete(message.request);
      }
      if (message?.type === 'looked-up') {
        lookUps.get(message.request)?.(message.settings ?? undefined);
        lookUps.delete(message.request);
      }
      if (message?.type === 'update') {
        const call = calls.get(message.callSid);
        const accepted = (await call?.update(message.update)) ?? false;
        send({ type: 'updated', request: message.request, accepted });
      }
    });
  });
}
