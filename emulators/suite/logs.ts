import { stripVTControlCharacters } from 'node:util';
import type { LogEntry } from './emulator-types.ts';

/** What firebase-tools warns about and what matters to nobody here. */
const HARMLESS = [
  /^\s*$/,
  // Schedules are ticked by the suite.
  /function ignored because the pubsub emulator does not exist/,
];

/** What functions tell by the way: each call and each request is many such lines. */
const BY_THE_WAY = ['DEBUG', 'INFO'];

/** The sign that firebase-tools puts before a line. */
const BULLET = /^(?:i|[^\w"'\s]+)\s+/;

const LABELS: Record<string, string> = { error: 'error', warn: 'warning' };

/**
 * One readable line for what a function or firebase-tools logged, or nothing when it is noise.
 * @param verbose show everything
 */
export function formatLogEntry(entry: LogEntry, now: Date, verbose: boolean): string | undefined {
  const message = stripVTControlCharacters(String(entry.message));
  if (entry.level === 'info' && 'user' in entry) {
    if (!verbose && BY_THE_WAY.includes(severityOf(entry.user))) return undefined;
    return prefix(now, functionName(entry), formatFunctionLine(entry.user, message));
  }
  const source = entry.source ?? 'firebase';
  if (verbose) return prefix(now, source, message.trimEnd());
  const label = LABELS[entry.level];
  if (!label || HARMLESS.some((pattern) => pattern.test(message))) return undefined;
  return prefix(now, source, `${label}: ${message.replace(BULLET, '').trimEnd()}`);
}

function severityOf(user: unknown): string {
  return String((user as { severity?: unknown } | null | undefined)?.severity);
}

/** Structured lines have a severity, a sentence and fields; anything else is shown as it is. */
function formatFunctionLine(user: unknown, raw: string): string {
  if (typeof user !== 'object' || user === null || !('message' in user)) {
    return raw.replace(/^>\s*/, '');
  }
  const { severity, message, ...fields } = user as Record<string, unknown>;
  const level = severity && severity !== 'INFO' ? `${String(severity).toLowerCase()}: ` : '';
  const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
  return `${level}${String(message)}${rest}`;
}

function functionName(entry: LogEntry): string {
  return entry.metadata?.function?.name?.replace(/^[a-z]+-[a-z]+\d+-/, '') ?? 'functions';
}

function prefix(now: Date, source: string, text: string): string {
  const time = now.toTimeString().slice(0, 8);
  return `${time} ${source.padEnd(13)} ${text}`;
}
