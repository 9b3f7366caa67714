import type { IssuedToken } from '../../access/tokens.ts';

/**
 * A page keeps its token in memory, where nothing that survives it can be stolen. So that a reload
 * does not sign anybody out, the browser holds a second token, which no script can read and which is
 * good for nothing but a new first one. Firebase Hosting hands on no cookie but the one of this name.
 * https://firebase.google.com/docs/hosting/manage-cache#using_cookies
 */
export const COOKIE = '__session';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** Set with the answer to a sign-in that asks for it. */
export function keepSession({ token, expiresInSeconds }: IssuedToken): string {
  return `${COOKIE}=${token}; Max-Age=${expiresInSeconds}; ${ATTRIBUTES}`;
}

/** Set with the answer to a sign-out, whether there was a cookie or not. */
export const FORGET_SESSION = `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;

/** The token in a Cookie header. */
export function cookieOf(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) || undefined;
}
