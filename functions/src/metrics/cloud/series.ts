import type { Signal } from '../signal.ts';
import { WINDOW } from '../thresholds.ts';
import { metricName, wholeName } from './log-metrics.ts';
import type { Aggregation } from './resources.ts';

/** How Cloud Monitoring reads what a signal measures. */
export interface TimeSeries {
  filter: string;
  aggregation: Aggregation;
  denominator?: { filter: string; aggregation: Aggregation };
  /** By what a threshold is divided: percents are parts of one there. */
  scale: number;
}

const SECONDS = `${WINDOW * 60}s`;

export function ofLogMetric(name: string): string {
  return `resource.type="cloud_run_revision" AND metric.type="logging.googleapis.com/user/${name}"`;
}

/** How many within so long. */
export function summed(period = SECONDS): Aggregation {
  return {
    alignmentPeriod: period,
    perSeriesAligner: 'ALIGN_DELTA',
    crossSeriesReducer: 'REDUCE_SUM',
  };
}

export function p95(period = SECONDS): Aggregation {
  return {
    alignmentPeriod: period,
    perSeriesAligner: 'ALIGN_DELTA',
    crossSeriesReducer: 'REDUCE_PERCENTILE_95',
  };
}

/** @param period of one point; a state is judged by that of WINDOW */
export function seriesOf({ id, measured }: Signal & { id: string }, period = SECONDS): TimeSeries {
  const filter = ofLogMetric(metricName(id));
  switch (measured.kind) {
    case 'count':
      return { filter, aggregation: summed(period), scale: 1 };
    case 'share':
      return {
        filter,
        aggregation: summed(period),
        denominator: { filter: ofLogMetric(wholeName(id)), aggregation: summed(period) },
        scale: 100,
      };
    case 'p95':
      return { filter, aggregation: p95(period), scale: 1 };
    case 'gauge':
      if (measured.alert.kind !== 'queue_depth') {
        return { filter, aggregation: summed(period), scale: 1 };
      }
      return {
        filter: `resource.type="cloud_tasks_queue" AND resource.labels.queue_id="${measured.alert.queue}" AND metric.type="cloudtasks.googleapis.com/queue/depth"`,
        aggregation: {
          alignmentPeriod: '60s',
          perSeriesAligner: 'ALIGN_MAX',
          crossSeriesReducer: 'REDUCE_SUM',
        },
        scale: 1,
      };
  }
}
