import { Cron } from 'croner';
import type { FunctionDefinition } from './emulator-types.ts';
import { loadedFunctions } from './firebase-tools.ts';
import { HOST, type Ports } from './ports.ts';

/**
 * Runs scheduled functions by their cron, in place of Cloud Scheduler: the emulator registers
 * them but never runs them without Pub/Sub. A run that is still going is not joined by another.
 * Schedules are read once; a changed one needs a restart.
 * @returns what stops it
 */
export function tickSchedules(
  project: string,
  ports: Ports,
  onError: (message: string) => void,
): () => void {
  const jobs: Cron[] = [];
  for (const { key, definition } of loadedFunctions()) {
    if (!definition.schedule) continue;
    const pattern = toCron(definition.schedule.schedule);
    if (pattern === undefined) {
      onError(`The schedule '${definition.schedule.schedule}' of ${definition.name} is not known.`);
      continue;
    }
    const run = () => tick(project, ports, key, definition, onError);
    const timezone = definition.schedule.timeZone || 'UTC';
    jobs.push(new Cron(pattern, { timezone, protect: true, unref: true }, run));
  }
  return () => {
    for (const job of jobs) job.stop();
  };
}

/** Unix cron as it is; of App Engine's language, `every [n] minutes|hours|days`. */
export function toCron(schedule: string): string | undefined {
  if (/^\S+( \S+){4}$/.test(schedule) && !schedule.startsWith('every')) return schedule;
  const match = /^every(?: (\d+))? (minute|hour|day)s?$/.exec(schedule.trim());
  if (!match) return undefined;
  const every = match[1] && match[1] !== '1' ? `*/${match[1]}` : '*';
  if (match[2] === 'minute') return `${every} * * * *`;
  return match[2] === 'hour' ? `0 ${every} * * *` : `0 0 ${every} * *`;
}

async function tick(
  project: string,
  ports: Ports,
  key: string,
  definition: FunctionDefinition,
  onError: (message: string) => void,
): Promise<void> {
  const url = `http://${HOST}:${ports.functions}/functions/projects/${project}/triggers/${key}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'X-CloudScheduler': 'true',
        'X-CloudScheduler-JobName': `firebase-schedule-${definition.name}-${definition.region}`,
        'X-CloudScheduler-ScheduleTime': new Date().toISOString(),
      },
    });
    await response.arrayBuffer();
    if (!response.ok) onError(`The schedule of ${definition.name} failed with ${response.status}.`);
  } catch (error) {
    onError(`The schedule of ${definition.name} failed: ${(error as Error).message}.`);
  }
}
