import type { Metric } from './metrics.ts';

/** What a signal is: what is measured of it, when it is too much, and what to do then. */

export const AREAS = ['databases', 'mirror', 'twilio', 'assistant', 'archive', 'schedule'] as const;
export type Area = (typeof AREAS)[number];

/** A metric with all its outcomes, one outcome of it, or turns that a rung of the ladder answered. */
export type Series = Metric | `${Metric}:${string}` | `rung:${string}`;

/** What is read when somebody asks, and not counted. */
export type Gauge =
  | 'databases_away'
  | 'dead_letters'
  | 'queue_depth'
  | 'seconds_since_probe'
  | 'seconds_since_schedule';

/** How a signal's value comes about, of the minutes of WINDOW (thresholds.ts). */
export type Measured =
  | { kind: 'count'; of: readonly Series[] }
  /** Percent; nothing below so many in all, since one of two is not a half. */
  | { kind: 'share'; of: readonly Series[]; among: readonly Series[]; least: number }
  /** Milliseconds within which 95 of 100 were done. */
  | { kind: 'p95'; of: readonly Series[] }
  /** `alert`: what Cloud Monitoring goes by instead. */
  | { kind: 'gauge'; gauge: Gauge; alert: GaugeAlert };

export type GaugeAlert =
  | { kind: 'any'; of: Series }
  /** Nothing of it for as many seconds as the threshold says. */
  | { kind: 'absent'; of: Series }
  | { kind: 'queue_depth'; queue: 'mirror' };

export type Unit = 'count' | 'percent' | 'milliseconds' | 'seconds';

export interface Signal {
  area: Area;
  name: string;
  measured: Measured;
  unit: Unit;
  warning?: number;
  critical?: number;
  /** What to do where it is too much. */
  advice: string;
  /** The heading in docs/operations.md, as an anchor. */
  runbook: string;
}
