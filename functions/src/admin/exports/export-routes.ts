import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Companies } from '../../access/companies.ts';
import type { Viewers } from '../../access/viewers.ts';
import { isoInZone } from '../../calls/times.ts';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import type { CallReaders } from '../call-readers.ts';
import type { History } from '../calls/history.ts';
import { HistoryFilters, periodOf, requireSupported } from '../calls/history-filters.ts';
import { type CallDesk, callParams } from '../calls/one-call.ts';
import { type Route, route } from '../route.ts';
import { RecordId } from '../team/fields.ts';
import { auditTrail } from './audit-trail.ts';
import { CallExport, createCallExport } from './call-export.ts';
import { CallsExport, MOST_CALLS, readCalls, writeCalls } from './calls-export.ts';
import { attachment, fileNameOf, writeCall } from './files.ts';

export interface ExportRoutesOptions {
  firestore: () => Promise<Firestore>;
  desk: CallDesk;
  readers: Pick<CallReaders, 'conversation'>;
  history: History;
  viewers: Viewers;
  companies: Pick<Companies, 'of'>;
  audit: Pick<Audit, 'recordReading'>;
  /** Epoch milliseconds. */
  now: () => number;
}

const AS_FILE = {
  'Content-Disposition': 'Names a file: the answer is to be saved, not shown.',
};

/** Calls as files, to be taken along. Whoever may read a call may take it; lists are for supervisors. */
export function exportRoutes(options: ExportRoutesOptions): Route[] {
  const { firestore, desk, readers, history, viewers, companies, audit, now } = options;

  const readCall = createCallExport({
    desk,
    conversation: async (principal, id) =>
      readers.conversation(await available(viewers.of(principal)), id),
    async nameOf(companyId, kind, id) {
      if (!RecordId.safeParse(id).success) return undefined;
      const path = kind === 'worker' ? stored.worker(id) : stored.admin(id);
      const document = await (await firestore()).doc(path).get();
      const name: unknown = document.get('name');
      const isTheirs = document.get('company_id') === companyId;
      return isTheirs && typeof name === 'string' && name.trim() !== '' ? name : undefined;
    },
    audit: async (companyId, callId) => {
      const { time_zone: timeZone } = await companies.of(companyId);
      return auditTrail(await firestore(), { companyId, callId, timeZone });
    },
  });

  const exportCall = route({
    method: 'GET',
    path: '/api/call/{call_id}/export',
    summary: 'One call as a file: what was said, done and noted; for company_admin the audit trail',
    tag: 'Calls',
    access: 'viewer',
    params: callParams,
    query: z.object({ format: z.enum(['json', 'csv', 'html']).default('json') }),
    answers: {
      200: {
        description: 'A file to be saved: JSON, CSV, or a page to print. The audit log notes it.',
        schema: CallExport,
        otherTypes: ['text/csv', 'text/html'],
        headers: AS_FILE,
      },
    },
    async handle(asked) {
      const { principal, params, query } = asked;
      const { time_zone } = await available(companies.of(principal.companyId));
      const exported = await readCall(principal, params.call_id, isoInZone(now(), time_zone));
      const { call_id: target } = exported.call;
      await audit.recordReading({
        ...doer(asked),
        action: 'call.exported',
        target,
        after: { format: query.format },
      });
      return attachment(query.format, fileNameOf(target), writeCall(exported, query.format));
    },
  });

  const exportCalls = route({
    method: 'GET',
    path: '/api/calls/export',
    summary: 'Archived calls that you may see as one file, the newest first',
    tag: 'Calls',
    access: 'supervisor',
    query: HistoryFilters.extend({ format: z.enum(['csv', 'json']).default('json') }),
    answers: {
      200: {
        description: [
          `A file to be saved, of ${MOST_CALLS} calls at most; it says where more fit the filters,`,
          'which are those of GET /api/calls. The audit log notes it.',
        ].join(' '),
        schema: CallsExport,
        otherTypes: ['text/csv'],
        headers: { ...AS_FILE, 'X-Export-Complete': '`false` where more calls fit the filters.' },
      },
    },
    async handle(asked) {
      const { principal, query } = asked;
      const { format, ...filters } = query;
      requireSupported(filters);
      const viewer = await available(viewers.of(principal));
      const { time_zone } = await available(companies.of(principal.companyId));
      const period = periodOf(filters, time_zone);
      const found = await readCalls(
        { page: (page) => available(history.page(page)) },
        { viewer, filters, period },
      );
      const exported = { exported_at: isoInZone(now(), time_zone), ...found };
      await audit.recordReading({
        ...doer(asked),
        action: 'call.exported',
        target: 'history',
        after: { format, calls: found.calls.length, filters },
      });
      const day = exported.exported_at.slice(0, 10);
      return attachment(format, `calls-${day}`, writeCalls(exported, format), {
        'X-Export-Complete': String(found.complete),
      });
    },
  });

  return [exportCall, exportCalls];
}
