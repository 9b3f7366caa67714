import type { Signal } from '../signal.ts';
import { ALL_SIGNALS } from '../thresholds.ts';
import { PLATFORM_CHARTS } from './platform.ts';
import type { Aggregation, Dashboard, Widget } from './resources.ts';
import { ofLogMetric, p95, seriesOf, summed } from './series.ts';

const COLUMNS = 48;
const WIDTH = 16;
const HEIGHT = 16;
/** Of one point. */
const PERIOD = '60s';

/** A chart for each signal with its thresholds, and what tells things apart below. */
export function dashboard(): Dashboard {
  const widgets = [
    ...ALL_SIGNALS.map(chartOf),
    chart('Turns by rung', ofLogMetric('aurora_turns'), grouped(p95(PERIOD), 'rung')),
    chart(
      'Webhooks by route, 95 of 100',
      ofLogMetric('aurora_webhooks'),
      grouped(p95(PERIOD), 'path'),
    ),
    chart('Twilio’s codes', ofLogMetric('aurora_twilio_codes'), grouped(summed(PERIOD), 'code')),
    ...PLATFORM_CHARTS.map(({ title, filter, aggregation }) =>
      chart(title, filter, {
        ...aggregation,
        groupByFields: [...aggregation.groupByFields],
      }),
    ),
  ];
  return {
    displayName: 'Aurora',
    mosaicLayout: {
      columns: COLUMNS,
      tiles: widgets.map((widget, index) => ({
        xPos: (index * WIDTH) % COLUMNS,
        yPos: Math.floor((index * WIDTH) / COLUMNS) * HEIGHT,
        width: WIDTH,
        height: HEIGHT,
        widget,
      })),
    },
  };
}

function chartOf(signal: Signal & { id: string }): Widget {
  const { filter, aggregation, denominator, scale } = seriesOf(signal, PERIOD);
  const main = { filter, aggregation };
  const isOfTime = signal.measured.kind === 'gauge' && signal.measured.alert.kind !== 'queue_depth';
  const thresholds = (['warning', 'critical'] as const).flatMap((label) => {
    const value = signal[label];
    // Of these it is counted how often they happen, and not how long ago.
    return value === undefined || isOfTime ? [] : [{ label, value: value / scale }];
  });
  return {
    title: isOfTime ? `${signal.name}: how often` : signal.name,
    xyChart: {
      dataSets: [
        {
          timeSeriesQuery: denominator
            ? { timeSeriesFilterRatio: { numerator: main, denominator } }
            : { timeSeriesFilter: main },
          plotType: 'LINE',
          targetAxis: 'Y1',
        },
      ],
      ...(thresholds.length > 0 && { thresholds }),
      yAxis: { scale: 'LINEAR' },
    },
  };
}

function chart(title: string, filter: string, aggregation: Aggregation): Widget {
  return {
    title,
    xyChart: {
      dataSets: [
        {
          timeSeriesQuery: { timeSeriesFilter: { filter, aggregation } },
          plotType: 'LINE',
          targetAxis: 'Y1',
        },
      ],
      yAxis: { scale: 'LINEAR' },
    },
  };
}

function grouped(aggregation: Aggregation, label: string): Aggregation {
  return { ...aggregation, groupByFields: [`metric.labels.${label}`] };
}
