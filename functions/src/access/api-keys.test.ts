import type { Firestore } from '@google-cloud/firestore';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { stored } from '../paths.ts';
import { createApiKeys, newApiKey } from './api-keys.ts';

const emptyFirestore = useFirestore();

async function storeKey(firestore: Firestore, fields: object = {}) {
  const { id, secret, secretHash } = newApiKey();
  await firestore.doc(stored.apiKey(id)).set({
    company_id: 'steel',
    name: 'Alarm panel',
    scopes: ['report'],
    secret_hash: secretHash,
    revoked: false,
    ...fields,
  });
  return { id, secret };
}

function keysOver(firestore: () => Promise<Firestore>) {
  const clock = { now: Date.now() };
  return { clock, keys: createApiKeys({ firestore, now: () => clock.now }) };
}

/** Resolves when the key's document has a time of last use that is another one than this. */
async function nextUse(firestore: Firestore, id: string, known?: unknown): Promise<unknown> {
  const reference = firestore.doc(stored.apiKey(id));
  return new Promise((resolve) => {
    const stop = reference.onSnapshot((document) => {
      const used = document.get('last_used_at');
      if (used === undefined || used.isEqual?.(known)) return;
      stop();
      resolve(used);
    });
  });
}

describe('a key’s secret', () => {
  it('is known by its form, and no two are alike', () => {
    const secrets = Array.from({ length: 100 }, () => newApiKey().secret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^aurora_[0-9a-f]{20}_[\w-]{43}$/);
  });

  it('opens for its own key alone', async () => {
    const firestore = emptyFirestore();
    const [one, two] = [await storeKey(firestore), await storeKey(firestore)];
    const { keys } = keysOver(async () => firestore);
    expect(await keys.verify(one.secret)).toEqual({
      id: one.id,
      companyId: 'steel',
      scopes: ['report'],
    });
    const mixed = one.secret.replace(one.id, two.id);
    expect(await keys.verify(mixed)).toBeUndefined();
    expect(await keys.verify(newApiKey().secret)).toBeUndefined();
  });

  it.each([
    ['revoked', { revoked: true }],
    ['malformed', { secret_hash: 'x' }],
    ['without a company', { company_id: null }],
  ])('does not open where the key is %s', async (_, fields) => {
    const firestore = emptyFirestore();
    const { secret } = await storeKey(firestore, fields);
    expect(await keysOver(async () => firestore).keys.verify(secret)).toBeUndefined();
  });

  it('is not looked up unless it has the form of one', async () => {
    const { keys } = keysOver(() => expect.unreachable());
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `aurora_${rest}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (secret) => {
        expect(await keys.verify(secret)).toBeUndefined();
      }),
    );
    expect(await keys.verify(`${newApiKey().secret}\n`)).toBeUndefined();
  });
});

describe('a valid key', () => {
  it('is believed for ten seconds, and not a moment longer', async () => {
    const firestore = emptyFirestore();
    const { id, secret } = await storeKey(firestore);
    const { clock, keys } = keysOver(async () => firestore);
    await keys.verify(secret);
    await nextUse(firestore, id);
    await firestore.doc(stored.apiKey(id)).update({ revoked: true });
    clock.now += 9_999;
    expect(await keys.verify(secret)).toMatchObject({ id });
    clock.now += 1;
    expect(await keys.verify(secret)).toBeUndefined();
  });

  it('has its last use written down once a minute', async () => {
    const firestore = emptyFirestore();
    const { id, secret } = await storeKey(firestore);
    const { clock, keys } = keysOver(async () => firestore);
    await keys.verify(secret);
    const first = await nextUse(firestore, id);
    clock.now += 59_999;
    await keys.verify(secret);
    expect((await firestore.doc(stored.apiKey(id)).get()).get('last_used_at')).toEqual(first);
    clock.now += 1;
    await keys.verify(secret);
    expect(await nextUse(firestore, id, first)).not.toEqual(first);
  });

  it('is valid although its use can’t be written down', async () => {
    const firestore = emptyFirestore();
    const { id, secret } = await storeKey(firestore);
    let asked = 0;
    const { keys } = keysOver(async () => {
      if (asked++ > 0) throw new Error('away');
      return firestore;
    });
    expect(await keys.verify(secret)).toMatchObject({ id });
  });

  it('is neither valid nor invalid while Firestore is away', async () => {
    const { keys } = keysOver(async () => {
      throw new Error('away');
    });
    await expect(keys.verify(newApiKey().secret)).rejects.toThrow('away');
  });
});
