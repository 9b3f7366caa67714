import { write } from 'firebase-functions/logger';
import type { Metric } from './metrics/metrics.ts';

/**
 * Structured log lines. The message is a constant sentence; what varies stands in fields. Neither
 * ever holds what a caller said, a full phone number, or an id that contains one (call and
 * conversation ids do): Twilio's ids and turn numbers tell calls apart.
 */
export interface LogFields {
  call_sid?: string | undefined;
  message_sid?: string | undefined;
  request_id?: string | undefined;
  turn?: number | undefined;
  code?: string | undefined;
  status?: number | undefined;
  milliseconds?: number | undefined;
  count?: number | undefined;
  path?: string | undefined;
  error?: Error | undefined;
  reason?: string | undefined;
  /** A language model's name. */
  model?: string | undefined;
  /** What the line counts; see metrics/metrics.ts. */
  metric?: Metric | undefined;
  /** One of a few words: metrics are told apart by it. */
  outcome?: string | undefined;
  /** Of the assistant's ladder, which gave a turn's reply. */
  rung?: string | undefined;
  rung_milliseconds?: number | undefined;
}

/** A line that counts something. */
export type MetricLine = LogFields & { metric: Metric };

type Severity = 'INFO' | 'WARNING' | 'ERROR' | 'ALERT';

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Somebody has to look now. */
  alert(message: string, fields?: LogFields): void;
}

export const log: Log = {
  info: (message, fields) => line('INFO', message, fields),
  warn: (message, fields) => line('WARNING', message, fields),
  error: (message, fields) => line('ERROR', message, fields),
  alert: (message, fields) => line('ALERT', message, fields),
};

const listeners: ((line: MetricLine) => void)[] = [];

/** Tells of each line that counts something, as it is written. */
export function onMetric(listener: (line: MetricLine) => void): void {
  listeners.push(listener);
}

function line(severity: Severity, message: string, fields: LogFields = {}): void {
  write(entryOf(severity, message, fields));
  const { metric } = fields;
  if (metric) for (const listener of listeners) listener({ ...fields, metric });
}

/** The line as Cloud Logging gets it: all but the severity becomes its `jsonPayload`. */
export function entryOf(severity: Severity, message: string, { error, ...fields }: LogFields) {
  return { severity, message, ...fields, ...(error ? describe(error) : {}) };
}

/** Class, code and stack frames, but not the error's text: that may quote a caller. */
function describe(error: Error): Record<string, unknown> {
  const code = (error as { code?: unknown }).code;
  const frames = error.stack?.split('\n').filter((text) => /^\s+at /.test(text));
  return {
    error: error.name,
    ...(code === undefined ? {} : { error_code: code }),
    ...(frames ? { stack: frames.slice(0, 6).map((text) => text.trim()) } : {}),
  };
}
