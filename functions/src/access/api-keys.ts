import { z } from 'zod';
import { COMPANY_ID } from './companies.ts';

/** What a key may be used for; `report` is `POST /api/process-speech`. */
export const ApiKeyScope = z.enum(['report']);
export type ApiKeyScope = z.infer<typeof ApiKeyScope>;

/** A key as `api_keys/{id}` holds it. The secret itself is shown once and never stored. */
export const ApiKeyRecord = z.object({
  company_id: z.string().regex(COMPANY_ID),
  name: z.string(),
  scopes: z.array(ApiKeyScope),
  /** SHA-256 of the secret, in hex: the secret is random, so no slow hash is needed. */
  secret_hash: z.string().regex(/^[0-9a-f]{64}$/),
  revoked: z.boolean().default(false),
});

/** A key that is valid at this moment. */
export interface ApiKey {
  id: string;
  companyId: string;
  scopes: readonly ApiKeyScope[];
}
