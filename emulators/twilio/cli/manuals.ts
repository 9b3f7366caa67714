/**
 * Which manuals Aurora's replies come from. TwiML carries only words, so Aurora's own API is asked,
 * as the demo supervisor that the local suite seeds, and only on this machine.
 */
import { z } from 'zod';
import type { Exchange } from '../events.ts';

const DEMO_SUPERVISOR = { email: 'admin@example.com', password: 'password' };
/** Milliseconds; the first request of a suite starts a worker for the API. */
const PATIENCE = 8_000;
/** Milliseconds that the live copy of a reply may be behind the reply itself. */
const MIRROR_DELAY = 400;

const loginSchema = z.object({ access_token: z.string() });
const conversationSchema = z.object({
  messages: z.array(z.object({ role: z.string(), sources: z.string() })),
});

export interface Manuals {
  /** Of the newest reply, a little after it was given; empty where it has none. */
  ofNewestReply(callId: string): Promise<string>;
  /** Of all replies, in the order of their first use. */
  ofCall(callId: string): Promise<string[]>;
}

/** Both answers are empty where Aurora is elsewhere, or does not say in time. */
export function createManuals(baseUrl: string): Manuals {
  let token: Promise<string> | undefined;

  return {
    async ofNewestReply(callId) {
      await new Promise((resolve) => setTimeout(resolve, MIRROR_DELAY));
      return (await sourcesOfReplies(callId)).at(-1) ?? '';
    },
    async ofCall(callId) {
      const sources = (await sourcesOfReplies(callId)).flatMap((text) => text.split(';'));
      return [...new Set(sources.map((source) => source.trim()).filter(Boolean))];
    },
  };

  async function sourcesOfReplies(callId: string): Promise<string[]> {
    if (!isOnThisMachine(baseUrl)) return [];
    const id = encodeURIComponent(callId.replace(/^call_/, 'conv_'));
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      token ??= logIn(baseUrl, signal);
      const headers = { authorization: `Bearer ${await token}` };
      const answer = await fetch(`${baseUrl}/api/conversation/${id}`, { headers, signal });
      const { messages } = conversationSchema.parse(await answer.json());
      return messages.filter(({ role }) => role === 'assistant').map(({ sources }) => sources);
    } catch {
      token = undefined;
      return [];
    }
  }
}

async function logIn(baseUrl: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(`${baseUrl}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(DEMO_SUPERVISOR),
    signal,
  });
  return loginSchema.parse(await answer.json()).access_token;
}

function isOnThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** Aurora's id of the call: it stands in the URLs that the call went to. */
export function callIdOf(exchange: Exchange): string | undefined {
  return new URL(exchange.request.url).searchParams.get('call') || undefined;
}
