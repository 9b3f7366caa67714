import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

/** As the API writes every failure. */
const Failure = z.object({
  error: z.object({
    code: z.string(),
    details: z.optional(
      z.object({
        fields: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
      }),
    ),
  }),
});

/** What asking came to. */
export type Redeemed =
  | { kind: 'done' }
  /** The link does not count (any more): nothing on this page helps. */
  | { kind: 'link_invalid' }
  /** The API does not take this password; the reason is a part of a sentence. */
  | { kind: 'password_refused'; reason: string }
  | { kind: 'too_many_tries'; seconds: number }
  | { kind: 'unexpected'; status: number }
  | { kind: 'silent' };

/** Milliseconds: a function that was asleep may need several seconds to start. */
const PATIENCE = 20_000;

/** Milliseconds of a second. */
const SECOND = 1_000;

const SECRET = /^#([A-Za-z0-9_-]{43})$/;

/**
 * The secret behind the `#` of the address, which is removed from the address bar and the history:
 * whoever looks at the screen or the browser later must not find it.
 */
export function takeSecret(
  location: Pick<Location, 'hash' | 'pathname'>,
  history: Pick<History, 'replaceState'>,
): string | undefined {
  const { hash, pathname } = location;
  if (hash !== '') history.replaceState(null, '', pathname);
  return SECRET.exec(hash)?.[1];
}

/** Sets the password with `POST /api/links/redeem`. Never throws. */
export async function redeem(
  secret: string,
  password: string,
  send: typeof fetch = fetch,
): Promise<Redeemed> {
  try {
    const response = await send('/api/links/redeem', {
      method: 'POST',
      cache: 'no-store',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ secret, new_password: password }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await readAnswer(response);
  } catch {
    return { kind: 'silent' };
  }
}

async function readAnswer(response: Response): Promise<Redeemed> {
  const { status } = response;
  if (status === 204) return { kind: 'done' };
  const failure = Failure.safeParse(parseJson(await response.text()));
  const { code, details } = failure.data?.error ?? {};
  if (code === 'link_invalid') return { kind: 'link_invalid' };
  if (status === 429) return { kind: 'too_many_tries', seconds: secondsOf(response) };
  const fault = details?.fields?.find(({ path }) => path === 'new_password');
  if (status === 400 && fault) return { kind: 'password_refused', reason: fault.message };
  return { kind: 'unexpected', status };
}

function secondsOf(response: Response): number {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : PATIENCE / SECOND;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
