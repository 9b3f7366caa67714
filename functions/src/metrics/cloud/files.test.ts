import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOUNDS } from '../counters.ts';
import { ALL_SIGNALS } from '../thresholds.ts';
import { monitoringFiles, textOf } from './files.ts';
import { AlertPolicy, Dashboard, LogMetric } from './resources.ts';

const FOLDER = join(import.meta.dirname, '../../../../monitoring');
const files = monitoringFiles();
const there = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.json'),
);

const policies = Object.entries(files)
  .filter(([path]) => path.startsWith('policies/'))
  .map(([path, policy]) => [path, policy as AlertPolicy] as const);
const text = JSON.stringify(files);

describe('monitoring/', () => {
  it('is what the thresholds make it: `npm run monitoring -- write` writes it anew', () => {
    expect(there.sort()).toEqual(Object.keys(files).sort());
    for (const [path, resource] of Object.entries(files)) {
      expect([path, readFileSync(join(FOLDER, path), 'utf8')]).toEqual([path, textOf(resource)]);
    }
  });

  it.each(Object.entries(files))(
    '%s has the form that Google’s reference describes',
    (path, of) => {
      const schema = path.startsWith('metrics/')
        ? LogMetric
        : path.startsWith('policies/')
          ? AlertPolicy
          : Dashboard;
      expect(schema.safeParse(of).error?.issues).toBeUndefined();
    },
  );

  it('has a policy for each threshold, with what to do and where it is told', () => {
    const expected = ALL_SIGNALS.flatMap(({ id, warning, critical }) => [
      ...(warning === undefined ? [] : [`policies/${id}.warning.json`]),
      ...(critical === undefined ? [] : [`policies/${id}.critical.json`]),
    ]);
    expect(policies.map(([path]) => path)).toEqual(expect.arrayContaining(expected));
    for (const { id, advice, runbook, critical } of ALL_SIGNALS) {
      if (critical === undefined) continue;
      const [, policy] = policies.find(([path]) => path === `policies/${id}.critical.json`) ?? [];
      expect(policy?.severity).toBe('CRITICAL');
      expect(policy?.documentation.content).toContain(advice);
      expect(policy?.documentation.content).toContain(`docs/operations.md#${runbook}`);
    }
  });

  it('names no log-based metric that it does not make', () => {
    const named = [...text.matchAll(/logging\.googleapis\.com\/user\/([a-z0-9_]+)/g)];
    expect(named.length).toBeGreaterThan(30);
    for (const [, name] of named) expect(Object.keys(files)).toContain(`metrics/${name}.json`);
  });

  it('watches the queue’s depth, and answers 5xx that no line of ours tells of', () => {
    expect(text).toContain('cloudtasks.googleapis.com/queue/depth');
    expect(text).toContain('run.googleapis.com/request_count');
  });

  it('knows each policy by a label of its own', () => {
    const labels = policies.map(([, { userLabels }]) => Object.values(userLabels).join());
    expect(new Set(labels).size).toBe(policies.length);
  });

  it('has a bound of a duration’s parts at each threshold, so that page and alert agree', () => {
    for (const { measured, warning, critical } of ALL_SIGNALS) {
      if (measured.kind !== 'p95') continue;
      for (const threshold of [warning, critical]) expect(BOUNDS).toContain(threshold);
    }
  });
});
