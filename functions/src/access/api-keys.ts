import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { FieldValue, type Firestore, type Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { stored } from '../paths.ts';
import { COMPANY_ID } from './companies.ts';

/** What a key may be used for; `report` is `POST /api/process-speech`. */
export const ApiKeyScope = z.enum(['report']);
export type ApiKeyScope = z.infer<typeof ApiKeyScope>;

const StoredTime = z.custom<Timestamp>(
  (value) => typeof (value as Timestamp | undefined)?.toMillis === 'function',
);

/** A key as `api_keys/{id}` holds it. The secret itself is shown once and never stored. */
export const ApiKeyRecord = z.object({
  company_id: z.string().regex(COMPANY_ID),
  name: z.string(),
  scopes: z.array(ApiKeyScope),
  /** SHA-256 of the secret, in hex: the secret is random, so no slow hash is needed. */
  secret_hash: z.string().regex(/^[0-9a-f]{64}$/),
  revoked: z.boolean().default(false),
  /** An admin's id. */
  created_by: z.string().optional(),
  created_at: StoredTime.optional(),
  /** To the minute. */
  last_used_at: StoredTime.optional(),
});
export type ApiKeyRecord = z.infer<typeof ApiKeyRecord>;

/** A key that is valid at this moment. */
export interface ApiKey {
  id: string;
  companyId: string;
  scopes: readonly ApiKeyScope[];
}

export interface ApiKeys {
  /**
   * The key whose secret this is. Undefined for whatever is none of ours, and for a revoked one,
   * which may be believed for 10 seconds more. Rejects when Firestore can't say.
   */
  verify(secret: string): Promise<ApiKey | undefined>;
}

export const API_KEY_ID = /^[0-9a-f]{20}$/;

/** `aurora_{id}_{256 random bits}`: scanners of source code know it by its beginning. */
const SECRET = /^aurora_([0-9a-f]{20})_[A-Za-z0-9_-]{43}$/;

/** Milliseconds for which a valid key is believed. */
const BELIEVED = 10_000;

/** Milliseconds after which a key's use is written down again. */
const USE_EVERY = 60_000;

/** A new key's id, its secret, and what is stored of the secret. */
export function newApiKey(): { id: string; secret: string; secretHash: string } {
  const id = randomBytes(10).toString('hex');
  const secret = `aurora_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, secret, secretHash: hashOf(secret) };
}

export function createApiKeys({
  firestore,
  now,
}: {
  firestore: () => Promise<Firestore>;
  /** Epoch milliseconds. */
  now: () => number;
}): ApiKeys {
  const believed = new Map<string, { at: number; key: ApiKey }>();
  const used = new Map<string, number>();

  async function verify(secret: string): Promise<ApiKey | undefined> {
    const id = SECRET.exec(secret)?.[1];
    if (id === undefined) return undefined;
    const hash = hashOf(secret);
    const known = believed.get(hash);
    if (known && now() - known.at < BELIEVED) {
      noteUse(id);
      return known.key;
    }
    believed.delete(hash);
    const document = await (await firestore()).doc(stored.apiKey(id)).get();
    const record = ApiKeyRecord.safeParse(document.data()).data;
    if (!record || record.revoked || !same(record.secret_hash, hash)) return undefined;
    const key: ApiKey = { id, companyId: record.company_id, scopes: record.scopes };
    believed.set(hash, { at: now(), key });
    noteUse(id, record.last_used_at?.toMillis());
    return key;
  }

  /** Started and not waited for: it may fail or be cut off, and a later use tries again. */
  function noteUse(id: string, storedAt = 0): void {
    const last = Math.max(used.get(id) ?? 0, storedAt);
    if (now() - last < USE_EVERY) return;
    used.set(id, now());
    firestore()
      .then((database) =>
        database.doc(stored.apiKey(id)).update({ last_used_at: FieldValue.serverTimestamp() }),
      )
      .catch(() => used.delete(id));
  }

  return { verify };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
