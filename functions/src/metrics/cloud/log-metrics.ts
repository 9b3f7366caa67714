import { BOUNDS } from '../counters.ts';
import type { Series, Signal } from '../signal.ts';
import { ALL_SIGNALS } from '../thresholds.ts';
import type { LogMetric } from './resources.ts';

/** Cloud Logging keeps what a function of the second generation writes under its Cloud Run service. */
const FUNCTIONS = 'resource.type="cloud_run_revision"';

/** The lines that count as one of these, in the Logging query language. */
export function filterOf(series: readonly Series[]): string {
  const each = series.map((one) => `(${linesOf(one)})`);
  return `${FUNCTIONS} AND (${each.join(' OR ')})`;
}

function linesOf(series: Series): string {
  const [metric = '', outcome] = series.split(':');
  if (metric === 'rung') {
    return `jsonPayload.metric="webhook_answered" AND jsonPayload.rung="${outcome}"`;
  }
  const lines = `jsonPayload.metric="${metric}"`;
  return outcome === undefined ? lines : `${lines} AND jsonPayload.outcome="${outcome}"`;
}

/** What a signal counts, and of a share what it is a share of. */
export const metricName = (id: string) => `aurora_${id}`;
export const wholeName = (id: string) => `aurora_${id}_all`;

/** The log-based metrics of all signals, and three by which a dashboard tells things apart. */
export function logMetrics(): LogMetric[] {
  return [
    ...ALL_SIGNALS.flatMap(metricsOf),
    {
      name: 'aurora_turns',
      description: 'Turns by the rung of the ladder that answered; milliseconds.',
      filter: `${FUNCTIONS} AND jsonPayload.metric="webhook_answered" AND jsonPayload.rung_milliseconds>=0`,
      ...distribution('rung_milliseconds', ['rung']),
    },
    {
      name: 'aurora_webhooks',
      description: 'Webhooks by route, status and outcome; milliseconds.',
      filter: filterOf(['webhook_answered']),
      ...distribution('milliseconds', ['path', 'status', 'outcome']),
    },
    {
      name: 'aurora_twilio_codes',
      description: 'What Twilio told of failures, by its code.',
      filter: filterOf(['delivery_failed']),
      ...counter(['code', 'outcome']),
    },
  ];
}

function metricsOf({ id, name, measured }: Signal & { id: string }): LogMetric[] {
  const of = { name: metricName(id), description: name };
  switch (measured.kind) {
    case 'count':
      return [{ ...of, filter: filterOf(measured.of), ...counter() }];
    case 'share':
      return [
        { ...of, filter: filterOf(measured.of), ...counter() },
        {
          name: wholeName(id),
          description: `${name}: of how many`,
          filter: filterOf(measured.among),
          ...counter(),
        },
      ];
    case 'p95':
      return [{ ...of, filter: filterOf(measured.of), ...distribution('milliseconds') }];
    case 'gauge':
      if (measured.alert.kind === 'queue_depth') return [];
      return [{ ...of, filter: filterOf([measured.alert.of]), ...counter() }];
  }
}

function counter(
  labels: readonly string[] = [],
): Omit<LogMetric, 'name' | 'description' | 'filter'> {
  return {
    metricDescriptor: { metricKind: 'DELTA', valueType: 'INT64', unit: '1', ...labelled(labels) },
    ...extracted(labels),
  };
}

function distribution(
  field: string,
  labels: readonly string[] = [],
): Omit<LogMetric, 'name' | 'description' | 'filter'> {
  return {
    metricDescriptor: {
      metricKind: 'DELTA',
      valueType: 'DISTRIBUTION',
      unit: 'ms',
      ...labelled(labels),
    },
    valueExtractor: `EXTRACT(jsonPayload.${field})`,
    bucketOptions: { explicitBuckets: { bounds: [...BOUNDS] } },
    ...extracted(labels),
  };
}

function labelled(labels: readonly string[]) {
  if (labels.length === 0) return {};
  return { labels: labels.map((key) => ({ key, valueType: 'STRING' as const })) };
}

function extracted(labels: readonly string[]) {
  if (labels.length === 0) return {};
  return {
    labelExtractors: Object.fromEntries(labels.map((key) => [key, `EXTRACT(jsonPayload.${key})`])),
  };
}
