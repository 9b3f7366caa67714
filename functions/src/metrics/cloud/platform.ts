import type { Signal } from '../signal.ts';
import type { Aggregation } from './resources.ts';
import { summed } from './series.ts';

/** What the platform measures by itself, also where no line of ours is written any more. */

export interface PlatformAlert extends Pick<Signal, 'name' | 'advice' | 'runbook'> {
  id: string;
  level: 'warning' | 'critical';
  filter: string;
  aggregation: Aggregation;
  threshold: number;
}

const service = (name: string, metric: string) =>
  `resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND metric.type="run.googleapis.com/${metric}"`;

export const PLATFORM_ALERTS: readonly PlatformAlert[] = [
  {
    id: 'twilio_answers_5xx',
    level: 'critical',
    name: 'Answers 5xx of the function twilio',
    filter: `${service('twilio', 'request_count')} AND metric.labels.response_code_class="5xx"`,
    aggregation: summed(),
    threshold: 4,
    advice:
      'Twilio turns to its fallback document. A function that cannot be set up says why in the log (“A function could not be set up”); roll back where a deployment came before.',
    runbook: 'webhooks-fail-or-are-slow',
  },
  {
    id: 'mirror_answers_5xx',
    level: 'critical',
    name: 'Answers 5xx of the function mirror',
    filter: `${service('mirror', 'request_count')} AND metric.labels.response_code_class="5xx"`,
    aggregation: summed(),
    threshold: 100,
    advice: 'Tasks fail and are repeated. Look for their error codes in the log.',
    runbook: 'tasks-fail-or-are-late',
  },
];

export const PLATFORM_CHARTS = [
  {
    title: 'Requests by function and answer (Cloud Run)',
    filter: 'resource.type="cloud_run_revision" AND metric.type="run.googleapis.com/request_count"',
    aggregation: {
      ...summed('60s'),
      groupByFields: ['resource.labels.service_name', 'metric.labels.response_code_class'],
    },
  },
  {
    title: 'Time to answer, 95 of 100, by function (Cloud Run)',
    filter:
      'resource.type="cloud_run_revision" AND metric.type="run.googleapis.com/request_latencies"',
    aggregation: {
      alignmentPeriod: '60s',
      perSeriesAligner: 'ALIGN_DELTA',
      crossSeriesReducer: 'REDUCE_PERCENTILE_95',
      groupByFields: ['resource.labels.service_name'],
    },
  },
  {
    title: 'Instances by function (Cloud Run)',
    filter:
      'resource.type="cloud_run_revision" AND metric.type="run.googleapis.com/container/instance_count"',
    aggregation: {
      alignmentPeriod: '60s',
      perSeriesAligner: 'ALIGN_MAX',
      crossSeriesReducer: 'REDUCE_SUM',
      groupByFields: ['resource.labels.service_name'],
    },
  },
  {
    title: 'Attempts of tasks by answer (Cloud Tasks)',
    filter:
      'resource.type="cloud_tasks_queue" AND metric.type="cloudtasks.googleapis.com/queue/task_attempt_count"',
    aggregation: {
      ...summed('60s'),
      groupByFields: ['resource.labels.queue_id', 'metric.labels.response_code'],
    },
  },
] as const satisfies readonly { title: string; filter: string; aggregation: Aggregation }[];
