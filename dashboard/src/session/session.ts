import { createStore } from 'zustand/vanilla';
import { type Answer, ApiError, type Asking, ask, askFile, type FileAnswer } from '../api/ask.ts';
import type { Person, SignedIn } from '../api/types.ts';

/**
 * Who is signed in. The token lives here, in memory, and nowhere else; a reload goes on with the
 * cookie that only the refresh route is given. `expired` keeps who it was: they sign in again over
 * the page, and what they had typed is still there.
 */
export type Session =
  | { state: 'starting' }
  | { state: 'signed_out'; reason?: 'signed_out' | 'unreachable' }
  | {
      state: 'signed_in';
      token: string;
      admin: Person;
      expiresAt: number;
      /** Their company asks for a second factor, and they have none yet: nothing else is answered. */
      mustSetUp?: boolean;
    }
  | { state: 'expired'; admin: Person };

export const session = createStore<Session>(() => ({ state: 'starting' }));

/** Tells the other tabs of this browser that the session is over. */
const tabs = new BroadcastChannel('aurora-session');
tabs.onmessage = () => session.setState({ state: 'signed_out', reason: 'signed_out' }, true);

let expiry: ReturnType<typeof setTimeout> | undefined;

function take({ access_token: token, expires_in, admin }: SignedIn): void {
  const expiresAt = Date.now() + expires_in * 1_000;
  session.setState({ state: 'signed_in', token, admin, expiresAt }, true);
  clearTimeout(expiry);
  // Timers take 24.8 days at most; a shift is shorter.
  expiry = setTimeout(expire, expires_in * 1_000);
}

/** Goes on with the session that this browser keeps, if there is one. Never rejects. */
export async function resume(): Promise<void> {
  try {
    take((await ask<SignedIn>('POST', '/api/session/refresh', { unread: true })).body);
  } catch (error) {
    const isKnown = error instanceof ApiError && error.status >= 400 && error.status < 500;
    session.setState({ state: 'signed_out', ...(isKnown ? {} : { reason: 'unreachable' }) }, true);
  }
}

/**
 * Goes on where the session has ended and somebody has signed in anew in another tab of this browser,
 * as the same person: a screen on a wall needs nobody to come to it. Never rejects.
 */
export async function goOn(): Promise<void> {
  const before = session.getState();
  if (before.state !== 'expired') return;
  const renewed = await ask<SignedIn>('POST', '/api/session/refresh', { unread: true }).catch(
    () => undefined,
  );
  if (session.getState() !== before || renewed?.body.admin.id !== before.admin.id) return;
  take(renewed.body);
}

/** @throws ApiError: 401 `unauthorized` or `totp_required`, 429 with retryAfter */
export async function signIn(of: {
  email: string;
  password: string;
  totp?: string;
}): Promise<void> {
  take((await ask<SignedIn>('POST', '/login', { body: { ...of, keep: true } })).body);
}

/** Signed out on this page whatever the API says; everywhere only when it agrees. @throws ApiError */
export async function signOut(everywhere: boolean): Promise<void> {
  const current = session.getState();
  if (current.state === 'signed_in') {
    const asking = ask('POST', '/logout', { token: current.token, body: { everywhere } });
    if (everywhere) await asking;
    else await asking.catch(() => undefined);
  }
  clearTimeout(expiry);
  session.setState({ state: 'signed_out', reason: 'signed_out' }, true);
  tabs.postMessage('signed_out');
}

/** While it is being renewed nobody asks for a new sign-in because the old token has ended. */
let isRenewing = false;

/** Ends all sessions and goes on with a new one. @throws ApiError */
export async function changePassword(of: {
  current_password: string;
  new_password: string;
}): Promise<void> {
  isRenewing = true;
  try {
    const body = { ...of, keep: true };
    take((await askSignedIn<SignedIn>('POST', '/api/me/password', { body })).body);
  } finally {
    isRenewing = false;
  }
}

/** Whether a second factor must be set up before anything else. */
export function setMustSetUp(mustSetUp: boolean): void {
  const current = session.getState();
  if (current.state === 'signed_in') session.setState({ ...current, mustSetUp }, true);
}

/** What a refusal means for the session. */
export function refused(code: string): void {
  if (code === 'totp_setup_required') setMustSetUp(true);
  else expire();
}

/** The token is not taken any more. */
export function expire(): void {
  const current = session.getState();
  if (current.state === 'signed_in' && !isRenewing) {
    session.setState({ state: 'expired', admin: current.admin }, true);
  }
}

/** Asks as whoever is signed in. @throws ApiError */
export async function askSignedIn<T>(
  method: string,
  path: string,
  asking: Omit<Asking, 'token'> = {},
): Promise<Answer<T>> {
  return withToken((token) => ask<T>(method, path, { ...asking, token }));
}

/** @throws ApiError */
export async function askFileSignedIn(path: string): Promise<FileAnswer> {
  return withToken((token) => askFile(path, token));
}

async function withToken<T>(asking: (token: string) => Promise<T>): Promise<T> {
  const current = session.getState();
  if (current.state !== 'signed_in') throw signedOut();
  try {
    return await asking(current.token);
  } catch (error) {
    const now = session.getState();
    const isOfNow = now.state === 'signed_in' && now.token === current.token;
    if (error instanceof ApiError && isOfNow) {
      if (error.status === 401 || error.code === 'totp_setup_required') refused(error.code);
    }
    throw error;
  }
}

function signedOut(): ApiError {
  return new ApiError({ status: 401, code: 'unauthorized', message: 'Sign in to go on.' });
}
