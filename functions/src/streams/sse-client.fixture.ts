/** A client of event streams for tests: it keeps every event, and is waited on for more. */

export interface ReceivedEvent {
  id: string | undefined;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of any shape
  data: any;
}

export interface TestClient {
  status: number;
  headers: Headers;
  /** Of an answer that is no stream. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of any shape
  body: any;
  /** All events but heartbeats so far, and the texts of `retry:` lines. */
  events: ReceivedEvent[];
  heartbeats: ReceivedEvent[];
  retries: string[];
  /** The id to go on from. */
  lastId(): string | undefined;
  /** Resolves with the next event that was not asked for yet; rejects where the stream ended. */
  next(): Promise<ReceivedEvent>;
  /** What has come and was not asked for yet. */
  unread(): ReceivedEvent[];
  /** Resolves when the server has closed the stream; true where it broke off. */
  ended: Promise<boolean>;
  /** Goes away. */
  leave(): void;
}

export async function openStream(
  url: string,
  headers: Record<string, string>,
): Promise<TestClient> {
  const away = new AbortController();
  const response = await fetch(url, { headers, signal: away.signal });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  const events: ReceivedEvent[] = [];
  const heartbeats: ReceivedEvent[] = [];
  const retries: string[] = [];
  const waiting: { resolve(event: ReceivedEvent): void; reject(error: Error): void }[] = [];
  let asked = 0;
  let lastId: string | undefined;
  let isOver = !isStream;

  function take(block: string): void {
    const fields: Record<string, string> = {};
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([a-z]+): ?(.*)$/s.exec(line) ?? [];
      if (name) fields[name] = name in fields ? `${fields[name]}\n${value}` : value;
    }
    if (fields.retry !== undefined) retries.push(fields.retry);
    if (fields.id !== undefined) lastId = fields.id;
    if (fields.data === undefined) return;
    const { id, event = 'message', data } = fields;
    const received = { id, event, data: JSON.parse(data) };
    if (event === 'heartbeat') return void heartbeats.push(received);
    events.push(received);
    waiting.shift()?.resolve(received);
  }

  async function read(): Promise<boolean> {
    let text = '';
    try {
      for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) take(block);
      }
      return false;
    } catch {
      return true;
    } finally {
      isOver = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('The stream is over.'));
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    body: isStream ? undefined : await response.json().catch(() => undefined),
    events,
    heartbeats,
    retries,
    lastId: () => lastId,
    next() {
      const event = events[asked++];
      if (event) return Promise.resolve(event);
      if (isOver) return Promise.reject(new Error('The stream is over.'));
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    unread() {
      const unread = events.slice(asked);
      asked = events.length;
      return unread;
    },
    ended: isStream ? read() : Promise.resolve(false),
    leave: () => away.abort(),
  };
}
