import type { Signal } from '../signal.ts';
import { ALL_SIGNALS } from '../thresholds.ts';
import { wholeName } from './log-metrics.ts';
import { PLATFORM_ALERTS, type PlatformAlert } from './platform.ts';
import type { AlertPolicy, Condition } from './resources.ts';
import { ofLogMetric, seriesOf, summed } from './series.ts';

export type Level = 'warning' | 'critical';
const LEVELS: readonly Level[] = ['warning', 'critical'];

/** The label by which a policy is known again when it is applied anew. */
export const POLICY_LABEL = 'aurora_policy';

/** Seconds for which a queue has to be so deep. */
const DEEP_FOR = '300s';
const CLOSES_AFTER = '1800s';

/** One policy for each signal and level, by file name. */
export function policies(): Record<string, AlertPolicy> {
  const ofSignals = ALL_SIGNALS.flatMap((signal) =>
    LEVELS.flatMap((level) => {
      const threshold = signal[level];
      if (threshold === undefined) return [];
      return [[`${signal.id}.${level}`, policyOf(signal, level, threshold)] as const];
    }),
  );
  const ofPlatform = PLATFORM_ALERTS.map(
    (alert) => [`${alert.id}.${alert.level}`, platformPolicy(alert)] as const,
  );
  return Object.fromEntries([...ofSignals, ...ofPlatform]);
}

function policyOf(signal: Signal & { id: string }, level: Level, threshold: number): AlertPolicy {
  const conditions = conditionsOf(signal, threshold);
  return policy({ ...signal, level }, conditions);
}

function policy(
  {
    id,
    name,
    advice,
    runbook,
    level,
  }: Pick<Signal, 'name' | 'advice' | 'runbook'> & { id: string; level: Level },
  conditions: Condition[],
): AlertPolicy {
  return {
    displayName: `Aurora ${level}: ${name}`,
    documentation: {
      content: `${advice}\n\nSee docs/operations.md#${runbook}, and Office, Operations in the dashboard.`,
      mimeType: 'text/markdown',
    },
    userLabels: { [POLICY_LABEL]: `${id}_${level}` },
    conditions,
    // A share counts only where there was enough of both.
    combiner: conditions.length > 1 ? 'AND' : 'OR',
    enabled: true,
    severity: level === 'critical' ? 'CRITICAL' : 'WARNING',
    alertStrategy: { autoClose: CLOSES_AFTER },
  };
}

function conditionsOf(signal: Signal & { id: string }, threshold: number): Condition[] {
  const { id, name, measured } = signal;
  const { filter, aggregation, denominator, scale } = seriesOf(signal);
  const over = { comparison: 'COMPARISON_GT', trigger: { count: 1 } } as const;
  if (measured.kind === 'gauge' && measured.alert.kind === 'absent') {
    const conditionAbsent = {
      filter,
      aggregations: [summed('60s')],
      duration: `${threshold}s`,
      trigger: over.trigger,
    };
    return [{ displayName: name, conditionAbsent }];
  }
  const isDepth = measured.kind === 'gauge' && measured.alert.kind === 'queue_depth';
  const isAny = measured.kind === 'gauge' && measured.alert.kind === 'any';
  const main: Condition = {
    displayName: name,
    conditionThreshold: {
      filter,
      aggregations: [aggregation],
      ...(denominator && {
        denominatorFilter: denominator.filter,
        denominatorAggregations: [denominator.aggregation],
      }),
      thresholdValue: isAny ? 0 : threshold / scale,
      duration: isDepth ? DEEP_FOR : '0s',
      ...over,
    },
  };
  if (measured.kind !== 'share') return [main];
  const enough: Condition = {
    displayName: `${name}: enough of them`,
    conditionThreshold: {
      filter: ofLogMetric(wholeName(id)),
      aggregations: [summed()],
      thresholdValue: measured.least - 1,
      duration: '0s',
      ...over,
    },
  };
  return [main, enough];
}

function platformPolicy(alert: PlatformAlert): AlertPolicy {
  const { filter, aggregation, threshold } = alert;
  return policy(alert, [
    {
      displayName: alert.name,
      conditionThreshold: {
        filter,
        aggregations: [aggregation],
        comparison: 'COMPARISON_GT',
        thresholdValue: threshold,
        duration: '0s',
        trigger: { count: 1 },
      },
    },
  ]);
}
