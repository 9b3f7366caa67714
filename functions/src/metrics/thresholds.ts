import type { Signal } from './signal.ts';

/**
 * What is watched, and from when on somebody has to look: the one list behind the operators' page
 * (judge.ts) and the alerts of Cloud Monitoring (cloud/). A value is too much when it is greater than
 * its threshold.
 */

/** Minutes by which the state is judged. */
export const WINDOW = 10;

/** Milliseconds after which a task counts as late: the live view is written beside it, see outbox.ts. */
export const LATE_TASK = 60_000;

export const SIGNALS = {
  databases_away: {
    area: 'databases',
    name: 'Databases that do not answer',
    measured: {
      kind: 'gauge',
      gauge: 'databases_away',
      alert: { kind: 'any', of: 'database_away' },
    },
    unit: 'count',
    critical: 0,
    advice:
      'See the status page of Firebase and the project’s quotas. Callers are answered, and their words wait in tasks; nobody sees calls live until the database is back.',
    runbook: 'a-database-does-not-answer',
  },
  task_failures: {
    area: 'mirror',
    name: 'Tasks that failed',
    measured: {
      kind: 'share',
      of: ['task_failed:failed'],
      among: ['task_failed:failed', 'task_applied'],
      least: 5,
    },
    unit: 'percent',
    warning: 5,
    critical: 50,
    advice:
      'Look for the error codes of “A task could not be mirrored yet” in the log. Tasks are repeated for a day, so mend the cause and wait.',
    runbook: 'tasks-fail-or-are-late',
  },
  task_lateness: {
    area: 'mirror',
    name: 'From what was said to the mirror',
    measured: { kind: 'p95', of: ['task_applied'] },
    unit: 'milliseconds',
    warning: 5_000,
    critical: 60_000,
    advice:
      'Cloud Tasks or the function mirror is slow. The live view is written beside the tasks; watch the queue’s depth and the instances of mirror.',
    runbook: 'tasks-fail-or-are-late',
  },
  queue_lag: {
    area: 'mirror',
    name: 'Since a probe came through the queue',
    measured: {
      kind: 'gauge',
      gauge: 'seconds_since_probe',
      alert: { kind: 'absent', of: 'probe_arrived' },
    },
    unit: 'seconds',
    warning: 180,
    critical: 600,
    advice:
      'Nothing comes through Cloud Tasks: see that the queue mirror is running and not paused, and that its account may call the function mirror.',
    runbook: 'tasks-fail-or-are-late',
  },
  queue_depth: {
    area: 'mirror',
    name: 'Tasks that wait in the queue',
    measured: {
      kind: 'gauge',
      gauge: 'queue_depth',
      alert: { kind: 'queue_depth', queue: 'mirror' },
    },
    unit: 'count',
    warning: 100,
    critical: 1_000,
    advice:
      'More is queued than is mirrored. Where tasks fail, mend that first; else raise the instances of the function mirror.',
    runbook: 'tasks-fail-or-are-late',
  },
  enqueue_failures: {
    area: 'mirror',
    name: 'Tasks that could not be enqueued',
    measured: { kind: 'count', of: ['enqueue_failed'] },
    unit: 'count',
    warning: 0,
    critical: 9,
    advice:
      'Cloud Tasks does not take tasks; events are written directly. See its status and quota, and that the account of twilio may enqueue.',
    runbook: 'events-are-held-by-one-instance',
  },
  events_held: {
    area: 'mirror',
    name: 'Times that one instance alone held events',
    measured: { kind: 'count', of: ['events_held'] },
    unit: 'count',
    critical: 0,
    advice:
      'Neither Cloud Tasks nor the Realtime Database took a caller’s words. Do not deploy and do not end instances of twilio until one of the two is back.',
    runbook: 'events-are-held-by-one-instance',
  },
  dead_letters: {
    area: 'mirror',
    name: 'Dead letters',
    measured: { kind: 'gauge', gauge: 'dead_letters', alert: { kind: 'any', of: 'dead_letter' } },
    unit: 'count',
    critical: 0,
    advice:
      'Words of a caller are in no call. Mend what stood in their way, then replay them: npm run dead-letters -- list, then replay all.',
    runbook: 'dead-letters',
  },
  signatures_refused: {
    area: 'twilio',
    name: 'Refused signatures',
    measured: { kind: 'count', of: ['signature_refused'] },
    unit: 'count',
    // `npm run twilio -- check` asks for one.
    warning: 2,
    critical: 29,
    advice:
      'Either PUBLIC_BASE_URL or the auth token does not fit, and then nobody is answered, or a stranger is trying. Run npm run twilio -- check.',
    runbook: 'signatures-are-refused',
  },
  webhooks_failed: {
    area: 'twilio',
    name: 'Webhooks that failed or were given up',
    measured: {
      kind: 'count',
      of: ['webhook_answered:failed', 'webhook_answered:gone', 'safe_words', 'message_failed'],
    },
    unit: 'count',
    warning: 0,
    critical: 4,
    advice:
      'Callers heard safe words, or Twilio’s fallback. Look for the ALERT lines and their stacks; roll back where a deployment came before.',
    runbook: 'webhooks-fail-or-are-slow',
  },
  webhooks_slow: {
    area: 'twilio',
    name: 'Time to answer Twilio',
    measured: { kind: 'p95', of: ['webhook_answered'] },
    unit: 'milliseconds',
    warning: 2_500,
    critical: 5_000,
    advice:
      'Callers wait in silence. See whether instances of twilio start cold (TWILIO_MIN_INSTANCES), and whether the language model takes the time.',
    runbook: 'webhooks-fail-or-are-slow',
  },
  deliveries_failed: {
    area: 'twilio',
    name: 'Messages and calls that failed, as Twilio tells',
    measured: { kind: 'count', of: ['delivery_failed'] },
    unit: 'count',
    warning: 4,
    critical: 29,
    advice:
      'Look the codes up at Twilio: 21610 is an opt-out and harmless, 30034 is a number that must be registered, others are the carrier’s.',
    runbook: 'twilio-tells-of-failures',
  },
  pages_failed: {
    area: 'twilio',
    name: 'Pages that could not be sent',
    measured: { kind: 'count', of: ['page_failed'] },
    unit: 'count',
    warning: 0,
    critical: 4,
    advice:
      'People on call were not reached. See the reasons in the log: Twilio away, a cap, or a number that is missing or not allowed.',
    runbook: 'pages-are-not-sent',
  },
  model_failures: {
    area: 'assistant',
    name: 'Language models that gave no choice',
    measured: {
      kind: 'share',
      of: ['model_failed'],
      among: ['model_failed', 'rung:model', 'rung:hedge'],
      least: 5,
    },
    unit: 'percent',
    warning: 20,
    advice:
      'The rules answer instead, so nobody is without a reply. See the provider’s status, key and quota; LLM_MODEL can be taken out.',
    runbook: 'language-models-fail',
  },
  breakers_opened: {
    area: 'assistant',
    name: 'Times that a model was left out',
    measured: { kind: 'count', of: ['breaker_opened'] },
    unit: 'count',
    warning: 0,
    advice:
      'A model failed three times in a row and rests; the rules answer. See the provider’s status, key and quota.',
    runbook: 'language-models-fail',
  },
  archives_failed: {
    area: 'archive',
    name: 'Calls that could not be archived',
    measured: { kind: 'count', of: ['archive_failed', 'archive_refused'] },
    unit: 'count',
    warning: 0,
    critical: 4,
    advice:
      'The calls stay live and nothing is lost. Where Firestore was away they are archived by themselves; else look for the ALERT line.',
    runbook: 'calls-are-not-archived',
  },
  archives_slow: {
    area: 'archive',
    name: 'Time to archive a call',
    measured: { kind: 'p95', of: ['call_archived'] },
    unit: 'milliseconds',
    warning: 5_000,
    critical: 60_000,
    advice:
      'Firestore is slow, or calls are very long. They are archived all the same; watch Firestore’s latency.',
    runbook: 'calls-are-not-archived',
  },
  schedule_silent: {
    area: 'schedule',
    name: 'Since the minute schedule ran',
    measured: {
      kind: 'gauge',
      gauge: 'seconds_since_schedule',
      alert: { kind: 'absent', of: 'schedule_ran' },
    },
    unit: 'seconds',
    warning: 180,
    critical: 600,
    advice:
      'Nobody looks after lapsed leases, overdue pages and lost callers. See in Cloud Scheduler that the job of sweep is on, and why it fails.',
    runbook: 'the-schedule-does-not-run',
  },
  schedule_failures: {
    area: 'schedule',
    name: 'Runs of the schedule in which a chore failed',
    measured: { kind: 'count', of: ['schedule_ran:failed'] },
    unit: 'count',
    warning: 2,
    critical: 8,
    advice:
      'Some chore fails each minute. Look for “A chore failed” in the log; the other chores are done all the same.',
    runbook: 'the-schedule-does-not-run',
  },
} as const satisfies Record<string, Signal>;

export type SignalId = keyof typeof SIGNALS;

/** With their ids, and the types of each worn off. */
export const ALL_SIGNALS = Object.entries(SIGNALS).map(
  ([id, signal]): Signal & { id: SignalId } => ({ id: id as SignalId, ...signal }),
);
