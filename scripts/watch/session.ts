/** What an answer that is no stream says went wrong; `retry` where it may be another one later. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get isPassing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

export interface Session {
  /** Signs in where nobody is yet. @throws Refused */
  token(): Promise<string>;
  /** The token is not taken any more: the next one is a new one. */
  forget(token: string): void;
  /** Where streams are opened. */
  streamsUrl(): Promise<string>;
}

export interface SessionOptions {
  baseUrl: string;
  email: string;
  password: () => Promise<string>;
  /** The code of a second factor. */
  totp: () => Promise<string>;
  fetch: typeof fetch;
}

/** Somebody who signs in when it is needed, and again when the shift is over. */
export function createSession({ baseUrl, email, password, totp, fetch }: SessionOptions): Session {
  let known: string | undefined;

  async function signIn(code?: string): Promise<string> {
    const response = await fetch(`${baseUrl}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: await password(), ...(code && { totp: code }) }),
    });
    if (response.ok) return ((await response.json()) as { access_token: string }).access_token;
    const refused = await refusalOf(response);
    if (refused.code === 'totp_required' && !code) return signIn(await totp());
    throw refused;
  }

  return {
    async token() {
      known ??= await signIn();
      return known;
    },
    forget(token) {
      if (known === token) known = undefined;
    },
    async streamsUrl() {
      const response = await fetch(`${baseUrl}/api/config`);
      if (!response.ok) return baseUrl;
      const { streams_base_url: url } = (await response.json()) as { streams_base_url?: string };
      return url ?? baseUrl;
    },
  };
}

/** The one shape of errors; whatever else answered is told by its status. */
export async function refusalOf(response: {
  status: number;
  json(): Promise<unknown>;
}): Promise<Refused> {
  const body = (await response.json().catch(() => undefined)) as
    | { error?: { code?: string; message?: string } }
    | undefined;
  const { code = 'unknown', message = `The answer was ${response.status}.` } = body?.error ?? {};
  return new Refused(response.status, code, message);
}
