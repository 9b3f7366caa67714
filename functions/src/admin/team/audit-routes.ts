import type { DocumentSnapshot, Firestore, Query, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Companies } from '../../access/companies.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { stored } from '../../paths.ts';
import { available } from '../available.ts';
import { HistoryFilters, periodOf } from '../calls/history-filters.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { NewestFirstCursor, newestFirst, placeByTime, readPage } from './pages.ts';

const AuditView = z
  .object({
    id: z.string(),
    at: z.string(),
    action: z.string().meta({ description: 'What was done, such as worker.changed.' }),
    target: z.string().meta({ description: 'The id of what it was done to.' }),
    who: z.object({
      kind: z.enum(['admin', 'api_key', 'operator', 'system']),
      id: z.string(),
    }),
    before: z.unknown().meta({ description: 'What was changed or removed, as it was.' }),
    after: z.unknown().meta({ description: 'What was changed or made, as it is since.' }),
    from: z
      .object({ ip: z.string(), user_agent: z.string() })
      .nullable()
      .meta({ description: 'Where the request came from.' }),
    request_id: z.string().nullable().meta({ description: 'The log has the request under it.' }),
  })
  .meta({ id: 'AuditEntry' });
type AuditView = z.infer<typeof AuditView>;

const Text = z.string().min(1).max(200);
const ONE_FILTER = 'One of who, action and target at a time.';

export interface AuditOptions {
  firestore: Firestore;
  companies: Pick<Companies, 'of'>;
}

/** What was done in the company, by whom, when and from where. Nobody can change it. */
export function auditRoutes({ firestore, companies }: AuditOptions): Route[] {
  const entries = firestore.collection(stored.auditLog);
  return [
    route({
      method: 'GET',
      path: '/api/audit',
      summary: 'What people and keys did in your company, the newest first',
      tag: 'Audit log',
      access: 'company_admin',
      query: z.object({
        cursor: NewestFirstCursor,
        limit: PageLimit,
        who: Text.optional().meta({
          description: `The id of a supervisor or key. ${ONE_FILTER}`,
        }),
        action: Text.optional().meta({ description: `Such as worker.changed. ${ONE_FILTER}` }),
        target: Text.optional().meta({
          description: `The id of a worker, call, supervisor and so on. ${ONE_FILTER}`,
        }),
        from: HistoryFilters.shape.from.meta({
          description:
            "What was done then or later: a date in the company's zone, or an ISO 8601 instant.",
        }),
        to: HistoryFilters.shape.to.meta({
          description: 'What was done then or earlier, on that date included.',
        }),
      }),
      answers: { 200: { description: 'A page of entries.', schema: pageOf(AuditView) } },
      async handle({ principal: { companyId }, query: { cursor, limit, from, to, ...filters } }) {
        const { time_zone } = await available(companies.of(companyId));
        const period = periodOf({ from, to }, time_zone);
        let query = filtered(entries.where('company_id', '==', companyId), filters);
        if (period.from !== undefined) query = query.where('at', '>=', new Date(period.from));
        if (period.before !== undefined) query = query.where('at', '<', new Date(period.before));
        const body = await readPage({
          query: newestFirst(query, 'at', cursor),
          limit,
          placeOf: placeByTime('at'),
          view: (document) => viewEntry(document, time_zone),
        });
        return { body };
      },
    }),
  ];
}

/** One filter at most: for each there is an index with the time behind it. */
function filtered(
  query: Query,
  {
    who,
    action,
    target,
  }: { who?: string | undefined; action?: string | undefined; target?: string | undefined },
): Query {
  const asked = Object.entries({ 'who.id': who, action, target }).filter(
    ([, value]) => value !== undefined,
  );
  if (asked.length > 1) {
    throw new AuroraError(
      400,
      'unsupported_filter',
      'Filter by one of who, action and target at a time; from and to go with each.',
    );
  }
  return asked.reduce((known, [field, value]) => known.where(field, '==', value), query);
}

function viewEntry(document: DocumentSnapshot, timeZone: string): AuditView | undefined {
  const at = document.get('at') as Timestamp;
  const entry = { ...document.data(), id: document.id, at: isoInZone(at.toMillis(), timeZone) };
  return AuditView.safeParse(entry).data;
}
