import { type Counts, together } from './counters.ts';
import { type Gauges, measuredIn, type State, stateOf, worst } from './judge.ts';
import { AREAS, type Area, type Signal } from './signal.ts';
import { ALL_SIGNALS, type SignalId, WINDOW } from './thresholds.ts';

const MINUTE = 60_000;
/** Points of one line. */
const MOST_POINTS = 120;

export interface SignalReport {
  id: SignalId;
  name: string;
  state: State;
  value: number | null;
  unit: Signal['unit'];
  warning: number | null;
  critical: number | null;
  advice: string | null;
  runbook: string;
  points: (number | null)[] | null;
}

export interface Report {
  from: number;
  step_minutes: number;
  state: State;
  areas: { id: Area; state: State; signals: SignalReport[] }[];
  rungs: { rung: string; count: number }[];
  twilio_codes: { code: string; count: number }[];
}

/**
 * What is known of the counted minutes: the state by the last of them, and lines over all.
 * @param counted undefined where it could not be read
 */
export function report(
  counted: ReadonlyMap<number, Counts> | undefined,
  known: Pick<Gauges, 'databases_away' | 'dead_letters' | 'queue_depth'>,
  { now, range, lookedBack }: { now: number; range: number; lookedBack: number },
): Report {
  const minutes = counted ?? new Map<number, Counts>();
  const last = Math.floor(now / MINUTE) * MINUTE;
  const step = Math.max(1, Math.ceil(range / MOST_POINTS));
  const points = Math.ceil(range / step);
  const from = last + MINUTE - points * step * MINUTE;
  const between = (begin: number, end: number) =>
    together([...minutes].filter(([at]) => at >= begin && at < end).map(([, counts]) => counts));
  const steps = Array.from({ length: points }, (_, n) => {
    const begin = from + n * step * MINUTE;
    return between(begin, begin + step * MINUTE);
  });
  const recent = between(last - (WINDOW - 1) * MINUTE, last + MINUTE);
  const gauges: Gauges = {
    ...known,
    seconds_since_probe: since('probe_arrived'),
    seconds_since_schedule: since('schedule_ran'),
  };

  function since(metric: 'probe_arrived' | 'schedule_ran'): number | null {
    return counted ? secondsSince(metric, counted, { now, lookedBack }) : null;
  }

  function signal(of: Signal & { id: SignalId }): SignalReport {
    const value = measuredIn(of.measured, recent, gauges);
    const state = stateOf(of, value);
    return {
      id: of.id,
      name: of.name,
      state,
      value,
      unit: of.unit,
      warning: of.warning ?? null,
      critical: of.critical ?? null,
      advice: state === 'ok' ? null : of.advice,
      runbook: `docs/operations.md#${of.runbook}`,
      points:
        of.measured.kind === 'gauge'
          ? null
          : steps.map((counts) => measuredIn(of.measured, counts)),
    };
  }

  const areas = AREAS.map((id) => {
    const signals = ALL_SIGNALS.filter(({ area }) => area === id).map(signal);
    return { id, state: worst(signals.map(({ state }) => state)), signals };
  });
  const all = between(from, last + MINUTE);
  return {
    from,
    step_minutes: step,
    state: worst(areas.map(({ state }) => state)),
    areas,
    rungs: named('rung:', all).map(({ name, count }) => ({ rung: name, count })),
    twilio_codes: named('code:', all).map(({ name, count }) => ({ code: name, count })),
  };
}

/**
 * Seconds since the end of the last minute in which there was such a thing; where there was none,
 * since the first minute of all, or as far as was looked back.
 */
function secondsSince(
  metric: string,
  minutes: ReadonlyMap<number, Counts>,
  { now, lookedBack }: { now: number; lookedBack: number },
): number {
  const having = [...minutes].filter(([, counts]) =>
    Object.keys(counts).some((name) => name === metric || name.startsWith(`${metric}:`)),
  );
  const since =
    having.length > 0
      ? Math.max(...having.map(([at]) => at)) + MINUTE
      : Math.min(...minutes.keys());
  if (minutes.size === 0) return lookedBack * 60;
  return Math.max(0, Math.round((now - since) / 1_000));
}

function named(prefix: string, counts: Counts): { name: string; count: number }[] {
  return Object.entries(counts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, { count }]) => ({ name: name.slice(prefix.length), count }))
    .sort((a, b) => b.count - a.count);
}
