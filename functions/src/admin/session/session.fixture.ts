import { TOTP } from 'otpauth';
import { createAdminWriter } from '../../access/admin-writer.ts';
import { createGate } from '../../access/gate.ts';
import { createLinkRedeem } from '../../access/link-redeem.ts';
import { createLoginTries } from '../../access/login-tries.ts';
import { createTokens } from '../../access/tokens.ts';
import { createTotp } from '../../access/totp.ts';
import { stored } from '../../paths.ts';
import { SECRET } from '../api.fixture.ts';
import { createFirestoreAdmins } from '../firestore-admins.ts';
import { type OfficeParts, useOffice } from '../office.fixture.ts';
import { sessionRoutes } from './session-routes.ts';

export const PASSWORD = 'correct horse battery';

/** What happens while the next password is computed, before its answer is known. */
const meanwhile: (() => Promise<unknown>)[] = [];

/** `$argon2id$<password>` stands for a password's hash: the real one is tested for itself. */
const passwords = {
  hash: async (password: string) => `$argon2id$${password}`,
  async verify(password: string, hash: string | undefined) {
    await meanwhile.shift()?.();
    return hash === `$argon2id$${password}`;
  },
};

function routesOf(parts: OfficeParts) {
  const { firestore, states, audit, gate, database, log, now } = parts;
  const { byEmail, byId } = createFirestoreAdmins({ firestore, log });
  const keptTokens = createTokens({
    secrets: [SECRET],
    use: 'aurora-kept-sessions',
    clock: { now },
  });
  const forget = gate.forgetAdmin;
  const writer = createAdminWriter({ firestore, states, audit, forget, now });
  return sessionRoutes({
    ...parts,
    adminByEmail: byEmail,
    adminById: byId,
    tries: createLoginTries({ database, now, log }),
    totp: createTotp({ database, now }),
    redeem: createLinkRedeem({ firestore, writer, passwords, now }),
    passwords,
    writer,
    keptTokens,
    keptGate: createGate({ ...parts, tokens: keptTokens }),
    pageOrigins: ['https://aurora.example'],
  });
}

/** The session's routes over real databases: everybody has the password PASSWORD. */
export function useSessions() {
  const openOffice = useOffice(routesOf);
  return async function open() {
    const office = await openOffice();
    const { firestore, ask, now } = office;
    const { docs } = await firestore.collection(stored.admins).get();
    const password_hash = await passwords.hash(PASSWORD);
    await Promise.all(docs.map(({ ref }) => ref.update({ password_hash })));

    const email = 'supervisor@steel.example';
    const login = (more: object = {}) =>
      ask('POST', '/login', undefined, { body: { email, password: PASSWORD, ...more } });
    /** A new session of the supervisor of `steel`, or of somebody else. */
    async function signIn(more: object = {}) {
      const { status, body } = await login(more);
      if (status !== 200) throw new Error(`POST /login answered ${status}.`);
      const token: string = body.access_token;
      const send = (method: Parameters<typeof ask>[0], path: string, body?: unknown) =>
        ask(method, path, token, { body });
      return { token, send, me: () => send('GET', '/api/me') };
    }
    const code = (secret: string) => TOTP.generate({ secret: secretOf(secret), timestamp: now() });
    /** Sets up a second factor, and answers its secret. */
    async function setUpTotp({ send }: Pick<Awaited<ReturnType<typeof signIn>>, 'send'>) {
      const begun = await send('POST', '/api/me/totp', { current_password: PASSWORD });
      const secret: string = begun.body.secret;
      await send('POST', '/api/me/totp/confirm', { code: code(secret) });
      return secret;
    }
    const requireTotp = async (required: boolean) => {
      await firestore.doc(stored.company('steel')).update({ require_totp: required });
    };
    const whileNextIsVerified = (work: () => Promise<unknown>) => void meanwhile.push(work);
    return { ...office, whileNextIsVerified, login, signIn, code, setUpTotp, requireTotp };
  };
}

function secretOf(base32: string) {
  return new TOTP({ secret: base32 }).secret;
}
