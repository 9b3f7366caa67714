import { DateTime } from 'luxon';
import type { Targets } from '../../access/companies.ts';
import { RUNGS } from '../../calls/grounding.ts';
import {
  type Counts,
  countsAt,
  isEmpty,
  numberAt,
  numbersAt,
  plus,
} from '../../insights/counts.ts';
import { countOf, countWithin, percentile } from '../../insights/seconds.ts';
import type { Names } from './names.ts';
import type { Days } from './period.ts';
import type { InsightsView, Spread } from './views.ts';

export interface Insights {
  period: Days;
  timeZone: string;
  siteId: string | null;
  targets: Targets;
  /** By day. */
  tallies: ReadonlyMap<string, Counts>;
}

const NOTHING: Counts = {};

/** What the counts of some days say; names are resolved by whoever shows them. */
export function viewInsights(insights: Insights, names: Names): InsightsView {
  const { period, timeZone, siteId, targets, tallies } = insights;
  const all = totalOf(tallies);
  const calls = numberAt(all, 'calls');
  return {
    from: period.from,
    to: period.to,
    time_zone: timeZone,
    site_id: siteId,
    calls,
    targets,
    days: period.days.map((day) => {
      const counts = tallies.get(day) ?? NOTHING;
      return { day, calls: numberAt(counts, 'calls'), ...byUrgency(counts) };
    }),
    hours: byWeekday(tallies),
    urgency: byUrgency(all),
    medium: mediaOf(all),
    hazards: named(all, 'hazards', calls).map(([hazard, count]) => ({ hazard, calls: count })),
    rungs: RUNGS.map((rung) => ({ rung, replies: numberAt(countsAt(all, 'rungs'), rung) })),
    final_actions: named(all, 'final_actions', calls).map(([final_action, count]) => ({
      final_action,
      calls: count,
    })),
    sites: sitesOf(all, siteId, names),
    workers: names.workers && workersOf(all, names.workers),
    unanswered: {
      questions: numberAt(countsAt(all, 'unanswered'), 'questions'),
      calls: numberAt(countsAt(all, 'unanswered'), 'calls'),
    },
    passages: mostFirst(numbersAt(all, 'passages')).map(([passage_id, times]) => ({
      passage_id,
      times,
    })),
    duration: spreadOf(all, 'duration', null),
    first_answer: spreadOf(all, 'first_answer', targets.answer_seconds),
    acknowledgement: spreadOf(all, 'acknowledgement', targets.acknowledge_seconds),
    takeover: spreadOf(all, 'takeover', targets.takeover_seconds),
  };
}

export function totalOf(tallies: Insights['tallies']): Counts {
  return [...tallies.values()].reduce((sum, counts) => plus(sum, counts), NOTHING);
}

/** Ids of the workers who called. */
export function workerIdsOf(total: Counts): string[] {
  const workers = countsAt(total, 'workers');
  return Object.keys(workers).filter((id) => numberAt(countsAt(workers, id), 'calls') > 0);
}

function byUrgency(counts: Counts) {
  const urgency = countsAt(counts, 'urgency');
  return {
    CRITICAL: numberAt(urgency, 'CRITICAL'),
    URGENT: numberAt(urgency, 'URGENT'),
    NORMAL: numberAt(urgency, 'NORMAL'),
  };
}

function mediaOf(counts: Counts) {
  const media = countsAt(counts, 'medium');
  return { Voice: numberAt(media, 'Voice'), Text: numberAt(media, 'Text') };
}

function byWeekday(tallies: Insights['tallies']): number[][] {
  const week = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for (const [day, counts] of tallies) {
    const hours = week[DateTime.fromISO(day, { zone: 'utc' }).weekday - 1];
    for (const [hour, calls] of Object.entries(numbersAt(counts, 'hours'))) {
      if (hours) hours[Number(hour)] = (hours[Number(hour)] ?? 0) + calls;
    }
  }
  return week;
}

/** Calls by a name that not all have; those without one under null. */
function named(counts: Counts, name: string, calls: number): [string | null, number][] {
  const known = numbersAt(counts, name);
  const without = calls - countOf(known);
  const all: [string | null, number][] = [...Object.entries(known), [null, without]];
  return all.filter(([, count]) => count > 0).sort(mostFirstOf);
}

/** Of one site there is one line. */
function sitesOf(counts: Counts, siteId: string | null, names: Names): InsightsView['sites'] {
  const own = { calls: numberAt(counts, 'calls'), critical: byUrgency(counts).CRITICAL };
  if (siteId !== null) {
    return own.calls > 0
      ? [{ site_id: siteId, name: names.sites.get(siteId) ?? null, ...own }]
      : [];
  }
  const sites = callers(countsAt(counts, 'sites')).map(({ id, ...site }) => ({
    site_id: id as string | null,
    name: names.sites.get(id) ?? null,
    ...site,
  }));
  const elsewhere = sites.reduce(
    (left, { calls, critical }) => ({
      calls: left.calls - calls,
      critical: left.critical - critical,
    }),
    own,
  );
  if (elsewhere.calls > 0) sites.push({ site_id: null, name: null, ...elsewhere });
  return sites.sort((a, b) => b.calls - a.calls);
}

function workersOf(counts: Counts, names: NonNullable<Names['workers']>) {
  return callers(countsAt(counts, 'workers')).map(({ id, ...worker }) => ({
    worker_id: id,
    name: names.get(id) ?? null,
    ...worker,
  }));
}

/** Sites or workers with calls, those with the most first. */
function callers(counts: Counts): { id: string; calls: number; critical: number }[] {
  return Object.keys(counts)
    .filter((id) => !isEmpty(countsAt(counts, id)))
    .map((id) => ({
      id,
      calls: numberAt(countsAt(counts, id), 'calls'),
      critical: numberAt(countsAt(counts, id), 'critical'),
    }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1));
}

function spreadOf(
  counts: Counts,
  span: 'duration' | 'first_answer' | 'acknowledgement' | 'takeover',
  target: number | null,
): Spread {
  const histogram = numbersAt(countsAt(counts, 'spans'), span);
  const isOwed = span === 'acknowledgement' || span === 'takeover';
  return {
    count: countOf(histogram),
    p50: percentile(histogram, 0.5),
    p90: percentile(histogram, 0.9),
    within_target: target === null ? null : countWithin(histogram, target),
    never: isOwed ? numberAt(countsAt(counts, 'never'), span) : null,
  };
}

function mostFirst(numbers: Record<string, number>): [string, number][] {
  return Object.entries(numbers).sort(mostFirstOf);
}

function mostFirstOf([a, m]: [string | null, number], [b, n]: [string | null, number]): number {
  return n - m || ((a ?? '') < (b ?? '') ? -1 : 1);
}
