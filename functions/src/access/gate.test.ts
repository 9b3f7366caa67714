import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import type { AdminState } from './admin-state.ts';
import { createAdminStates } from './admin-state.ts';
import { Company } from './companies.ts';
import { createGate } from './gate.ts';
import { createTokens } from './tokens.ts';

const realtimeDatabase = useRealtimeDatabase();
const NOW = Date.parse('2025-10-04T09:30:00Z');
const HOUR = 60 * 60 * 1_000;
const SECRET = 'the-secret-of-the-tests-with-forty-characters';
const OTHER = 'another-secret-of-somebody-else-with-many-characters';
const PURPOSES = ['read', 'change'] as const;

const ASHA: AdminState = {
  role: 'supervisor',
  company_id: 'steel',
  disabled: false,
  operator: false,
  not_before: 0,
  totp: false,
  version: 1,
};

interface World {
  state?: AdminState;
  wrap?: (database: LiveDatabase) => LiveDatabase;
  requireTotp?: () => boolean;
}

/** A gate over a database in which Asha is a supervisor, and a token of hers. */
async function open({
  state = ASHA,
  wrap = (same) => same,
  requireTotp = () => false,
}: World = {}) {
  let time = NOW;
  const now = () => time;
  const database = realtimeDatabase.emptyDatabase();
  await createAdminStates(database).ensure('asha', state);
  const reached = wrap(database);
  const tokens = createTokens({ secrets: [SECRET], clock: { now } });
  const companies = { of: async () => Company.parse({ require_totp: requireTotp() }) };
  const gate = createGate({
    tokens,
    states: createAdminStates(reached),
    companies,
    database: reached,
    now,
  });
  const { token } = tokens.issue({ id: 'asha' });
  return {
    ...gate,
    token,
    database,
    states: createAdminStates(database),
    tokenId: tokens.verify(token).tokenId,
    admit: (bearer: string | undefined, purpose: 'read' | 'change' = 'read', options = {}) =>
      gate.admit(bearer === undefined ? undefined : `Bearer ${bearer}`, purpose, options),
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

type Open = Awaited<ReturnType<typeof open>>;

/** What a token must never open, whatever is asked: each makes a bearer of its own. */
const REFUSED: Record<string, (world: Open) => Promise<string | undefined> | string | undefined> = {
  'no token': () => undefined,
  'an empty token': () => '',
  garbage: () => 'garbage',
  'three parts of garbage': () => 'a.b.c',
  'a token of another secret': () => signed(OTHER),
  'a token of another algorithm': () => signed(SECRET, { algorithm: 'HS512' }),
  'a token of no algorithm': () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`;
  },
  'a token of another issuer': () => signed(SECRET, {}, { iss: 'somebody' }),
  'a token of another audience': () => signed(SECRET, {}, { aud: 'somebody' }),
  'a token of somebody who is no path': () => signed(SECRET, {}, { sub: '../../secret' }),
  'an expired token': ({ token, wait }) => {
    wait(10 * HOUR);
    return token;
  },
  'a revoked token': async ({ token, tokenId, database }) => {
    await database.create(live.revokedToken(tokenId), { expires_at: NOW + 10 * HOUR });
    return token;
  },
  'a token of before a sign-out everywhere': async ({ token, states }) => {
    await states.change('asha', () => ({ ...ASHA, not_before: NOW + 1 }));
    return token;
  },
  'a token of somebody who is disabled': async ({ token, states }) => {
    await states.change('asha', () => ({ ...ASHA, disabled: true }));
    return token;
  },
  'a token of somebody who was removed': async ({ token, states }) => {
    await states.change('asha', () => undefined);
    return token;
  },
  'a token of somebody who never was': () => signed(SECRET, {}, { sub: 'nobody' }),
  'a token of somebody whose state is malformed': async ({ token, states }) => {
    await states.change('asha', () => ({ role: 'owner', company_id: 'steel' }) as never);
    return token;
  },
};

function claims(): object {
  return {
    iss: 'aurora',
    aud: 'aurora-supervisors',
    sub: 'asha',
    jti: '0b0c5a52-2f0e-4c5b-9d0e-1f2a3b4c5d6e',
    iat: NOW / 1_000,
    at: NOW,
    exp: (NOW + HOUR) / 1_000,
  };
}

function signed(secret: string, options: jwt.SignOptions = {}, more: object = {}): string {
  return jwt.sign({ ...claims(), ...more }, secret, { algorithm: 'HS256', ...options });
}

const unauthorized = { status: 401, code: 'unauthorized' };
const unavailable = { status: 503, code: 'unavailable' };

describe('the gate', () => {
  it('lets in who holds a valid token, with the role and company of this moment', async () => {
    const { admit, token, tokenId } = await open();
    for (const purpose of PURPOSES) {
      expect(await admit(token, purpose)).toMatchObject({
        adminId: 'asha',
        companyId: 'steel',
        role: 'supervisor',
        tokenId,
        tokenIssuedAt: NOW,
        tokenExpiresAt: NOW + 10 * HOUR,
      });
    }
  });

  it('takes the claims of these tests for valid, but for what each changes', async () => {
    const { admit } = await open();
    expect(await admit(signed(SECRET))).toMatchObject({ adminId: 'asha' });
  });

  const table = Object.entries(REFUSED).flatMap(([what, make]) =>
    PURPOSES.map((purpose) => [what, purpose, make] as const),
  );
  it.each(table)('does not let in %s to %s', async (_, purpose, make) => {
    const world = await open();
    const bearer = await make(world);
    await expect(world.admit(bearer, purpose)).rejects.toMatchObject(unauthorized);
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer'])(
    'does not take "%s" for a token',
    async (header) => {
      const { token: _, ...world } = await open();
      const tokens = createTokens({ secrets: [SECRET], clock: { now: () => NOW } });
      const gate = createGate({
        tokens,
        states: world.states,
        companies: { of: async () => Company.parse({}) },
        database: world.database,
        now: () => NOW,
      });
      await expect(gate.admit(header, 'read')).rejects.toMatchObject(unauthorized);
    },
  );
});

describe('what the gate believes', () => {
  it.each(
    Object.entries(REFUSED).filter(([what]) => /sign-out|disabled|removed|revoked/.test(what)),
  )('of %s holds for a read of the next 10 seconds, and never for a change', async (_, make) => {
    const world = await open();
    await world.admit(world.token);
    await make(world);
    world.wait(9_999);
    expect(await world.admit(world.token)).toMatchObject({ adminId: 'asha' });
    await expect(world.admit(world.token, 'change')).rejects.toMatchObject(unauthorized);
    await expect(world.admit(world.token)).rejects.toMatchObject(unauthorized);
  });

  it('is over after 10 seconds', async () => {
    const world = await open();
    await world.admit(world.token);
    await REFUSED['a revoked token']?.(world);
    world.wait(10_000);
    await expect(world.admit(world.token)).rejects.toMatchObject(unauthorized);
  });

  it('that somebody is an operator is over within 10 seconds', async () => {
    const world = await open({ state: { ...ASHA, operator: true } });
    expect(await world.admit(world.token)).toMatchObject({ operator: true });
    await world.states.change('asha', () => ASHA);
    world.wait(10_000);
    expect(await world.admit(world.token)).toMatchObject({ operator: false });
  });

  it('is forgotten at once on the instance where a token is revoked', async () => {
    const world = await open();
    await world.admit(world.token);
    await REFUSED['a revoked token']?.(world);
    world.forget(world.tokenId);
    await expect(world.admit(world.token)).rejects.toMatchObject(unauthorized);
  });

  it('is forgotten at once for all tokens of somebody who is changed', async () => {
    const world = await open();
    await world.admit(world.token);
    await REFUSED['a token of somebody who is disabled']?.(world);
    world.forgetAdmin('somebody else');
    expect(await world.admit(world.token)).toMatchObject({ adminId: 'asha' });
    world.forgetAdmin('asha');
    await expect(world.admit(world.token)).rejects.toMatchObject(unauthorized);
  });

  it('is nothing that was being read while it was forgotten', async () => {
    let reached: () => void = () => {};
    let goOn: () => void = () => {};
    const isReading = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const mayAnswer = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const world = await open({
      wrap: (database) => ({
        ...database,
        async read(path) {
          const found = await database.read(path);
          reached();
          await mayAnswer;
          return found;
        },
      }),
    });
    const first = world.admit(world.token);
    await isReading;
    await REFUSED['a token of somebody who is disabled']?.(world);
    world.forgetAdmin('asha');
    goOn();
    await first;
    await expect(world.admit(world.token)).rejects.toMatchObject(unauthorized);
  });
});

describe('while the Realtime Database is away', () => {
  const away = (database: LiveDatabase): LiveDatabase => ({
    ...database,
    read: async () => {
      throw new AuroraError(401, 'database_refused', 'Not now.', { retryable: true });
    },
  });
  const silent = (database: LiveDatabase): LiveDatabase => ({
    ...database,
    read: () => new Promise(() => {}),
  });

  it.each(PURPOSES.flatMap((purpose) => [away, silent].map((wrap) => ({ purpose, wrap }))))(
    'nobody can say who may $purpose: 503',
    async ({ purpose, wrap }) => {
      const { admit, token } = await open({ wrap });
      await expect(admit(token, purpose)).rejects.toMatchObject(unavailable);
    },
  );

  it('who was let in before may read for 10 seconds, and change nothing', async () => {
    let isAway = false;
    const world = await open({
      wrap: (database) => ({
        ...database,
        read: (path) => (isAway ? away(database).read(path) : database.read(path)),
      }),
    });
    await world.admit(world.token);
    isAway = true;
    world.wait(9_999);
    expect(await world.admit(world.token)).toMatchObject({ adminId: 'asha' });
    world.wait(1);
    await expect(world.admit(world.token)).rejects.toMatchObject(unavailable);
    await expect(world.admit(world.token, 'change')).rejects.toMatchObject(unavailable);
  });

  it('a token that is none is refused all the same', async () => {
    const { admit } = await open({ wrap: silent });
    await expect(admit('garbage')).rejects.toMatchObject(unauthorized);
  });
});

describe('where the company asks for a second factor', () => {
  const required = { status: 403, code: 'totp_setup_required' };

  it.each(PURPOSES)('who has none may %s nothing but set it up', async (purpose) => {
    const { admit, token } = await open({ requireTotp: () => true });
    await expect(admit(token, purpose)).rejects.toMatchObject(required);
    expect(await admit(token, purpose, { withoutTotp: true })).toMatchObject({ adminId: 'asha' });
    await expect(admit(token, purpose)).rejects.toMatchObject(required);
  });

  it.each(PURPOSES)('who has one may %s as always', async (purpose) => {
    const { admit, token } = await open({
      requireTotp: () => true,
      state: { ...ASHA, totp: true },
    });
    expect(await admit(token, purpose)).toMatchObject({ adminId: 'asha' });
  });

  it('it holds for tokens that were let in before, as soon as the settings say so', async () => {
    let isRequired = false;
    const { admit, token } = await open({ requireTotp: () => isRequired });
    await admit(token);
    isRequired = true;
    await expect(admit(token)).rejects.toMatchObject(required);
    isRequired = false;
    expect(await admit(token)).toMatchObject({ adminId: 'asha' });
  });

  it('who has just set one up, on whatever instance, is let in at once', async () => {
    const { admit, token, states } = await open({ requireTotp: () => true });
    await admit(token, 'read', { withoutTotp: true });
    await states.change('asha', () => ({ ...ASHA, totp: true }));
    expect(await admit(token)).toMatchObject({ adminId: 'asha' });
  });

  it('nobody can say so while the settings can’t be read: 503', async () => {
    const world = await open({
      requireTotp: () => {
        throw new Error('away');
      },
    });
    await expect(world.admit(world.token)).rejects.toMatchObject(unavailable);
  });
});
