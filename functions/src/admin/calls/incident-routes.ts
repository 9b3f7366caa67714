import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Viewers } from '../../access/viewers.ts';
import type { Viewer } from '../../access/visibility.ts';
import { CALL_ID, INCIDENT_ID } from '../../calls/ids.ts';
import { instant, isoInZone, zoneOf } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { LostCaller, Quiet, Why } from '../../lost-callers/record.ts';
import { live, stored } from '../../paths.ts';
import { InvalidRequest } from '../answer-error.ts';
import { available } from '../available.ts';
import type { CallReaders } from '../call-readers.ts';
import { pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { CallView } from '../views.ts';

/** Calls that one answer holds: those that are live, and the newest of the others. */
const MOST_CALLS = 100;

export interface IncidentRoutesOptions {
  database: Pick<LiveDatabase, 'read'>;
  firestore: () => Promise<Firestore>;
  readers: Pick<CallReaders, 'call'>;
  viewers: Viewers;
}

const LostCallerView = z
  .object({
    call: CallView.meta({ description: 'The call that broke off.' }),
    why: Why,
    quiet: Quiet.nullable().meta({
      description: 'Why nobody rings there: a human is asked instead. null where Aurora may ring.',
    }),
    tries: z.number().int().meta({ description: 'How often it was rung.' }),
    due_at: z.iso.datetime({ offset: true }).meta({ description: 'When it goes on.' }),
  })
  .meta({ id: 'LostCaller' });

/** Calls that belong together, and callers who are being called back. */
export function incidentRoutes(options: IncidentRoutesOptions): Route[] {
  const { database, firestore, readers, viewers } = options;

  const incident = route({
    method: 'GET',
    path: '/api/incidents/{incident_id}',
    summary: 'The calls of one incident that you may see, in the order in which they began',
    tag: 'Calls',
    access: 'viewer',
    params: z.object({ incident_id: z.string() }),
    answers: {
      200: {
        description: `Live and archived ones, the newest ${MOST_CALLS} at most; next_cursor is always null.`,
        schema: pageOf(CallView),
      },
    },
    async handle({ principal, params: { incident_id } }) {
      if (!INCIDENT_ID.test(incident_id)) {
        throw new InvalidRequest("The incident_id in the address is not one of Aurora's.", [
          { path: 'incident_id', message: 'must look like inc_20251004_143000_0a1b2c' },
        ]);
      }
      const viewer = await available(viewers.of(principal));
      const ids = await available(callsOf(viewer.companyId, incident_id));
      const items = (await seen(viewer, ids)).sort(
        (a, b) => instant(a.timestamp) - instant(b.timestamp) || (a.call_id < b.call_id ? -1 : 1),
      );
      if (items.length === 0) {
        throw new AuroraError(
          404,
          'not_found',
          'There is no such incident, or none of its calls is one that you may see. Check the id.',
        );
      }
      return { body: { items, next_cursor: null } };
    },
  });

  const lostCallers = route({
    method: 'GET',
    path: '/api/lost-callers',
    summary: 'Callers whose call broke off, and who are being called back, longest lost first',
    tag: 'Calls',
    access: 'viewer',
    answers: {
      200: {
        description: 'All whose calls you may see; next_cursor is always null.',
        schema: pageOf(LostCallerView),
      },
    },
    async handle({ principal }) {
      const viewer = await available(viewers.of(principal));
      const { value } = await available(database.read(live.lostCallers));
      const open = Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
        ([callId, each]) => {
          const lost = CALL_ID.test(callId) ? LostCaller.safeParse(each).data : undefined;
          const isOpen = lost?.state === 'open' && lost.company_id === viewer.companyId;
          return isOpen ? [[callId, lost] as const] : [];
        },
      );
      const byId = new Map(open.slice(0, MOST_CALLS));
      const items = (await seen(viewer, [...byId.keys()])).flatMap((call) => {
        const lost = byId.get(call.call_id);
        if (!lost?.why) return [];
        const { why, quiet = null, tries } = lost;
        return { call, why, quiet, tries, due_at: isoInZone(lost.due_at, zoneOf(lost.at)) };
      });
      items.sort((a, b) => instant(a.call.timestamp) - instant(b.call.timestamp));
      return { body: { items, next_cursor: null } };
    },
  });

  /** Live ones first: what is archived meanwhile is found there. */
  async function callsOf(companyId: string, incidentId: string): Promise<string[]> {
    const { value } = await database.read(live.calls);
    const liveIds = Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
      ([callId, call]) => {
        const { company_id, incident_id } = (call ?? {}) as Record<string, unknown>;
        return company_id === companyId && incident_id === incidentId ? [callId] : [];
      },
    );
    const { docs } = await (await firestore())
      .collection(stored.calls)
      .where('company_id', '==', companyId)
      .where('incident_id', '==', incidentId)
      .orderBy('started_at', 'desc')
      .select()
      .limit(MOST_CALLS)
      .get();
    const ids = new Set([...liveIds, ...docs.map(({ id }) => id)]);
    return [...ids].filter((id) => CALL_ID.test(id)).slice(0, MOST_CALLS);
  }

  async function seen(viewer: Viewer, ids: readonly string[]): Promise<CallView[]> {
    const calls = await Promise.all(
      ids.map((id) =>
        readers.call(viewer, id).catch((thrown: unknown) => {
          if (thrown instanceof AuroraError && thrown.status === 404) return undefined;
          throw thrown;
        }),
      ),
    );
    return calls.filter((call) => call !== undefined);
  }

  return [incident, lostCallers];
}
