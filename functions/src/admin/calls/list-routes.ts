import type { Companies } from '../../access/companies.ts';
import type { Viewers } from '../../access/viewers.ts';
import { available } from '../available.ts';
import { cursorOf, encodeCursor, PageLimit, pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { CallView } from '../views.ts';
import type { ActiveCalls } from './active-calls.ts';
import { type History, MOST_SCANNED, Place } from './history.ts';
import { HistoryFilters, periodOf, requireSupported, SUPPORTED } from './history-filters.ts';

export interface CallListOptions {
  active: ActiveCalls;
  history: History;
  viewers: Viewers;
  companies: Companies;
}

const COMBINATIONS = SUPPORTED.filter((fields) => fields.length > 1)
  .map((fields) => fields.join(' + '))
  .join(', ');

/** The live calls, and the history. */
export function callListRoutes({ active, history, viewers, companies }: CallListOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/calls/active',
      summary: 'The live calls that you may see, most urgent first, then longest waiting',
      tag: 'Calls',
      access: 'viewer',
      answers: {
        200: { description: 'All of them; next_cursor is always null.', schema: pageOf(CallView) },
      },
      async handle({ principal }) {
        const viewer = await available(viewers.of(principal));
        return { body: { items: await available(active.of(viewer)), next_cursor: null } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/calls',
      summary: 'Archived calls that you may see, newest first',
      tag: 'Calls',
      access: 'viewer',
      query: HistoryFilters.extend({ cursor: cursorOf(Place).optional(), limit: PageLimit }),
      answers: {
        200: {
          description: [
            'A page. It may be short, or empty, although more follows: go on while next_cursor is',
            `not null. One request looks at ${MOST_SCANNED} calls at most; how many there are in all`,
            'is not told. Each filter goes with from and to; together only:',
            `${COMBINATIONS}. Others are a 400 unsupported_filter.`,
          ].join(' '),
          schema: pageOf(CallView),
        },
      },
      async handle({ principal, query: { cursor: after, limit, ...filters } }) {
        requireSupported(filters);
        const viewer = await available(viewers.of(principal));
        const { time_zone } = await available(companies.of(principal.companyId));
        const period = periodOf(filters, time_zone);
        const { items, next } = await available(
          history.page({ viewer, filters, period, limit, after }),
        );
        return { body: { items, next_cursor: next ? encodeCursor(next) : null } };
      },
    }),
  ];
}
