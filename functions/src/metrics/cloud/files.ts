import { dashboard } from './dashboard.ts';
import { logMetrics } from './log-metrics.ts';
import { policies } from './policies.ts';

/** What `monitoring/` holds, by path. */
export function monitoringFiles(): Record<string, object> {
  return {
    ...Object.fromEntries(logMetrics().map((metric) => [`metrics/${metric.name}.json`, metric])),
    ...Object.fromEntries(
      Object.entries(policies()).map(([name, policy]) => [`policies/${name}.json`, policy]),
    ),
    'dashboard.json': dashboard(),
  };
}

export function textOf(resource: object): string {
  return `${JSON.stringify(resource, null, 2)}\n`;
}
