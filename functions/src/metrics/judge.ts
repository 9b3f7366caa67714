import { type Counter, type Counts, merged, quantile } from './counters.ts';
import type { Gauge, Measured, Series, Signal } from './signal.ts';

export type State = 'ok' | 'warning' | 'critical';

const STATES: readonly State[] = ['ok', 'warning', 'critical'];

/** Null for what can't be known now. */
export type Gauges = Record<Gauge, number | null>;

/** The signal's value; null where nothing happened, or nobody knows. */
export function measuredIn(measured: Measured, counts: Counts, gauges?: Gauges): number | null {
  switch (measured.kind) {
    case 'count':
      return of(measured.of, counts).count;
    case 'share': {
      const all = of(measured.among, counts).count;
      if (all < measured.least) return null;
      return Math.round((1_000 * of(measured.of, counts).count) / all) / 10;
    }
    case 'p95':
      return quantile(of(measured.of, counts), 0.95);
    case 'gauge':
      return gauges?.[measured.gauge] ?? null;
  }
}

export function stateOf({ warning, critical }: Signal, value: number | null): State {
  if (value === null) return 'ok';
  if (critical !== undefined && value > critical) return 'critical';
  return warning !== undefined && value > warning ? 'warning' : 'ok';
}

export function worst(states: readonly State[]): State {
  return STATES[Math.max(0, ...states.map((state) => STATES.indexOf(state)))] ?? 'ok';
}

/** What was counted under these names as one counter; a metric stands for all its outcomes. */
export function of(series: readonly Series[], counts: Counts): Counter {
  const found = Object.entries(counts).filter(([name]) =>
    series.some((wanted) => name === wanted || name.startsWith(`${wanted}:`)),
  );
  return merged(found.map(([, counter]) => counter));
}
