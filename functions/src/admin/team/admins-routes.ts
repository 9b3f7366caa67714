import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { AdminAccounts } from '../../access/admin-accounts.ts';
import { readAdmin } from '../../access/admin-record.ts';
import type { Links } from '../../access/links.ts';
import { e164Of } from '../../access/phone-numbers.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { stored } from '../../paths.ts';
import { InvalidRequest } from '../answer-error.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { ETAG_HEADER, etagOf, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import {
  AdminChange,
  AdminView,
  InvitationView,
  NewAdminBody,
  ownAdmin,
  viewAdmin,
} from './admin-view.ts';
import { conflict, settled, versioned } from './changes.ts';
import { RecordId } from './fields.ts';
import { byName, NameCursor, placeByName, readPage } from './pages.ts';

const TAG = 'Supervisors';
const PATH = '/api/admins/{admin_id}';
const params = z.object({ admin_id: RecordId });
const ONE = { description: 'The supervisor.', schema: AdminView, headers: ETAG_HEADER };

const CreatedAdmin = AdminView.extend({
  invitation: InvitationView.nullable().meta({
    description:
      'With it the supervisor chooses a password. null: it failed, ask for another link.',
  }),
}).meta({ id: 'CreatedAdmin' });

export interface AdminsOptions {
  firestore: Firestore;
  accounts: AdminAccounts;
  links: Links;
  log: Log;
  /** ISO 3166 country of numbers without a country code; absent: they are refused. */
  defaultCountry?: string | undefined;
}

/** Who may sign in for the company. */
export function adminRoutes(options: AdminsOptions): Route[] {
  const { firestore } = options;
  const admins = firestore.collection(stored.admins);

  const list = route({
    method: 'GET',
    path: '/api/admins',
    summary: 'The supervisors of your company, by name',
    tag: TAG,
    access: 'company_admin',
    query: z.object({ cursor: NameCursor, limit: PageLimit }),
    answers: { 200: { description: 'A page of supervisors.', schema: pageOf(AdminView) } },
    async handle({ principal, query: { cursor, limit } }) {
      const body = await readPage({
        query: byName(admins.where('company_id', '==', principal.companyId), cursor),
        limit,
        placeOf: placeByName,
        view(document) {
          const admin = readAdmin(document);
          return admin && viewAdmin(admin);
        },
      });
      return { body };
    },
  });

  const read = route({
    method: 'GET',
    path: PATH,
    summary: 'One supervisor',
    tag: TAG,
    access: 'company_admin',
    params,
    answers: { 200: ONE },
    async handle({ principal, params: { admin_id } }) {
      const document = await available(admins.doc(admin_id).get());
      return versioned(viewAdmin(ownAdmin(document, principal.companyId)));
    },
  });

  return [list, read, ...changes(options)];
}

function changes({ firestore, accounts, links, log, defaultCountry }: AdminsOptions): Route[] {
  const create = route({
    method: 'POST',
    path: '/api/admins',
    summary: 'Add a supervisor and make an invitation',
    tag: TAG,
    access: 'company_admin',
    body: NewAdminBody,
    answers: { 201: { ...ONE, schema: CreatedAdmin } },
    async handle(asked) {
      const { companyId } = asked.principal;
      const by = doer(asked);
      const phone = phoneOf(asked.body.phone, defaultCountry) ?? undefined;
      const fields = { ...asked.body, phone, company_id: companyId };
      const admin = await settled(accounts.create(fields, by));
      const made = links.make({ adminId: admin.id, companyId, kind: 'invitation', by });
      const invitation = await settled(made).catch((error: unknown) => {
        const fields = { request_id: asked.origin.requestId, error: asError(error) };
        log.error('A supervisor was created without an invitation.', fields);
        return null;
      });
      const view = viewAdmin(admin);
      return { status: 201, body: { ...view, invitation }, headers: { ETag: etagOf(view) } };
    },
  });

  const update = route({
    method: 'PATCH',
    path: PATH,
    summary: 'Change a supervisor; a lower role or disabled ends all sessions',
    tag: TAG,
    access: 'company_admin',
    params,
    headers: IfMatch,
    body: AdminChange,
    answers: { 200: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const patch = { ...asked.body, phone: phoneOf(asked.body.phone, defaultCountry) };
      const check = (known: Parameters<typeof viewAdmin>[0]) =>
        requireUnchanged(asked.headers['if-match'], viewAdmin(known));
      const id = asked.params.admin_id;
      const admin = await settled(accounts.change(id, companyId, patch, doer(asked), check));
      return versioned(viewAdmin(admin));
    },
  });

  const remove = route({
    method: 'DELETE',
    path: PATH,
    summary: 'Remove a supervisor to whom no worker is assigned',
    tag: TAG,
    access: 'company_admin',
    params,
    answers: { 204: { description: 'Removed; all sessions have ended.' } },
    async handle(asked) {
      const { companyId } = asked.principal;
      const id = asked.params.admin_id;
      const check = (_: unknown, transaction: Transaction) =>
        requireUnassigned(transaction, firestore, companyId, id);
      await settled(accounts.remove(id, companyId, doer(asked), check));
      return {};
    },
  });

  return [create, update, remove];
}

/** Under the policy `own` nobody would see the calls of workers whose supervisor is gone. */
async function requireUnassigned(
  transaction: Transaction,
  firestore: Firestore,
  companyId: string,
  adminId: string,
): Promise<void> {
  const { docs } = await transaction.get(
    firestore
      .collection(stored.workers)
      .where('company_id', '==', companyId)
      .where('admin_id', '==', adminId)
      .limit(1),
  );
  if (!docs[0]) return;
  throw conflict(
    'in_use',
    `Workers are assigned to this supervisor, ${docs[0].id} for one. Assign them to others first: GET /api/workers?admin_id=${adminId} lists them. To lock the supervisor out at once, set disabled.`,
  );
}

/** The number in E.164; null and absent stay what they are. */
function phoneOf(text: string | null | undefined, defaultCountry: string | undefined) {
  if (typeof text !== 'string') return text;
  const number = e164Of(text, defaultCountry);
  if (number !== undefined) return number;
  throw new InvalidRequest('This is no telephone number that can be called.', [
    { path: 'phone', message: 'must be a number with country code, such as +919812345678' },
  ]);
}
