import { CALL_ID } from '../calls/ids.ts';
import { Call, type CallEvent, type CallStarted } from '../calls/model.ts';
import { timelineId } from '../calls/timeline.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { AuroraError, asError, isRetryable } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { incidentsOf, OpenCalls, prune } from './chains.ts';

/** Tries at one compare-and-set before whoever asked asks again. */
const MOST_TRIES = 20;

/** In the site's place for calls to a number that has none; no site's id holds it. */
const NO_SITE = '@company';

/** What an incident must know of a call. */
export interface UrgentCall {
  callId: string;
  companyId: string;
  siteId: string | undefined;
  /** When the call began, ISO 8601 with offset. */
  at: string;
  /** Where the call may not be live yet: what makes it so. */
  started?: CallStarted;
}

export interface IncidentsOptions {
  database: LiveDatabase;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

const LiveCall = Call.pick({
  company_id: true,
  site_id: true,
  timestamp: true,
  urgency: true,
  incident_id: true,
});
type LiveCall = ReturnType<typeof LiveCall.parse>;

/**
 * Which calls are of one incident. They are put together by compare-and-set on one node for each
 * site; then each call is told, and that it was told is written down: who crashes in between leaves a
 * call that the next join, or the schedule, tells. A call that learns of a lesser id takes that one.
 */
export function createIncidents(options: IncidentsOptions) {
  const { database, apply, now, log } = options;

  /**
   * Resolves to the call's incident; however often it is asked, the call is joined once.
   * @param lost the call that broke off, whose caller is back in this one
   */
  async function join(call: UrgentCall, lost?: UrgentCall): Promise<string> {
    const path = pathOf(lost ?? call);
    const calls = await change(path, (before) => ({
      ...before,
      ...(lost && { [lost.callId]: before[lost.callId] ?? { at: lost.at } }),
      [call.callId]: {
        ...(before[call.callId] ?? { at: call.at }),
        ...(lost && { follows: lost.callId }),
      },
    }));
    const own = incidentsOf(calls).get(call.callId);
    if (!own) throw new AuroraError(409, 'too_old', 'The call began too long ago to be joined.');
    await tellAll(path, calls, own.calls, call);
    return own.incident;
  }

  async function tellAll(
    path: string,
    calls: OpenCalls,
    which: string[],
    by?: UrgentCall,
  ): Promise<number> {
    const incidents = incidentsOf(calls);
    const told = new Map<string, string>();
    const untold = which.filter((id) => calls[id]?.told !== incidents.get(id)?.incident);
    await Promise.all(
      untold.map(async (callId) => {
        const { incident, calls: together } = incidents.get(callId) ?? {};
        if (!incident || !together) return;
        try {
          const started = callId === by?.callId && by.started;
          const events = joined(callId, calls[callId]?.at ?? '', incident, together.length);
          await apply(started ? [started, ...events] : events);
          told.set(callId, incident);
        } catch (error) {
          if (!isRetryable(error)) told.set(callId, incident);
          log.warn('A call could not be told its incident.', { error: asError(error) });
        }
      }),
    );
    if (told.size > 0) {
      await change(path, (known) => {
        const after = { ...known };
        for (const [id, incident] of told) {
          const before = after[id];
          if (before && !(before.told && before.told < incident)) {
            after[id] = { ...before, told: incident };
          }
        }
        return after;
      });
    }
    return told.size;
  }

  function joined(callId: string, began: string, incident: string, size: number): CallEvent[] {
    const at = isoInZone(now(), zoneOf(began));
    const event: CallEvent = {
      type: 'incident_joined',
      call_id: callId,
      at,
      incident_id: incident,
    };
    if (size < 2) return [event];
    const entry = { at, step: 'incident_joined', other: incident } as const;
    const id = timelineId(callId, 'incident_joined', incident);
    return [event, { type: 'timeline_added', call_id: callId, id, entry }];
  }

  /** Writes only where something changes. Resolves to what is there then. */
  async function change(path: string, to: (known: OpenCalls) => OpenCalls): Promise<OpenCalls> {
    let known = await database.read(path);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const before = OpenCalls.safeParse(known.value).data ?? {};
      const after = prune(to(before), now());
      if (isSame(before, after)) return after;
      const outcome = await database.compareAndSet(path, known.etag, after);
      if (outcome.done) return after;
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many calls of one site at once: try again.');
  }

  /**
   * The incident of a call, which is joined with others where it is urgent and was not yet.
   * Undefined for a call that is not live, or is not urgent.
   */
  async function incidentOf(callId: string): Promise<string | undefined> {
    const call = LiveCall.safeParse((await database.read(live.call(callId))).value).data;
    return call?.incident_id ?? (call && isUrgent(call) ? join(urgent(callId, call)) : undefined);
  }

  /** After a batch was applied that may have made its call urgent. Never rejects. */
  async function follow(events: readonly CallEvent[]): Promise<void> {
    const raised = events.find(
      (event) => event.type === 'urgency_changed' && event.urgency !== 'NORMAL',
    );
    if (!raised?.call_id) return;
    try {
      await incidentOf(raised.call_id);
    } catch (error) {
      log.warn('A call could not be joined with its incident; the next minute tries again.', {
        error: asError(error),
      });
    }
  }

  /** For the schedule: joins urgent calls that were missed, and tells those that were not told. */
  async function mend(): Promise<number> {
    let mended = 0;
    const { value } = await database.read(live.calls);
    for (const [callId, stored] of Object.entries((value ?? {}) as Record<string, unknown>)) {
      const call = LiveCall.safeParse(stored).data;
      if (!call || !CALL_ID.test(callId) || !isUrgent(call) || call.incident_id) continue;
      await join(urgent(callId, call));
      mended++;
    }
    for (const company of await database.keys(live.openIncidents)) {
      for (const site of await database.keys(`${live.openIncidents}/${company}`)) {
        mended += await mendSite(live.openIncident(company, site));
      }
    }
    return mended;
  }

  async function mendSite(path: string): Promise<number> {
    const calls = await change(path, (known) => known);
    return tellAll(path, calls, Object.keys(calls));
  }

  return { join, incidentOf, follow, mend };
}

export type Incidents = ReturnType<typeof createIncidents>;

function pathOf({ companyId, siteId }: UrgentCall): string {
  return live.openIncident(companyId, siteId ?? NO_SITE);
}

function isUrgent({ urgency }: LiveCall): boolean {
  return urgency !== 'NORMAL';
}

function urgent(callId: string, call: LiveCall): UrgentCall {
  return { callId, companyId: call.company_id, siteId: call.site_id, at: call.timestamp };
}

function isSame(a: OpenCalls, b: OpenCalls): boolean {
  const text = (calls: OpenCalls) => JSON.stringify(Object.entries(calls).sort());
  return text(a) === text(b);
}
