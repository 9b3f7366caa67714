import type { Firestore } from 'firebase-admin/firestore';
import type { Companies } from '../../access/companies.ts';
import type { Principal } from '../../access/gate.ts';
import { isoInZone } from '../../calls/times.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { periodOf } from '../calls/history-filters.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { attachment } from '../exports/files.ts';
import { type Route, route } from '../route.ts';
import { MOST_ENTRIES, readAudit, writeAudit } from './audit-export.ts';
import { createAuditNames, NamedEntry } from './audit-names.ts';
import { AuditFilters, type AuditSearch, searchAudit } from './audit-search.ts';
import { NewestFirstCursor } from './pages.ts';

const TAG = 'Audit log';

export interface AuditOptions {
  firestore: Firestore;
  companies: Pick<Companies, 'of'>;
  audit: Pick<Audit, 'recordReading'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What was done in the company, by whom, when and from where. Nobody can change it. */
export function auditRoutes({ firestore, companies, audit, now }: AuditOptions): Route[] {
  async function searchOf(principal: Principal, filters: AuditFilters): Promise<AuditSearch> {
    const { companyId } = principal;
    const { time_zone: timeZone } = await available(companies.of(companyId));
    const names = createAuditNames(firestore, companyId);
    const period = periodOf(filters, timeZone);
    return { firestore, names, companyId, timeZone, filters, period };
  }

  const list = route({
    method: 'GET',
    path: '/api/audit',
    summary: 'What people and keys did in your company, the newest first',
    tag: TAG,
    access: 'company_admin',
    query: AuditFilters.extend({ cursor: NewestFirstCursor, limit: PageLimit }),
    answers: {
      200: {
        description: 'A page of entries; with q it can be short, or empty, although more follow.',
        schema: pageOf(NamedEntry),
      },
    },
    async handle({ principal, query: { cursor, limit, ...filters } }) {
      const search = await searchOf(principal, filters);
      return { body: await searchAudit(search, { cursor, limit }) };
    },
  });

  const exported = route({
    method: 'GET',
    path: '/api/audit/export',
    summary: 'The audit log of your company as one CSV file, the newest first',
    tag: TAG,
    access: 'company_admin',
    query: AuditFilters,
    answers: {
      200: {
        description: `A file to be saved, of ${MOST_ENTRIES} entries at most. The audit log notes it.`,
        contentType: 'text/csv',
        headers: {
          'Content-Disposition': 'Names a file: the answer is to be saved, not shown.',
          'X-Export-Complete': '`false` where more entries fit the filters.',
        },
      },
    },
    async handle(asked) {
      const { principal, query: filters } = asked;
      const search = await searchOf(principal, filters);
      const found = await readAudit(search);
      await audit.recordReading({
        ...doer(asked),
        action: 'audit.exported',
        target: 'audit_log',
        after: { entries: found.entries.length, filters },
      });
      const day = isoInZone(now(), search.timeZone).slice(0, 10);
      return attachment('csv', `audit-log-${day}`, writeAudit(found), {
        'X-Export-Complete': String(found.complete),
      });
    },
  });

  return [list, exported];
}
