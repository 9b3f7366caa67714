import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { demoTelephones } from '../suite/demo/telephones.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_DEMO_NUMBER,
  LOCAL_STRANGER_NUMBER,
} from '../twilio/local-account.ts';
import { createTwilioRestServer } from '../twilio/rest-server.ts';
import { type Answer, startTestAurora } from '../twilio/test-aurora.ts';
import { createTelephonePage } from './page-server.ts';
import { type DeskEvent, PAGE_PATH } from './protocol.ts';

/** Greets, and takes each turn. */
const TALKS: Record<string, Answer> = {
  '/incoming-call':
    '<Gather input="speech dtmf" numDigits="1" action="/turn" language="en-IN"><Say language="en-IN">Tell me.</Say></Gather>',
  '/turn': ({ parameters }) => {
    const { SpeechResult = '', Digits = '' } = parameters;
    return `<Gather input="speech dtmf" numDigits="1" action="/turn" language="en-IN"><Say language="hi-IN">You said ${SpeechResult}${Digits}.</Say></Gather>`;
  },
  '/incoming-message': ({ parameters }) => `<Message>You wrote ${parameters.Body}.</Message>`,
};

export interface Asked {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** The page's server beside a tiny Aurora, both gone when the test is over. */
export async function startPage({ answers = TALKS, folder = '/nowhere' } = {}) {
  const aurora = await startTestAurora(answers);
  const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };
  const page = createTelephonePage({
    ...account,
    baseUrl: aurora.baseUrl,
    line: () => rest.switchboard,
    setup: { ...demoTelephones(), stranger: LOCAL_STRANGER_NUMBER, controlRoom: aurora.baseUrl },
    folder,
    timeScale: 0,
  });
  const rest = createTwilioRestServer({
    ...account,
    port: 0,
    beside: { path: PAGE_PATH, handle: page.handle },
  });
  await rest.start();
  onTestFinished(async () => {
    await page.close();
    await rest.stop();
    await aurora.stop();
  });

  /** With any headers at all, as a browser or somebody else may send them. */
  function send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body = '',
  ): Promise<Asked> {
    return new Promise((resolve, reject) => {
      // The path goes as it is written, with all that leads upwards.
      const where = { host: '127.0.0.1', port: rest.port, path, method, headers };
      const sent = request(where, async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const OWN = { origin: rest.url, 'content-type': 'application/json' };

  return {
    url: rest.url,
    /** Calls that Aurora was given. */
    calls: () => aurora.paths().filter((path) => path === '/incoming-call').length,
    aurora,
    send,
    headers: OWN,
    /** As the page asks. */
    async ask(name: string, of: object) {
      const { status, body } = await send(
        'POST',
        `${PAGE_PATH}/api/${name}`,
        OWN,
        JSON.stringify(of),
      );
      return { status, body: body === '' ? undefined : JSON.parse(body) };
    },
    openDesk: () => openDesk(rest.url),
    to: LOCAL_DEMO_NUMBER,
  };
}

/** A page that is open: its desk, and all that it is told. */
async function openDesk(url: string) {
  const gone = new AbortController();
  const response = await fetch(`${url}${PAGE_PATH}/api/events`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: '{}',
    signal: gone.signal,
  });
  const events: DeskEvent[] = [];
  const looks = new Set<() => void>();
  const begun = Promise.withResolvers<string>();
  void read().catch(() => {});
  return {
    desk: await begun.promise,
    events,
    close: () => gone.abort(),
    /** Resolves with the first event that fits, past or to come. */
    until: <Found extends DeskEvent>(fits: (event: DeskEvent) => event is Found): Promise<Found> =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find(fits);
          if (!found) return;
          looks.delete(look);
          resolve(found);
        };
        looks.add(look);
        look();
      }),
  };

  async function read(): Promise<void> {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const pieces = (rest + chunk).split('\n\n');
      rest = pieces.pop() ?? '';
      for (const piece of pieces.filter((each) => each.startsWith('data: '))) {
        const event = JSON.parse(piece.slice('data: '.length)) as DeskEvent;
        events.push(event);
        if (event.type === 'desk') begun.resolve(event.desk);
      }
      for (const look of looks) look();
    }
  }
}
