import type { Log, LogFields } from '../log.ts';

/**
 * What is measured, where it happens: each metric is one constant line of the log. The same lines
 * are counted in the process for the operators' page (counters.ts) and by Cloud Monitoring
 * (cloud/log-metrics.ts), so that the two can't disagree.
 */
export const METRICS = {
  /** `milliseconds`: from the newest event to the write; `outcome`: `in_time`, `late`. */
  task_applied: { severity: 'info', message: 'A task was mirrored.' },
  /** `outcome`: `failed`, or `waiting` where its call is not live yet. */
  task_failed: {
    severity: 'warn',
    message: 'A task could not be mirrored yet; it will be tried again.',
  },
  dead_letter: { severity: 'alert', message: 'A task was put among the dead letters.' },
  /** `milliseconds`: how long a task without events, of each minute, was in the queue. */
  probe_arrived: { severity: 'info', message: 'A probe came through the queue.' },
  enqueue_failed: {
    severity: 'error',
    message: 'A task could not be enqueued; its events are written directly.',
  },
  direct_write: { severity: 'warn', message: 'Events were written directly, without a task.' },
  events_held: {
    severity: 'alert',
    message: 'Events are held by this instance only, until the next request sends them.',
  },
  /**
   * `path`, `status`, `milliseconds`, and for a turn `rung` and `rung_milliseconds`. `outcome`: `ok`,
   * `refused` (4xx), `failed` (5xx), `gone` where Twilio had given up.
   */
  webhook_answered: { severity: 'info', message: 'A webhook was answered.' },
  safe_words: { severity: 'alert', message: 'A webhook failed; the caller hears safe words.' },
  message_failed: {
    severity: 'alert',
    message: 'A message could not be answered; its sender gets safe words.',
  },
  signature_refused: {
    severity: 'alert',
    message: 'A webhook was refused: its signature does not fit this address and token.',
  },
  /** What Twilio tells of what was sent. `outcome`: `message`, `call`, `error`; `code`: Twilio's. */
  delivery_failed: { severity: 'warn', message: 'Twilio told that something failed.' },
  /** `reason`: `too_slow`, or another code. */
  model_failed: { severity: 'warn', message: 'A language model gave no choice.' },
  breaker_opened: { severity: 'warn', message: 'A language model is left out for a while.' },
  /** `outcome`: `sms`, `voice`. */
  page_sent: { severity: 'info', message: 'A page was sent.' },
  page_failed: { severity: 'error', message: 'A page could not be sent.' },
  /** `milliseconds`: of the work, from the trigger on. */
  call_archived: { severity: 'info', message: 'A call was archived.' },
  /** It is tried again. */
  archive_failed: { severity: 'warn', message: 'A call could not be archived yet.' },
  archive_refused: {
    severity: 'alert',
    message: 'A call cannot be archived as it is; it stays live.',
  },
  /** The minute schedule. `outcome`: `ok`, `failed`; `milliseconds`: of its run. */
  schedule_ran: { severity: 'info', message: 'The minute schedule ran.' },
  /** `outcome`: `realtime_database`, `firestore`. */
  database_away: { severity: 'error', message: 'A database did not answer the health check.' },
} as const satisfies Record<string, { severity: keyof Log; message: string }>;

export type Metric = keyof typeof METRICS;

/** Writes the metric's line. */
export function measure(log: Log, metric: Metric, fields: Omit<LogFields, 'metric'> = {}): void {
  const { severity, message } = METRICS[metric];
  log[severity](message, { metric, ...fields });
}
