import { isDeepStrictEqual } from 'node:util';
import type {
  DocumentData,
  DocumentSnapshot,
  Firestore,
  Transaction,
} from 'firebase-admin/firestore';
import { z } from 'zod';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { ETAG_HEADER, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { change, changed, conflict, notFound, present, updates, versioned } from './changes.ts';
import { EmergencyNumber, Line, SiteId, textOrNull } from './fields.ts';
import { byName, NameCursor, placeByName, readPage } from './pages.ts';

const TAG = 'Sites';
const PATH = '/api/sites/{site_id}';
const params = z.object({ site_id: SiteId });

const ASSEMBLY = 'Where people gather who had to leave.';
const EMERGENCY = 'Told to callers of this site instead of the company’s.';

const SiteView = z
  .object({
    id: z.string(),
    name: z.string(),
    address: z.string().nullable(),
    assembly_point: z.string().nullable().meta({ description: ASSEMBLY }),
    emergency_number: z.string().nullable().meta({ description: EMERGENCY }),
  })
  .meta({ id: 'Site' });
type SiteView = z.infer<typeof SiteView>;

const NewSite = z.strictObject({
  name: Line(120),
  address: Line(500).nullable().optional(),
  assembly_point: Line(500).nullable().optional().meta({ description: ASSEMBLY }),
  emergency_number: EmergencyNumber.nullable().optional().meta({ description: EMERGENCY }),
});

const ONE = { description: 'The site.', schema: SiteView, headers: ETAG_HEADER };

export interface SitesOptions {
  firestore: Firestore;
  audit: Audit;
}

/** The places at which a company's workers work. */
export function siteRoutes(options: SitesOptions): Route[] {
  const { firestore } = options;

  const list = route({
    method: 'GET',
    path: '/api/sites',
    summary: 'The sites of your company, by name',
    tag: TAG,
    access: 'viewer',
    query: z.object({ cursor: NameCursor, limit: PageLimit }),
    answers: { 200: { description: 'A page of sites.', schema: pageOf(SiteView) } },
    async handle({ principal, query: { cursor, limit } }) {
      const body = await readPage({
        query: byName(firestore.collection(stored.sites(principal.companyId)), cursor),
        limit,
        placeOf: placeByName,
        view: (document) => viewSite(document.id, document.data() ?? {}),
      });
      return { body };
    },
  });

  const read = route({
    method: 'GET',
    path: PATH,
    summary: 'One site',
    tag: TAG,
    access: 'viewer',
    params,
    answers: { 200: ONE },
    async handle({ principal, params: { site_id } }) {
      const reference = firestore.doc(stored.site(principal.companyId, site_id));
      return versioned(siteOf(await available(reference.get())));
    },
  });

  return [list, read, ...changes(options)];
}

function changes({ firestore, audit }: SitesOptions): Route[] {
  const create = route({
    method: 'POST',
    path: '/api/sites',
    summary: 'Add a site',
    tag: TAG,
    access: 'company_admin',
    body: NewSite,
    answers: { 201: ONE },
    async handle(asked) {
      const reference = firestore.collection(stored.sites(asked.principal.companyId)).doc();
      const fields = present(asked.body);
      const after = viewSite(reference.id, fields);
      await change(firestore, async (transaction) => {
        transaction.create(reference, fields);
        const entry = { action: 'site.created', target: reference.id, after } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
      });
      return versioned(after, 201);
    },
  });

  const update = route({
    method: 'PATCH',
    path: PATH,
    summary: 'Change a site',
    tag: TAG,
    access: 'company_admin',
    params,
    headers: IfMatch,
    body: NewSite.partial(),
    answers: { 200: ONE },
    async handle(asked) {
      const target = asked.params.site_id;
      const reference = firestore.doc(stored.site(asked.principal.companyId, target));
      const site = await change(firestore, async (transaction) => {
        const before = siteOf(await transaction.get(reference));
        requireUnchanged(asked.headers['if-match'], before);
        const after = changed(before, asked.body);
        if (isDeepStrictEqual(before, after)) return before;
        transaction.update(reference, updates(asked.body));
        const entry = { action: 'site.changed', target, before, after } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
        return after;
      });
      return versioned(site);
    },
  });

  const remove = route({
    method: 'DELETE',
    path: PATH,
    summary: 'Remove a site that no worker and no number names',
    tag: TAG,
    access: 'company_admin',
    params,
    answers: { 204: { description: 'Removed.' } },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.site_id;
      const reference = firestore.doc(stored.site(companyId, target));
      await change(firestore, async (transaction) => {
        const before = siteOf(await transaction.get(reference));
        await requireUnused(transaction, firestore, companyId, target);
        transaction.delete(reference);
        audit.recordIn(transaction, { ...doer(asked), action: 'site.removed', target, before });
      });
      return {};
    },
  });

  return [create, update, remove];
}

async function requireUnused(
  transaction: Transaction,
  firestore: Firestore,
  companyId: string,
  siteId: string,
): Promise<void> {
  const naming = (collection: string) =>
    transaction.get(
      firestore
        .collection(collection)
        .where('company_id', '==', companyId)
        .where('site_id', '==', siteId)
        .limit(1),
    );
  const [workers, numbers] = await Promise.all([naming(stored.workers), naming(stored.numbers)]);
  const worker = workers.docs[0];
  if (worker) {
    throw conflict(
      'in_use',
      `Workers are at this site, ${worker.id} for one. Give them another site first: GET /api/workers?site_id=${siteId} lists them.`,
    );
  }
  if (!numbers.empty) {
    throw conflict(
      'in_use',
      `The dialled number ${numbers.docs[0]?.id} belongs to this site. Give the number another site first: PATCH /api/numbers/{number}.`,
    );
  }
}

function siteOf(document: DocumentSnapshot): SiteView {
  const data = document.data();
  if (!data) throw notFound('site');
  return viewSite(document.id, data);
}

function viewSite(id: string, data: DocumentData): SiteView {
  return {
    id,
    name: textOrNull(data.name) ?? '',
    address: textOrNull(data.address),
    assembly_point: textOrNull(data.assembly_point),
    emergency_number: textOrNull(data.emergency_number),
  };
}
