import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Companies } from '../../access/companies.ts';
import type { Principal } from '../../access/gate.ts';
import type { Viewers } from '../../access/viewers.ts';
import type { Archive } from '../../archive/archive.ts';
import { conversationId } from '../../calls/ids.ts';
import { AuroraError } from '../../errors.ts';
import { readTallies } from '../../insights/read-tallies.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { cursorOf, encodeCursor, PageLimit, pageOf } from '../cursor.ts';
import { attachment } from '../exports/files.ts';
import { type Route, route } from '../route.ts';
import { totalOf, viewInsights, workerIdsOf } from './insights.ts';
import { siteNames, workerNames } from './names.ts';
import { daysOf, InsightsAsked } from './period.ts';
import { createQuestions, QuestionPlace } from './questions.ts';
import { TABLES, tableOf, writeTable } from './tables.ts';
import { InsightsTable, InsightsView, UnansweredView } from './views.ts';

const TAG = 'Insights';

export interface InsightsOptions {
  firestore: () => Promise<Firestore>;
  archive: () => Promise<Pick<Archive, 'call' | 'conversation'>>;
  companies: Pick<Companies, 'of'>;
  viewers: Viewers;
  audit: Pick<Audit, 'recordReading'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What the archived calls of a company come to: from counters that are kept as calls are archived. */
export function insightsRoutes(options: InsightsOptions): Route[] {
  const { companies, viewers, audit, now } = options;
  const questions = createQuestions(options);

  /** Counts tell of calls that some must not see under the policy `own`. */
  async function viewerOf(principal: Principal) {
    const viewer = await available(viewers.of(principal));
    if (viewer.visibility === 'company' || viewer.role === 'company_admin') return viewer;
    throw new AuroraError(
      403,
      'company_admin_only',
      'In your company supervisors see only calls of their own, so insights are for a company_admin. Ask one.',
    );
  }

  async function insightsOf(principal: Principal, asked: InsightsAsked): Promise<InsightsView> {
    await viewerOf(principal);
    const { companyId, role } = principal;
    const { time_zone: timeZone, targets } = await available(companies.of(companyId));
    const period = daysOf(asked, timeZone, now());
    const siteId = asked.site_id ?? null;
    const firestore = await options.firestore();
    const [tallies, sites] = await available(
      Promise.all([
        readTallies(firestore, { companyId, siteId, from: period.from, to: period.to }),
        siteNames(firestore, companyId),
      ]),
    );
    const workers =
      role === 'company_admin'
        ? await available(workerNames(firestore, companyId, workerIdsOf(totalOf(tallies))))
        : null;
    return viewInsights({ period, timeZone, siteId, targets, tallies }, { sites, workers });
  }

  const insights = route({
    method: 'GET',
    path: '/api/insights',
    summary: 'What your company’s archived calls come to: how many, when, of what, how fast',
    tag: TAG,
    access: 'supervisor',
    query: InsightsAsked,
    answers: {
      200: {
        description:
          'Counts of the calls that began on these days. Under the policy own for a company_admin only.',
        schema: InsightsView,
      },
    },
    async handle({ principal, query }) {
      return { body: await insightsOf(principal, query) };
    },
  });

  const unanswered = route({
    method: 'GET',
    path: '/api/insights/unanswered',
    summary: 'What callers asked and no manual answers, the newest call first',
    tag: TAG,
    access: 'supervisor',
    query: InsightsAsked.extend({
      cursor: cursorOf(QuestionPlace).optional(),
      limit: PageLimit,
    }),
    answers: {
      200: {
        description:
          'A page of questions. The audit log notes whose words were on it. Under the policy own for a company_admin only.',
        schema: pageOf(UnansweredView),
      },
    },
    async handle(asked) {
      const { principal, query } = asked;
      const viewer = await viewerOf(principal);
      const { time_zone } = await available(companies.of(principal.companyId));
      const { from, to } = daysOf(query, time_zone, now());
      const siteId = query.site_id ?? null;
      const { items, next } = await available(
        questions({
          viewer,
          siteId,
          from,
          to,
          limit: query.limit,
          place: query.cursor,
        }),
      );
      if (items.length > 0) {
        const conversations = [...new Set(items.map(({ call_id }) => conversationId(call_id)))];
        await audit.recordReading({
          ...doer(asked),
          action: 'insights.unanswered_read',
          target: 'insights',
          after: { from, to, site_id: siteId, questions: items.length, conversations },
        });
      }
      return { body: { items, next_cursor: next ? encodeCursor(next) : null } };
    },
  });

  const exported = route({
    method: 'GET',
    path: '/api/insights/export',
    summary: 'One table of the insights as a file',
    tag: TAG,
    access: 'supervisor',
    query: InsightsAsked.extend({
      table: z.enum(TABLES).default('days'),
      format: z.enum(['csv', 'json']).default('csv'),
    }),
    answers: {
      200: {
        description:
          'A file to be saved; the table of workers is for a company_admin. The audit log notes it.',
        schema: InsightsTable,
        otherTypes: ['text/csv'],
        headers: {
          'Content-Disposition': 'Names a file: the answer is to be saved, not shown.',
        },
      },
    },
    async handle(asked) {
      const { principal, query } = asked;
      const { table: name, format, ...days } = query;
      const view = await insightsOf(principal, days);
      const table = tableOf(name, view);
      if (!table) {
        throw new AuroraError(
          403,
          'company_admin_only',
          'Who called how often is for a company_admin. Ask one, or take another table.',
        );
      }
      const { from, to, time_zone, site_id } = view;
      const about = { table: name, from, to, time_zone, site_id };
      await audit.recordReading({
        ...doer(asked),
        action: 'insights.exported',
        target: 'insights',
        after: { ...about, format },
      });
      return attachment(format, `insights-${name}-${from}-${to}`, writeTable(table, about, format));
    },
  });

  return [insights, unanswered, exported];
}
