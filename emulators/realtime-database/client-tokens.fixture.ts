import { createHmac } from 'node:crypto';

export interface UserToken {
  project: string;
  uid: string;
  /** Seconds since 1970; an hour later it is expired. */
  issuedAt: number;
  /** Claims that are added, or stand instead. */
  more?: object;
}

/** An ID token as the local Auth emulator issues it: unsigned. */
export function userToken(token: UserToken): string {
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claimsOf(token))}.`;
}

/** Says the same, with a signature that anybody could make. */
export function forgedToken(token: UserToken): string {
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT', kid: 'k1' })}.${encoded(claimsOf(token))}`;
  return `${signed}.${createHmac('sha256', 'guessed').update(signed).digest('base64url')}`;
}

function claimsOf({ project, uid, issuedAt, more }: UserToken): object {
  return {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: uid,
    user_id: uid,
    iat: issuedAt,
    exp: issuedAt + 3_600,
    firebase: { sign_in_provider: 'custom', identities: {} },
    ...more,
  };
}

function encoded(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}
