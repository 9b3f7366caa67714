import type { SuiteAddress } from '../../test/suite.ts';
import { ACCOUNT } from './window.ts';

/** A client without a page: notes when words that hold `mark` and a number have come, by the machine's clock. */
export async function listen(
  { baseUrl }: SuiteAddress,
  conversationId: string,
): Promise<{ heard: ReadonlyMap<string, number>; close(): void }> {
  const over = new AbortController();
  const login = await fetch(`${baseUrl}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ACCOUNT),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const config = await (await fetch(`${baseUrl}/api/config`)).json();
  const { streams_base_url: streams } = config as { streams_base_url: string };
  const response = await fetch(`${streams}/api/conversation/${conversationId}/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: over.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`);
  const heard = new Map<string, number>();
  void read(response.body, heard).catch(() => undefined);
  return { heard, close: () => over.abort() };
}

async function read(body: ReadableStream<Uint8Array>, heard: Map<string, number>): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const at = performance.timeOrigin + performance.now();
    for (const [, mark = ''] of decoder.decode(chunk, { stream: true }).matchAll(/mark([0-9]+)/g)) {
      if (!heard.has(mark)) heard.set(mark, at);
    }
  }
}
