import { z } from 'zod';
import { AuroraError } from '../errors.ts';
import { dashboard } from '../metrics/cloud/dashboard.ts';
import { logMetrics } from '../metrics/cloud/log-metrics.ts';
import { POLICY_LABEL, policies } from '../metrics/cloud/policies.ts';

export interface ApplyOptions {
  project: string;
  /** `projects/…/notificationChannels/…`; absent: policies open incidents that tell nobody. */
  channel?: string | undefined;
  /** Runs gcloud with these arguments; resolves to what it printed. Rejects where it failed. */
  gcloud: (args: readonly string[]) => Promise<string>;
  /** Writes a resource where gcloud can read it; resolves to the file. */
  write: (name: string, resource: object) => Promise<string>;
  sleep: (milliseconds: number) => Promise<unknown>;
  tell: (what: string) => void;
}

const DASHBOARD = 'aurora';

/** A metric that was just made is unknown to policies for up to ten minutes. */
const TRIES = 21;
const PAUSE = 30_000;

const Names = z.array(z.object({ name: z.string() }));
const Policies = z.array(
  z.object({ name: z.string(), userLabels: z.record(z.string(), z.string()).optional() }),
);
const Dashboards = z.array(z.object({ name: z.string(), etag: z.string().optional() }));

/**
 * Brings a project's monitoring to what this version of Aurora measures: what is there is updated,
 * what is missing is created, and what is not Aurora's is not touched.
 */
export async function applyMonitoring(options: ApplyOptions): Promise<void> {
  const { project, channel, gcloud, write, sleep, tell } = options;
  const of = (...args: string[]) => [...args, '--project', project];
  const list = async <T>(schema: z.ZodType<T>, ...what: string[]): Promise<T> =>
    schema.parse(JSON.parse((await gcloud(of(...what, 'list', '--format', 'json'))) || '[]'));

  await applyMetrics();
  await applyPolicies();
  await applyDashboard();

  async function applyMetrics(): Promise<void> {
    const there = new Set((await list(Names, 'logging', 'metrics')).map(({ name }) => name));
    for (const metric of logMetrics()) {
      const verb = there.has(metric.name) ? 'update' : 'create';
      const file = await write(`${metric.name}.json`, metric);
      await gcloud(of('logging', 'metrics', verb, metric.name, '--config-from-file', file));
      tell(`${verb}d the metric ${metric.name}`);
    }
  }

  async function applyPolicies(): Promise<void> {
    const known = new Map(
      (await list(Policies, 'monitoring', 'policies')).map(({ name, userLabels }) => [
        userLabels?.[POLICY_LABEL],
        name,
      ]),
    );
    for (const [id, policy] of Object.entries(policies())) {
      const label = policy.userLabels[POLICY_LABEL];
      const name = known.get(label);
      known.delete(label);
      const file = await write(`${id}.json`, policy);
      const config = ['--policy-from-file', file];
      const args =
        name === undefined
          ? of('monitoring', 'policies', 'create', ...config, ...notify('--notification-channels'))
          : of(
              ...['monitoring', 'policies', 'update', name, ...config],
              ...notify('--set-notification-channels'),
            );
      await whenMetricsAreKnown(() => gcloud(args));
      tell(`${name === undefined ? 'created' : 'updated'} the policy ${id}`);
    }
    known.delete(undefined);
    for (const [id, name] of known) {
      tell(`left alone: the policy ${id}, which this version does not know (${name})`);
    }
  }

  async function applyDashboard(): Promise<void> {
    const name = `projects/${project}/dashboards/${DASHBOARD}`;
    // Google answers names with the project's number.
    const there = (await list(Dashboards, 'monitoring', 'dashboards')).find((each) =>
      each.name.endsWith(`/dashboards/${DASHBOARD}`),
    );
    const { etag } = there ?? {};
    const file = await write('dashboard.json', {
      name: there?.name ?? name,
      ...(etag !== undefined && { etag }),
      ...dashboard(),
    });
    const args = there ? ['update', there.name] : ['create'];
    await gcloud(of('monitoring', 'dashboards', ...args, '--config-from-file', file));
    tell(`${there ? 'updated' : 'created'} the dashboard`);
  }

  function notify(flag: string): string[] {
    return channel === undefined ? [] : [flag, channel];
  }

  async function whenMetricsAreKnown(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        const isUnknown = /cannot find metric/i.test(String((error as Error).message));
        if (!isUnknown || attempt === TRIES) throw error;
        tell('Cloud Monitoring does not know a new metric yet; trying again in half a minute');
        await sleep(PAUSE);
      }
    }
  }
}

const PROJECT = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const CHANNEL = /^projects\/[a-z0-9-]+\/notificationChannels\/[0-9]+$/;

/** Checked before anything is run. */
export function readProject(project: string | undefined): string {
  if (project && PROJECT.test(project)) return project;
  throw new AuroraError(400, 'usage', 'apply needs --project with the id of your project.');
}

export function readChannel(channel: string | undefined): string | undefined {
  if (channel === undefined || CHANNEL.test(channel)) return channel;
  throw new AuroraError(
    400,
    'usage',
    '--channel is projects/…/notificationChannels/…: see gcloud beta monitoring channels list.',
  );
}
