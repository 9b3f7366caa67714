import {
  type DocumentData,
  FieldValue,
  type Firestore,
  type Timestamp,
} from 'firebase-admin/firestore';
import { z } from 'zod';
import { API_KEY_ID, ApiKeyRecord, ApiKeyScope, newApiKey } from '../../access/api-keys.ts';
import type { Companies } from '../../access/companies.ts';
import { isoInZone } from '../../calls/times.ts';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { change, ownFields } from './changes.ts';
import { Line } from './fields.ts';
import { NewestFirstCursor, newestFirst, placeByTime, readPage } from './pages.ts';

const TAG = 'API keys';

const ApiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z
      .array(ApiKeyScope)
      .meta({ description: 'What the key may be used for; report is POST /api/process-speech.' }),
    created_at: z.string().nullable(),
    created_by: z.string().nullable().meta({ description: 'The id of a supervisor.' }),
    last_used_at: z.string().nullable().meta({ description: 'To the minute.' }),
    revoked: z.boolean(),
  })
  .meta({ id: 'ApiKey' });
type ApiKeyView = z.infer<typeof ApiKeyView>;

const CreatedKey = ApiKeyView.extend({
  secret: z.string().meta({
    description: 'Sent as "Authorization: Bearer …". Shown now and never again: store it safely.',
  }),
}).meta({ id: 'CreatedApiKey' });

export interface ApiKeyOptions {
  firestore: Firestore;
  audit: Audit;
  companies: Pick<Companies, 'of'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Keys with which a company's own systems report, without a supervisor who signs in. */
export function apiKeyRoutes({ firestore, audit, companies, now }: ApiKeyOptions): Route[] {
  const keys = firestore.collection(stored.apiKeys);

  const list = route({
    method: 'GET',
    path: '/api/api-keys',
    summary: 'The API keys of your company, the newest first, revoked ones too',
    tag: TAG,
    access: 'company_admin',
    query: z.object({ cursor: NewestFirstCursor, limit: PageLimit }),
    answers: { 200: { description: 'A page of keys.', schema: pageOf(ApiKeyView) } },
    async handle({ principal: { companyId }, query: { cursor, limit } }) {
      const { time_zone } = await available(companies.of(companyId));
      const mine = keys.where('company_id', '==', companyId);
      const body = await readPage({
        query: newestFirst(mine, 'created_at', cursor),
        limit,
        placeOf: placeByTime('created_at'),
        view: (document) => viewKey(document.id, document.data() ?? {}, time_zone),
      });
      return { body };
    },
  });

  const create = route({
    method: 'POST',
    path: '/api/api-keys',
    summary: 'Make an API key; its secret is shown this once',
    tag: TAG,
    access: 'company_admin',
    body: z.strictObject({
      name: Line(120).meta({
        description: 'What uses the key, so that it is known which to revoke.',
      }),
      scopes: z.array(ApiKeyScope).min(1).max(10),
    }),
    answers: { 201: { description: 'The key, with its secret.', schema: CreatedKey } },
    async handle(asked) {
      const { companyId, adminId } = asked.principal;
      const { time_zone } = await available(companies.of(companyId));
      const { id, secret, secretHash } = newApiKey();
      const { name } = asked.body;
      const scopes = [...new Set(asked.body.scopes)];
      await change(firestore, async (transaction) => {
        transaction.create(keys.doc(id), {
          company_id: companyId,
          name,
          scopes,
          secret_hash: secretHash,
          revoked: false,
          created_by: adminId,
          created_at: FieldValue.serverTimestamp(),
        });
        const entry = { action: 'api_key.created', target: id, after: { name, scopes } } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
      });
      const body: z.infer<typeof CreatedKey> = {
        id,
        name,
        scopes,
        created_at: isoInZone(now(), time_zone),
        created_by: adminId,
        last_used_at: null,
        revoked: false,
        secret,
      };
      return { status: 201, body };
    },
  });

  const revoke = route({
    method: 'DELETE',
    path: '/api/api-keys/{api_key_id}',
    summary: 'Revoke an API key; it stays listed',
    tag: TAG,
    access: 'company_admin',
    params: z.object({ api_key_id: z.string().regex(API_KEY_ID, 'is no id of an API key') }),
    answers: { 204: { description: 'Revoked: after 10 s at most it is refused everywhere.' } },
    async handle(asked) {
      const target = asked.params.api_key_id;
      await change(firestore, async (transaction) => {
        const document = await transaction.get(keys.doc(target));
        const { name, scopes, revoked } = ownFields(document, asked.principal.companyId, 'API key');
        if (revoked === true) return;
        transaction.update(document.ref, { revoked: true });
        audit.recordIn(transaction, {
          ...doer(asked),
          action: 'api_key.revoked',
          target,
          before: { name, scopes, revoked: false },
          after: { name, scopes, revoked: true },
        });
      });
      return {};
    },
  });

  return [list, create, revoke];
}

/** Undefined for a record that is malformed: such a key is refused, too. */
function viewKey(id: string, data: DocumentData, timeZone: string): ApiKeyView | undefined {
  const key = ApiKeyRecord.safeParse(data).data;
  if (!key) return undefined;
  const iso = (time: Timestamp | undefined) => time && isoInZone(time.toMillis(), timeZone);
  return {
    id,
    name: key.name,
    scopes: key.scopes,
    created_at: iso(key.created_at) ?? null,
    created_by: key.created_by ?? null,
    last_used_at: iso(key.last_used_at) ?? null,
    revoked: key.revoked,
  };
}
