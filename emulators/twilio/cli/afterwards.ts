/** What can be looked at when a call is over. */
import { z } from 'zod';
import type { Exchange } from '../events.ts';

/** The demo supervisor that the local suite seeds; asked only of Aurora on this machine. */
const DEMO_SUPERVISOR = { email: 'admin@example.com', password: 'password' };
const PATIENCE = 3_000;

const loginSchema = z.object({ access_token: z.string() });
const conversationSchema = z.object({
  messages: z.union([
    z.array(z.object({ sources: z.string().optional() })),
    z.record(z.string(), z.object({ sources: z.string().optional() })),
  ]),
});

/** Aurora's id of the call: it stands in the URLs that the call went to. */
export function callIdOf(exchanges: readonly Exchange[]): string | undefined {
  for (const { request } of exchanges) {
    const id = new URL(request.url).searchParams.get('call');
    if (id !== null && id !== '') return id;
  }
  return undefined;
}

/**
 * The manuals that the replies of a call came from, in the order of their first use.
 * @returns undefined where Aurora is not on this machine, or does not say in time
 */
export async function manualsOf(baseUrl: string, callId: string): Promise<string[] | undefined> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseUrl).hostname)) return undefined;
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const login = await fetch(`${baseUrl}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(DEMO_SUPERVISOR),
      signal,
    });
    const { access_token } = loginSchema.parse(await login.json());
    const conversationId = callId.replace(/^call_/, 'conv_');
    const answer = await fetch(
      `${baseUrl}/api/conversation/${encodeURIComponent(conversationId)}`,
      { headers: { authorization: `Bearer ${access_token}` }, signal },
    );
    const { messages } = conversationSchema.parse(await answer.json());
    const sources = Object.values(messages).flatMap(({ sources: text }) => text?.split(';') ?? []);
    return [...new Set(sources.map((source) => source.trim()).filter((source) => source !== ''))];
  } catch {
    return undefined;
  }
}
