import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { answerParent, sharedClock } from './child.ts';
import { digestOf, type SentMessage } from './watched.ts';

/** `node watchers.ts`: all clients, in one process, over raw node:http with no more of SSE than it takes. */
export interface Wanted {
  path: string;
  headers: Record<string, string>;
}

/** When a client had a message, in milliseconds of the shared clock. */
export interface Delivery {
  path: string;
  message: string;
  at: number;
}

/** What a client has been sent. */
export interface Taken {
  path: string;
  digest: string;
  /** Messages that came twice. */
  doubled: number;
}

/** How many streams are being opened at a time. */
const AT_ONCE = 20;

/** As often as a client tries again that is told 503, and milliseconds between. */
const MOST_TRIES = 20;
const PAUSE = 250;

/** Milliseconds that the deliveries of one message everywhere may take. */
const PATIENCE = 60_000;

class Unavailable extends Error {}

interface Watcher {
  path: string;
  /** Content by id, of all that it was sent. */
  messages: Map<string, string>;
  doubled: number;
  close(): void;
}

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
let watchers: Watcher[] = [];
let deliveries: Delivery[] = [];
let awaited: { count: number; resolve: () => void } | undefined;

answerParent({
  /** Opens streams beside those that are open; answers when each has what it begins with. */
  async open({ port, wanted }: { port: number; wanted: Wanted[] }) {
    const queue = [...wanted];
    const opener = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        watchers.push(await patiently(port, next));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, opener));
  },
  /** Answers what came since it was last asked, once it is so many deliveries. */
  async delivered(count: number) {
    if (deliveries.length < count) {
      await new Promise<void>((resolve, reject) => {
        awaited = { count, resolve };
        globalThis.setTimeout(() => reject(new Error('A message never came.')), PATIENCE);
      });
    }
    const taken = deliveries;
    deliveries = [];
    return taken;
  },
  /** What each has of which conversation, and how often it was sent something twice. */
  taken: (): Taken[] =>
    watchers.map(({ path, messages, doubled }) => ({ path, digest: digestOf(messages), doubled })),
  close() {
    for (const watcher of watchers) watcher.close();
    watchers = [];
    deliveries = [];
  },
});

/** A machine that is busy with other things answers 503 at times; clients come back then. */
async function patiently(port: number, wanted: Wanted): Promise<Watcher> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await watch(port, wanted);
    } catch (error) {
      if (!(error instanceof Unavailable) || tries === MOST_TRIES) throw error;
      await setTimeout(PAUSE);
    }
  }
}

function watch(port: number, { path, headers }: Wanted): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const request = get({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
      if (response.statusCode === 503) {
        response.resume();
        return reject(new Unavailable());
      }
      if (response.statusCode !== 200) return reject(new Error(`Status ${response.statusCode}`));
      const watcher: Watcher = {
        path,
        messages: new Map(),
        doubled: 0,
        close: () => request.destroy(),
      };
      read(response, watcher, () => resolve(watcher));
    });
    request.on('error', reject);
  });
}

function read(response: IncomingMessage, watcher: Watcher, begun: () => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('error', () => {});
  response.on('data', (chunk: string) => {
    const at = sharedClock();
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (/^event: ?initial$/m.test(event)) {
        for (const message of dataOf(event).conversation.messages) take(watcher, message);
        begun();
      } else if (/^event: ?new_messages$/m.test(event)) {
        for (const message of dataOf(event).messages) {
          take(watcher, message);
          deliveries.push({ path: watcher.path, message: message.id, at });
        }
      }
    }
    if (!awaited || deliveries.length < awaited.count) return;
    awaited.resolve();
    awaited = undefined;
  });
}

function take(watcher: Watcher, { id, content }: SentMessage): void {
  if (watcher.messages.has(id)) watcher.doubled += 1;
  watcher.messages.set(id, String(content));
}

function dataOf(event: string) {
  return JSON.parse(/^data: ?(.*)$/m.exec(event)?.[1] ?? '');
}
