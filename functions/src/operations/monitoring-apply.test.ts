import { describe, expect, it } from 'vitest';
import { logMetrics } from '../metrics/cloud/log-metrics.ts';
import { policies } from '../metrics/cloud/policies.ts';
import {
  type ApplyOptions,
  applyMonitoring,
  readChannel,
  readProject,
} from './monitoring-apply.ts';

const CHANNEL = 'projects/my-project/notificationChannels/7';

/** A project of Google's, as gcloud shows it: it keeps what it is given. */
function project({ unknownMetrics = 0, others = [] as object[] } = {}) {
  const files = new Map<string, Record<string, unknown>>();
  const metrics = new Map<string, object>();
  const made: Record<string, unknown>[] = [...(others as Record<string, unknown>[])];
  const dashboards: Record<string, unknown>[] = [];
  const said: string[] = [];
  const asked: string[][] = [];
  const slept: number[] = [];
  let unknown = unknownMetrics;

  const after = (args: readonly string[], flag: string) => args[args.indexOf(flag) + 1] ?? '';
  const gcloud: ApplyOptions['gcloud'] = async (args) => {
    asked.push([...args]);
    expect(after(args, '--project')).toBe('my-project');
    const [area, kind, verb, name = ''] = args;
    if (verb === 'list') {
      const lists: Record<string, unknown> = {
        'logging metrics': [...metrics.keys()].map((name) => ({ name })),
        'monitoring policies': made,
        'monitoring dashboards': dashboards,
      };
      return JSON.stringify(lists[`${area} ${kind}`]);
    }
    if (kind === 'metrics') {
      expect(verb === 'create').toBe(!metrics.has(name));
      metrics.set(name, files.get(after(args, '--config-from-file')) ?? {});
    }
    if (kind === 'policies') {
      if (unknown-- > 0) throw new Error('NOT_FOUND: Cannot find metric that matches type');
      const given = files.get(after(args, '--policy-from-file')) ?? {};
      const flag = verb === 'create' ? '--notification-channels' : '--set-notification-channels';
      const notificationChannels = args.includes(flag) ? [after(args, flag)] : [];
      if (verb === 'create') {
        made.push({ ...given, notificationChannels, name: `policies/${made.length}` });
      } else {
        const known = made.find((policy) => policy.name === name);
        expect(known).toBeDefined();
        Object.assign(known ?? {}, given, { notificationChannels });
      }
    }
    if (kind === 'dashboards') {
      const given = files.get(after(args, '--config-from-file')) ?? {};
      const known = dashboards.find((dashboard) => dashboard.name === name);
      if (verb === 'update') expect(given.etag).toBe(known?.etag);
      if (verb === 'create') {
        // Google answers with the project's number.
        dashboards.push({ ...given, name: 'projects/42/dashboards/aurora', etag: 'e1' });
      } else Object.assign(known ?? {}, given, { etag: 'e2' });
    }
    return '';
  };

  const apply = (channel?: string) =>
    applyMonitoring({
      project: 'my-project',
      channel,
      gcloud,
      write: async (name, resource) => {
        files.set(name, resource as Record<string, unknown>);
        return name;
      },
      sleep: async (milliseconds) => void slept.push(milliseconds),
      tell: (what) => void said.push(what),
    });
  return { apply, metrics, made, dashboards, said, asked, slept };
}

describe('applying the monitoring', () => {
  it('makes all metrics, then all policies with their channel, then the dashboard', async () => {
    const { apply, metrics, made, dashboards } = project();
    await apply(CHANNEL);
    expect([...metrics.keys()]).toEqual(logMetrics().map(({ name }) => name));
    expect(made).toHaveLength(Object.keys(policies()).length);
    expect(made.every(({ notificationChannels }) => String(notificationChannels) === CHANNEL)).toBe(
      true,
    );
    expect(dashboards).toHaveLength(1);
  });

  it('updates what is there when it is run again, and makes nothing twice', async () => {
    const { apply, metrics, made, dashboards } = project();
    await apply();
    const before = [metrics.size, made.length];
    await apply(CHANNEL);
    expect([metrics.size, made.length, dashboards.length]).toEqual([...before, 1]);
    expect(made.every(({ notificationChannels }) => String(notificationChannels) === CHANNEL)).toBe(
      true,
    );
    expect(dashboards[0]).toMatchObject({ etag: 'e2' });
  });

  it('touches no policy of others, and none of its own that it does not know any more', async () => {
    const theirs = { name: 'policies/theirs', displayName: 'Theirs' };
    const old = { name: 'policies/old', userLabels: { aurora_policy: 'gone_warning' } };
    const { apply, asked, said } = project({ others: [theirs, old] });
    await apply();
    const touched = asked.filter(([, kind, verb]) => kind === 'policies' && verb === 'update');
    expect(touched).toEqual([]);
    expect(said.filter((what) => what.startsWith('left alone'))).toEqual([
      expect.stringContaining('gone_warning'),
    ]);
  });

  it('waits for Cloud Monitoring to know a new metric, and not for ever', async () => {
    const patient = project({ unknownMetrics: 3 });
    await patient.apply();
    expect(patient.slept).toHaveLength(3);
    const never = project({ unknownMetrics: 1_000 });
    await expect(never.apply()).rejects.toThrow('Cannot find metric');
  });

  it('fails at once where gcloud fails for another reason', async () => {
    const { apply, slept } = project({ others: [{ displayName: 'without a name' }] });
    await expect(apply()).rejects.toThrow();
    expect(slept).toEqual([]);
  });

  it.each([undefined, '', 'My Project', '--help', 'a;b'])('takes no project %j', (given) => {
    expect(() => readProject(given)).toThrow('--project');
  });

  it('takes channels by their resource name', () => {
    expect(readChannel(CHANNEL)).toBe(CHANNEL);
    expect(readChannel(undefined)).toBeUndefined();
    expect(() => readChannel('ops@example.com')).toThrow('--channel');
  });
});
