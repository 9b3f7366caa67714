/** A REST server, a tiny Aurora and telephones at it, all gone after each test. */
import { afterEach, beforeEach } from 'vitest';
import { type ControlClient, connectToRestServer } from './control-client.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import { createTwilioRestServer, type TwilioRestServer } from './rest-server.ts';
import {
  createPhone,
  type PhoneOptions,
  type StartCallOptions,
  startCall,
  type TelephoneEvent,
} from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';
import { restClient } from './test-rest-client.ts';

export const ACCOUNT = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };

export function createTestExchange() {
  let rest: TwilioRestServer;
  let aurora: TestAurora | undefined;
  let undo: (() => unknown)[] = [];
  beforeEach(async () => {
    rest = createTwilioRestServer({ ...ACCOUNT, port: 0, timeScale: 0 });
    await rest.start();
  });
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
    undo = [];
    await aurora?.stop();
    await rest.stop();
  });

  return {
    async startAurora(answers: Record<string, Answer>) {
      aurora = await startTestAurora(answers);
      return aurora;
    },
    client: () => restClient(rest.url),
    server: () => rest,
    async connect(): Promise<ControlClient> {
      const line = await connectToRestServer({ restUrl: rest.url, ...ACCOUNT });
      undo.push(() => line.close());
      return line;
    },
    async plugIn(options: Pick<PhoneOptions, 'number'> & Partial<PhoneOptions>) {
      const phone = await createPhone({ line: rest.switchboard, timeScale: 0, ...options });
      undo.push(() => phone.close());
      return phone;
    },
    /** A caller who does what the handset is told. */
    dial(options: Partial<StartCallOptions> = {}) {
      const call = startCall({
        baseUrl: aurora?.baseUrl ?? '',
        switchboard: rest.switchboard,
        timeScale: 0,
        ...options,
      });
      undo.push(async () => {
        call.hangUp();
        await call.result;
      });
      return call;
    },
  };
}

/** What was heard, in order, each with the one it came from. */
export function heard(events: readonly TelephoneEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'heard') return [`${event.label ?? event.from}: ${event.text}`];
    return event.type === 'said' ? [`Aurora: ${event.text}`] : [];
  });
}
