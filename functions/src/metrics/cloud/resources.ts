import { z } from 'zod';

/**
 * What is used of Google's resources, as their REST reference describes them; strict, so that a
 * misspelt field is found here and not by an API:
 * https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics
 * https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies
 * https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 */

/** The Logging query language, as far as it is used. */
const LogFilter = z.string().min(1).max(20_000);
const Seconds = z.string().regex(/^[0-9]+s$/);
const Extractor = z.string().regex(/^EXTRACT\(jsonPayload\.[a-z_]+\)$/);

export const LogMetric = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
    description: z.string().max(8_000),
    filter: LogFilter,
    metricDescriptor: z.strictObject({
      metricKind: z.literal('DELTA'),
      valueType: z.enum(['INT64', 'DISTRIBUTION']),
      unit: z.enum(['1', 'ms']),
      labels: z
        .array(
          z.strictObject({
            key: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
            valueType: z.literal('STRING'),
          }),
        )
        .max(10)
        .optional(),
    }),
    valueExtractor: Extractor.optional(),
    labelExtractors: z.record(z.string(), Extractor).optional(),
    bucketOptions: z
      .strictObject({ explicitBuckets: z.strictObject({ bounds: z.array(z.number()).min(1) }) })
      .optional(),
  })
  .refine(
    ({ metricDescriptor: { valueType }, valueExtractor, bucketOptions }) =>
      (valueType === 'DISTRIBUTION') === (valueExtractor !== undefined) &&
      (valueType === 'DISTRIBUTION') === (bucketOptions !== undefined),
    'A distribution, and nothing else, has a value and its parts.',
  )
  .refine(
    ({ metricDescriptor: { labels = [] }, labelExtractors = {} }) =>
      labels.map(({ key }) => key).join() === Object.keys(labelExtractors).join(),
    'Every label is extracted.',
  );
export type LogMetric = z.infer<typeof LogMetric>;

/** Monitoring filters name one metric and one monitored resource. */
const TimeSeriesFilter = z
  .string()
  .regex(/resource\.type="[a-z_]+"/)
  .regex(/metric\.type="[a-zA-Z0-9_./]+"/);

const Aggregation = z.strictObject({
  alignmentPeriod: Seconds,
  perSeriesAligner: z.enum(['ALIGN_DELTA', 'ALIGN_MAX', 'ALIGN_RATE', 'ALIGN_PERCENTILE_95']),
  crossSeriesReducer: z.enum(['REDUCE_SUM', 'REDUCE_MAX', 'REDUCE_PERCENTILE_95']),
  groupByFields: z.array(z.string().regex(/^(metric|resource)\.labels?\.[a-z_]+$/)).optional(),
});
export type Aggregation = z.infer<typeof Aggregation>;

const Trigger = z.strictObject({ count: z.literal(1) });

const Condition = z.union([
  z.strictObject({
    displayName: z.string().min(1),
    conditionThreshold: z
      .strictObject({
        filter: TimeSeriesFilter,
        aggregations: z.array(Aggregation).length(1),
        denominatorFilter: TimeSeriesFilter.optional(),
        denominatorAggregations: z.array(Aggregation).length(1).optional(),
        comparison: z.literal('COMPARISON_GT'),
        thresholdValue: z.number().nonnegative(),
        duration: Seconds,
        trigger: Trigger,
      })
      .refine(
        (of) => (of.denominatorFilter === undefined) === (of.denominatorAggregations === undefined),
        'A denominator has a filter and an aggregation.',
      ),
  }),
  z.strictObject({
    displayName: z.string().min(1),
    conditionAbsent: z.strictObject({
      filter: TimeSeriesFilter,
      aggregations: z.array(Aggregation).length(1),
      /** From two minutes to 23.5 hours, in whole minutes. */
      duration: Seconds.refine((text) => {
        const seconds = Number.parseInt(text, 10);
        return seconds >= 120 && seconds <= 84_600 && seconds % 60 === 0;
      }),
      trigger: Trigger,
    }),
  }),
]);
export type Condition = z.infer<typeof Condition>;

const LabelText = z.string().regex(/^[a-z0-9_-]{1,63}$/);

export const AlertPolicy = z.strictObject({
  displayName: z.string().min(1).max(512),
  documentation: z.strictObject({
    content: z.string().min(1).max(8_192),
    mimeType: z.literal('text/markdown'),
  }),
  userLabels: z.record(LabelText, LabelText),
  conditions: z.array(Condition).min(1).max(6),
  combiner: z.enum(['OR', 'AND']),
  enabled: z.literal(true),
  severity: z.enum(['WARNING', 'CRITICAL']),
  alertStrategy: z.strictObject({ autoClose: Seconds }),
});
export type AlertPolicy = z.infer<typeof AlertPolicy>;

const Part = z.strictObject({ filter: TimeSeriesFilter, aggregation: Aggregation });

const DataSet = z.strictObject({
  timeSeriesQuery: z.union([
    z.strictObject({ timeSeriesFilter: Part }),
    z.strictObject({
      timeSeriesFilterRatio: z.strictObject({ numerator: Part, denominator: Part }),
    }),
  ]),
  plotType: z.enum(['LINE', 'STACKED_BAR']),
  targetAxis: z.literal('Y1'),
  legendTemplate: z.string().optional(),
});

const Widget = z.strictObject({
  title: z.string().min(1),
  xyChart: z.strictObject({
    dataSets: z.array(DataSet).min(1),
    thresholds: z.array(z.strictObject({ label: z.string(), value: z.number() })).optional(),
    yAxis: z.strictObject({ scale: z.literal('LINEAR') }),
  }),
});
export type Widget = z.infer<typeof Widget>;

const COLUMNS = 48;

export const Dashboard = z.strictObject({
  displayName: z.string().min(1),
  mosaicLayout: z.strictObject({
    columns: z.literal(COLUMNS),
    tiles: z.array(
      z
        .strictObject({
          xPos: z.number().int().min(0),
          yPos: z.number().int().min(0),
          width: z.number().int().min(1),
          height: z.number().int().min(1),
          widget: Widget,
        })
        .refine(({ xPos, width }) => xPos + width <= COLUMNS, 'A tile stands within the columns.'),
    ),
  }),
});
export type Dashboard = z.infer<typeof Dashboard>;
